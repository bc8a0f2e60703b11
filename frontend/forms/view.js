// A compiled form as a page: labels, fieldsets and messages for everyone, one thumb first. What changes is changed, no more.
//
// Nothing is built before it is relevant, and one listener serves all questions.
import { element, fill } from "./markup.js";
import { Question, isShown } from "./questions.js";
import { updateShown } from "./shown.js";
import { isLively, languageOf, say } from "./wording.js";
import { WORDS } from "./words.js";

// Forms with more controls are built section by section, so many at once.
const LONG = 150;
const AT_ONCE = 2;
const IDLE_MS = 200;

// What a view stands for: a control in the repeat instance (or root) that it lies in.
const placed = (view, around, node) => {
  let found = around;
  for (const number of view.session.program.layout.chain(around.node, node)) found = found.kids.get(number);
  return found;
};

/** Groups: children in order, each in the page only while it is relevant. */
class Group {
  constructor(view, control, around) {
    this.view = view;
    this.control = control;
    this.around = around;
    const { layout } = view.session.program;
    // pyxform puts a group with the label around a repeat, both of one node: the group is as relevant as what is around.
    const isOwn = control.node !== undefined && layout.kinds[control.node] !== "repeat";
    this.instance = isOwn ? placed(view, around, control.node) : null;
    this.children = (control.children ?? []).map((child) => view.make(child, around));
    if (this.instance) view.watch(this.instance, this);
    for (const child of this.children) child.above = this;
  }

  get isLive() {
    if (this.instance) return this.instance.live;
    return this.around.live;
  }

  build() {
    const label = this.control.label;
    this.element = element(label ? "fieldset" : "div", { class: label ? "usa-fieldset filling-group" : "filling-group" });
    if (label) {
      const legend = element("legend", { class: "usa-legend usa-legend--large" });
      this.element.append(legend);
      this.view.sayIn(legend, label, this.instance ?? this.around);
    }
    // Not in the fieldset itself: browsers lay out all of a fieldset anew when a child comes.
    this.list = label ? element("div") : this.element;
    if (label) this.element.append(this.list);
    if (this === this.view.top) this.view.buildBySections(this.children);
    else for (const child of this.children) child.update();
    this.view.onBuilt(this);
    return this.element;
  }

  /** Put a child where it belongs, before the next one that is in the page. */
  insert(child) {
    const after = this.children.slice(this.children.indexOf(child) + 1).find((each) => each.element);
    this.list.insertBefore(child.element, after?.element ?? null);
  }

  update() {
    updateShown(this);
  }

  forget() {
    if (this.instance) this.view.unwatch(this.instance, this);
    for (const child of this.children) child.forget();
  }
}

/** All instances of a repeat, each a group with a button that removes it, and one that adds. */
class Repeat {
  constructor(view, control, around) {
    this.view = view;
    this.control = control;
    this.around = around;
    const { layout } = view.session.program;
    const parent = layout.parents[control.node];
    this.parent = parent === around.node ? around : placed(view, around, parent);
    this.isCounted = view.session.isCounted(control.node);
    this.groups = new Map();
    view.watch(this.parent, this);
  }

  get isLive() {
    return this.parent.live;
  }

  build() {
    this.element = element("div", { class: "filling-repeat" });
    this.list = element("div", { class: "filling-repeat__list" });
    this.element.append(this.list);
    if (!this.isCounted) {
      const add = element("button", { type: "button", class: "usa-button usa-button--outline filling-repeat__add" }, this.view.words.add);
      add.addEventListener("click", () => this.add());
      this.element.append(add);
    }
    this.sync();
    return this.element;
  }

  add() {
    const path = `${this.view.session.path(this.parent)}/${this.view.session.program.layout.names[this.control.node]}`;
    this.view.act({ add: path });
    this.list.lastElementChild?.querySelector("input, select, textarea, button")?.focus();
  }

  remove(instance) {
    const index = this.parent.of(this.control.node).indexOf(instance);
    this.view.act({ remove: this.view.session.path(instance) });
    const next = this.list.children[Math.min(index, this.list.children.length - 1)];
    (next?.querySelector("input, select, textarea, button") ?? this.element.querySelector(".filling-repeat__add"))?.focus();
  }

  /** Bring the groups in line with the instances. */
  sync() {
    const instances = this.parent.of(this.control.node);
    for (const [instance, group] of this.groups) {
      if (instances.includes(instance)) continue;
      group.item.remove();
      group.forget();
      this.groups.delete(instance);
    }
    instances.forEach((instance, index) => {
      let group = this.groups.get(instance);
      if (!group) {
        group = new Group(this.view, { children: this.control.children }, instance);
        group.item = element("div", { class: "filling-repeat__item", role: "group" });
        group.heading = element("div", { class: "filling-repeat__heading", id: this.view.nextId() });
        group.item.setAttribute("aria-labelledby", group.heading.id);
        group.item.append(group.heading, group.build());
        if (!this.isCounted) group.item.append(this.removeButton(instance, group));
        this.groups.set(instance, group);
      }
      group.heading.textContent = fill(this.view.words.number, { number: index + 1 });
      group.item.hidden = !instance.live;
      if (this.list.children[index] !== group.item) this.list.insertBefore(group.item, this.list.children[index] ?? null);
    });
  }

  removeButton(instance, group) {
    const remove = element("button", { type: "button", class: "usa-button usa-button--unstyled filling-repeat__remove" }, this.view.words.remove);
    remove.setAttribute("aria-describedby", group.heading.id);
    remove.addEventListener("click", () => this.remove(instance));
    return remove;
  }

  update() {
    updateShown(this);
    if (this.element && this.isLive) this.sync();
  }

  forget() {
    this.view.unwatch(this.parent, this);
    for (const group of this.groups.values()) group.forget();
  }
}

export class View {
  /**
   * Show a session in an element. `onStep` is told every step after it is done; `onPhoto` takes a path and a file and
   * gives a promise of the name that is stored as the answer; `words` replaces words of the interface. `fieldFor` may give
   * another field for a question, and `onBuilt` is told each group and question when its element is there.
   */
  constructor(session, root, { onStep = () => {}, onPhoto = async (_, file) => file.name, words = {}, fieldFor = () => undefined, onBuilt = () => {} } = {}) {
    Object.assign(this, { session, root, onStep, onPhoto, fieldFor, onBuilt });
    this.words = { ...WORDS, ...words };
    this.questions = new Map();
    this.ids = 0;
    root.addEventListener("change", (event) => this.questionOf(event)?.answered(event));
    root.addEventListener("input", (event) => this.questionOf(event)?.typed(event));
    root.addEventListener("click", (event) => this.questionOf(event)?.clicked(event));
    this.draw();
  }

  nextId() {
    this.ids += 1;
    return `filling-${this.ids}`;
  }

  questionOf(event) {
    return this.questions.get(event.target.closest?.("[data-question]")?.dataset.question);
  }

  draw() {
    this.watched = new Map();
    this.lively = new Set();
    this.questions.clear();
    this.waiting = [];
    this.top = new Group(this, { children: this.session.program.form.body ?? [] }, this.session.root);
    const { languages = [""] } = this.session.program.form;
    const parts = languages.length > 1 ? [this.languageChoice(languages)] : [];
    this.root.replaceChildren(...parts, this.top.build());
    this.root.lang = languageTag(languageOf(this.session));
    this.session.touched.clear();
  }

  // What stands at the top of a long form comes first; the other sections follow while the page has nothing else to do.
  buildBySections(sections) {
    const isLong = this.session.program.controls.length > LONG;
    sections.forEach((section, index) => {
      section.isWaiting = isLong && index >= AT_ONCE;
      if (section.isWaiting) this.waiting.push(section);
      else section.update();
    });
    if (!this.waiting.length) return;
    const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 0));
    const { waiting } = this;
    const next = () => {
      // Another language has begun anew, or everything was wanted at once.
      if (waiting !== this.waiting || !waiting.length) return;
      this.buildSection(waiting.shift());
      idle(next, { timeout: IDLE_MS });
    };
    // Not before the first sections are on the screen.
    requestAnimationFrame(() => setTimeout(() => idle(next, { timeout: IDLE_MS })));
  }

  buildSection(section) {
    section.isWaiting = false;
    section.update();
  }

  /** Build whatever still waits, so that every question can be gone to. */
  buildAll() {
    while (this.waiting.length) this.buildSection(this.waiting.shift());
  }

  make(number, around) {
    const control = this.session.program.controls[number];
    if (control.kind === "repeat") return new Repeat(this, control, around);
    if (control.kind === "group") return new Group(this, control, around);
    return new Question(this, control, control.node === undefined ? null : placed(this, around, control.node));
  }

  languageChoice(languages) {
    const id = this.nextId();
    const select = element("select", { class: "usa-select", id });
    select.append(...languages.map((name) => new Option(name, name, false, name === languageOf(this.session))));
    select.addEventListener("change", () => this.speak(select.value));
    const box = element("div", { class: "usa-form-group filling-language" });
    box.append(element("label", { class: "usa-label", for: id }, this.words.language), select);
    return box;
  }

  /** Show everything in another language of the form. */
  speak(language) {
    this.session.language = language;
    this.draw();
    this.root.querySelector(".filling-language select")?.focus();
  }

  watch(instance, part) {
    const parts = this.watched.get(instance);
    if (parts) parts.push(part);
    else this.watched.set(instance, [part]);
  }

  unwatch(instance, part) {
    this.watched.set(instance, this.watched.get(instance)?.filter((each) => each !== part) ?? []);
  }

  /** Say a text in an element, and again when answers in it have changed. */
  sayIn(target, text, instance) {
    const again = () => {
      const told = say(this.session, text, instance);
      if (target.textContent !== told) target.textContent = told;
    };
    again();
    if (isLively(this.session, text)) this.lively.add({ again, instance, target });
  }

  /** Do a step, and show what came of it. */
  act(step) {
    this.session.step(step);
    this.onStep(step);
    this.update();
  }

  update() {
    const { touched } = this.session;
    if (!touched.size) return;
    for (const instance of touched) {
      for (const part of this.watched.get(instance) ?? []) part.update();
    }
    touched.clear();
    for (const each of this.lively) {
      if (each.instance?.around.some((one) => one.gone)) this.lively.delete(each);
      else if (!each.instance || each.instance.live) each.again();
    }
  }

  /** Show at each question what is wrong with it; gives the questions, and moves to the first. */
  validate() {
    this.buildAll();
    const wrong = [...this.questions.values()].filter((question) => isShown(question) && !question.check());
    wrong[0]?.focus();
    return wrong;
  }
}

// "Español (es)" says its tag; other names are left to the page.
const languageTag = (name) => /\(([A-Za-z-]+)\)\s*$/.exec(name)?.[1] ?? "";
