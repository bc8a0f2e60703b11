// One question: its label, hint and message around a field, and what its answer does.
import { CHOICES, FIELDS } from "./fields.js";
import { element } from "./markup.js";
import { updateShown } from "./shown.js";
import { say } from "./wording.js";

// Typing is kept after a pause as well, so that little is lost with the page.
const PAUSE_MS = 500;

export const isShown = (question) => Boolean(question.element) && !question.instance?.around.some((each) => each.gone);

export class Question {
  constructor(view, control, around, instance) {
    this.view = view;
    this.id = view.idOf(control, around);
    this.session = view.session;
    this.control = control;
    this.instance = instance;
    this.node = instance ? this.session.program.layout.nodes[instance.node] : {};
    this.type = this.node.type ?? "string";
    this.problem = "";
    this.isChecked = false;
    if (instance) view.watch(instance, this);
  }

  get isLive() {
    return !this.instance || this.instance.live;
  }

  get isSettled() {
    return !this.instance || this.session.isSettled(this.instance);
  }

  /** Whether it only tells something: a note, or what is computed. */
  get isNote() {
    return !this.instance || (this.control.kind === "input" && this.session.isReadonly(this.instance));
  }

  build() {
    const { view } = this;
    this.view.questions.set(this.id, this);
    this.wasNote = this.isNote;
    this.makeField = this.isNote ? FIELDS.note : (view.fieldFor(this) ?? CHOICES[this.control.kind] ?? FIELDS[this.control.kind] ?? FIELDS.input);
    const isSet = this.makeField.isSet?.(this) ?? false;
    const given = isSet ? view.given.take(this.id) : undefined;
    this.element = given ?? element(isSet ? "fieldset" : "div", { class: "filling-question", "data-question": this.id });
    if (given) this.adopt();
    else this.fill(isSet);
    view.onBuilt(this);
    return this.element;
  }

  // Take over what the page came with. What was answered there before any script ran is done once the form is ready.
  adopt() {
    const { control, element: given } = this;
    const context = this.instance ?? this.session.root;
    this.label = given.firstElementChild;
    this.view.sayIn(this.label.firstChild, control.label, context);
    if (control.hint) this.view.sayIn(this.label.nextElementSibling, control.hint, context);
    this.star = this.label.querySelector(".filling-star") ?? undefined;
    this.field = this.makeField(this, given.lastElementChild);
    if (!this.field.chosen()) this.show();
    else this.view.hold(this, () => this.field.chosen() !== this.instance.value && this.answered());
  }

  fill(isSet) {
    const { view, control, id } = this;
    const name = this.isNote ? "p" : isSet ? "legend" : "label";
    this.label = element(name, { class: "filling-label", for: name === "label" ? `${id}-field` : null });
    const words = document.createTextNode("");
    view.sayIn(words, control.label, this.instance ?? this.session.root);
    this.label.append(words);
    this.element.append(this.label);
    if (control.hint) {
      const hint = element("span", { class: "filling-hint", id: `${id}-hint` });
      view.sayIn(hint, control.hint, this.instance ?? this.session.root);
      this.element.append(hint);
    }
    this.star = this.message = undefined;
    this.field = this.makeField(this);
    this.element.append(...this.field.parts);
    this.show();
  }

  /** The element that messages and hints belong to. */
  get described() {
    return this.field.described ?? this.element;
  }

  answered(event) {
    this.field.answered?.(event);
  }

  typed() {
    if (!this.field.typed) return;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.field.typed(), PAUSE_MS);
  }

  clicked(event) {
    this.field.clicked?.(event);
  }

  /** Store an answer; `typed` is what the person wrote, and stays in the field where it could not be read. */
  set(text, typed = text) {
    clearTimeout(this.pause);
    if (text === this.lastSet) return;
    this.lastSet = text;
    this.wasEmpty = text === "";
    const path = this.session.path(this.instance);
    this.view.act({ set: path, value: text });
    const isUnread = typed !== "" && this.instance.base === "" && this.instance.live;
    this.isChecked = true;
    this.say(isUnread ? (this.view.words[this.type] ?? this.view.words.other) : this.complaint());
  }

  complaint() {
    const { instance, session, node } = this;
    if (session.isValid(instance)) return "";
    const isMissing = instance.value === "";
    return say(session, isMissing ? node.required_message : node.constraint_message, instance) || this.view.words[isMissing ? "required" : "constraint"];
  }

  say(problem) {
    if (problem === this.problem) return;
    this.problem = problem;
    if (!this.message) {
      this.message = element("span", { class: "filling-error", id: `${this.id}-error`, role: "alert" });
      this.field.parts[0].before(this.message);
    }
    this.message.textContent = problem;
    this.message.hidden = !problem;
    this.element.classList.toggle("filling-question--wrong", Boolean(problem));
    this.describe();
  }

  describe() {
    const ids = [this.control.hint && `${this.id}-hint`, this.problem && `${this.id}-error`].filter(Boolean);
    const { described } = this;
    if (ids.length) described.setAttribute("aria-describedby", ids.join(" "));
    else described.removeAttribute("aria-describedby");
    for (const input of this.field.inputs?.() ?? []) {
      if (this.problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  /** Say what is wrong; gives whether nothing is. */
  check() {
    if (!this.isLive || this.isNote) return true;
    if (this.problem && !this.session.isValid(this.instance)) return false;
    this.isChecked = true;
    if (!this.problem || this.session.isValid(this.instance)) this.say(this.keepsUnread() ? this.problem : this.complaint());
    return !this.problem;
  }

  // What was typed and could not be read stays wrong until it is changed.
  keepsUnread() {
    return Boolean(this.field.shown) && this.instance.base === "" && this.field.shown() !== "";
  }

  focus() {
    (this.field.inputs?.()[0] ?? this.element).focus();
  }

  /** Bring everything in line with the session. */
  show() {
    this.field.show?.();
    if (this.isNote) return;
    const { control } = this;
    const { required } = this.instance;
    if (required && !this.star) {
      this.star = element("abbr", { class: "filling-star", title: "required" }, " *");
      this.label.append(this.star);
    } else if (this.star && this.star.hidden === required) {
      this.star.hidden = !required;
    }
    const isReadonly = this.session.isReadonly(this.instance);
    if (isReadonly !== Boolean(this.wasReadonly)) {
      this.wasReadonly = isReadonly;
      for (const input of this.field.inputs?.() ?? []) input.disabled = isReadonly;
    }
    if (required !== Boolean(this.wasRequired)) {
      this.wasRequired = required;
      this.field.require?.(required);
    }
    if (this.isChecked && !this.keepsUnread()) this.say(this.complaint());
    if (!this.isDescribed && control.hint) this.describe();
    this.isDescribed = true;
  }

  update() {
    const isNew = !this.element;
    updateShown(this);
    if (isNew || !this.isLive) return;
    if (this.wasNote !== this.isNote) {
      const old = this.element;
      this.view.questions.delete(this.id);
      this.problem = "";
      this.isDescribed = false;
      this.wasReadonly = this.wasRequired = undefined;
      old.replaceWith(this.build());
    } else {
      this.show();
    }
  }

  forget() {
    if (this.instance) this.view.unwatch(this.instance, this);
    this.view.questions.delete(this.id);
    clearTimeout(this.pause);
  }
}
