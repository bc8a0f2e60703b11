// A compiled form as a page: labels, fieldsets and messages for everyone, one thumb first. What changes is changed, no more.
//
// The first questions are built at once; the rest, and the evaluation of what they depend on, follow in slices, so that the
// first tap waits for nothing that is out of sight. Nothing is built before it is relevant, and one listener serves all questions.
import { Given } from "./given.js";
import { Group, Repeat } from "./groups.js";
import { element } from "./markup.js";
import { placed } from "./placing.js";
import { Question, isShown } from "./questions.js";
import { idle, inSlices, pause, shown } from "./slices.js";
import { isLively, languageOf, say } from "./wording.js";
import { WORDS } from "./words.js";

// So many questions fill a phone's screen and the beginning of the next.
const AT_FIRST = 4;

export class View {
  /**
   * Show a session in an element. `onStep` is told every step after it is done; `onPhoto` takes a path and a file and
   * gives a promise of the name that is stored as the answer; `words` replaces words of the interface. With `isReady` false
   * what is done in the page is held until `ready` is called: answers may still come from elsewhere. `fieldFor` may give
   * another field for a question, and `onBuilt` is told each group and question when its element is there.
   *
   * The element may hold the first questions already (docs/reference/compiled-forms.md, "The first questions as HTML").
   */
  constructor(session, root, { onStep = () => {}, onPhoto = async (_, file) => file.name, words = {}, isReady = true, fieldFor = () => undefined, onBuilt = () => {} } = {}) {
    Object.assign(this, { session, root, onStep, onPhoto, fieldFor, onBuilt });
    this.words = { ...WORDS, ...words };
    this.questions = new Map();
    this.ids = 0;
    this.held = [];
    this.numbers = new Map(session.program.controls.map((control, number) => [control, number]));
    this.given = new Given(root, languageOf(session));
    for (const [kind, doing] of [["change", "answered"], ["input", "typed"], ["click", "clicked"]]) {
      root.addEventListener(kind, (event) => this.take(this.questionOf(event), doing, event));
    }
    this.draw();
    /** Resolves once everything that the form computes at its beginning is there. */
    this.begun = shown()
      .then(() => inSlices((isTime) => session.advance(isTime), pause))
      .then(() => isReady && this.ready());
    this.begun.then(() => this.goOn());
  }

  take(question, doing, event) {
    if (!question) return;
    this.hold(question, () => question[doing](event));
  }

  /** Do something now, or once the view is ready. */
  hold(question, act) {
    if (this.held && !this.isCatchingUp) this.held.push({ question, act });
    else act();
  }

  /**
   * All answers from elsewhere are in the session: do what was held, and show everything as it is. `isRefused` drops what was held.
   */
  ready({ isRefused = false } = {}) {
    const { held } = this;
    this.session.advance();
    // A field that was changed in the meantime is read before it is brought in line.
    this.isCatchingUp = true;
    for (const { act, question } of held ?? []) {
      if (!isRefused) act();
      else question?.show();
    }
    this.isCatchingUp = false;
    this.held = null;
    this.update();
  }

  nextId() {
    this.ids += 1;
    return `filling-${this.ids}`;
  }

  /** The id of what shows a control: always the same where no repeat lies around. */
  idOf(control, around) {
    const number = this.numbers.get(control);
    return number === undefined || around !== this.session.root ? this.nextId() : `filling-q${number}`;
  }

  questionOf(event) {
    return this.questions.get(event.target.closest?.("[data-question]")?.dataset.question);
  }

  draw() {
    this.watched = new Map();
    this.lively = new Set();
    this.questions.clear();
    this.top = new Group(this, { children: this.session.program.form.body ?? [] }, this.session.root);
    this.top.id = "filling-top";
    const { languages = [""] } = this.session.program.form;
    const parts = languages.length > 1 ? [this.languageChoice(languages)] : [];
    this.top.isGradual = true;
    const top = this.top.build();
    if (top.parentNode !== this.root) this.root.replaceChildren(...parts, top);
    this.building = this.top.filling();
    this.build(() => this.questions.size >= AT_FIRST && this.given.isEmpty);
    this.given.drop();
    this.root.lang = languageTag(languageOf(this.session));
  }

  /** Build what waits until `isEnough` says so; gives whether there is nothing left of it. */
  build(isEnough = () => false) {
    while (this.building && !isEnough()) if (this.building.next().done) this.building = null;
    return !this.building;
  }

  /** Build whatever still waits, so that every question can be gone to. */
  buildAll() {
    this.build();
  }

  goOn() {
    const { building } = this;
    // Another language has begun anew, then this is done.
    return inSlices((isTime) => building !== this.building || this.build(isTime), idle);
  }

  make(number, around) {
    const control = this.session.program.controls[number];
    if (control.kind === "repeat") return new Repeat(this, control, around);
    if (control.kind === "group") return new Group(this, control, around);
    return new Question(this, control, around, control.node === undefined ? null : placed(this, around, control.node));
  }

  languageChoice(languages) {
    const id = this.nextId();
    const select = element("select", { class: "filling-field", id });
    select.append(...languages.map((name) => new Option(name, name, false, name === languageOf(this.session))));
    select.addEventListener("change", () => this.speak(select.value));
    const box = element("div", { class: "filling-question filling-language" });
    box.append(element("label", { class: "filling-label", for: id }, this.words.language), select);
    return box;
  }

  /** Show everything in another language of the form. */
  speak(language) {
    this.session.language = language;
    this.draw();
    shown().then(() => this.goOn());
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
    this.hold(null, () => this.actNow(step));
  }

  actNow(step) {
    this.session.step(step);
    this.onStep(step);
    if (!this.isCatchingUp) this.update();
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

  /** Show at each question what is wrong with it; gives the questions, in the order of the page. */
  check() {
    this.buildAll();
    const wrong = [...this.questions.values()].filter((question) => isShown(question) && !question.check());
    const follows = (one, other) => one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return wrong.sort((one, other) => (follows(one, other) ? -1 : 1));
  }

}

// "Español (es)" says its tag; other names are left to the page.
const languageTag = (name) => /\(([A-Za-z-]+)\)\s*$/.exec(name)?.[1] ?? "";
