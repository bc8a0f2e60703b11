// A session: one instance of a form, kept up to date step by step.
import { build } from "./building.js";
import { deviceNow, instantOf, midnightOf, momentOf } from "./moments.js";
import { Pending } from "./pending.js";
import { Program } from "./program.js";
import { MOST_INSTANCES, Propagation } from "./propagation.js";
import { StepRefused, act, parsePath } from "./steps.js";
import { choosing } from "./stored.js";
import { choiceName, say } from "./wording.js";

const randomUuid = () => crypto.randomUUID();

export class Session extends Propagation {
  /**
   * Begin to fill a compiled form (or a Program, which several sessions can share).
   *
   * `now` is an ISO date-time with offset; `random` and `uuid` are functions; `properties` are what the device says of
   * itself; `element` is an instance that was stored, to be read back. With `isGradual` the beginning is left to
   * `advance`, so that a page can show the first questions before the last ones are evaluated; a step ends it first.
   */
  constructor(form, { now = deviceNow(), random = Math.random, uuid = randomUuid, properties = {}, language = "", element, isGradual = false } = {}) {
    super();
    this.program = form instanceof Program ? form : new Program(form);
    Object.assign(this, { random, uuid, properties, language });
    this.tell(now);
    this.singles = [];
    this.pending = new Pending(this.program);
    this.arrived = [];
    this.altered = new Set();
    this.touched = new Set();
    this.started = false;
    const isNew = element === undefined;
    this.root = build(this.program, 0, null, element ?? this.program.form.blank, { keepCounted: !isNew });
    for (const instance of this.root.everything()) this.arrive(instance);
    this.rest = this.beginning(isNew ? ["odk-instance-load", "odk-instance-first-load"] : ["odk-instance-load"]);
    if (!isGradual) this.advance();
  }

  /** What time it is from now on. */
  tell(now) {
    const { ms, offset } = instantOf(now);
    this.offset = offset;
    this.now = momentOf(ms, offset);
    this.today = momentOf(midnightOf(ms, offset), offset);
  }

  // The beginning, in the order of the compiled form; it can pause after each facet.
  *beginning(events) {
    const wanted = this.program.actions.filter((action) => events.includes(action.event));
    for (const action of wanted.filter((each) => each.preload)) this.storeAll(action);
    while (this.evaluateNext()) yield;
    for (const action of wanted.filter((each) => !each.preload)) {
      for (const instance of this.instances(action.node)) this.perform(action, instance);
    }
    this.settle();
    this.started = true;
  }

  /** Go on beginning until `isEnough` says so; gives whether there is nothing left of it. */
  advance(isEnough = () => false) {
    while (this.rest && !isEnough()) if (this.rest.next().done) this.rest = null;
    return !this.rest;
  }

  /** Whether an instance looks as it will after the beginning, unless an action changes an answer at its end. */
  isSettled(instance) {
    if (!this.rest) return true;
    const { facetsOf } = this.program;
    for (let above = instance; above; above = above.parent) {
      if (facetsOf[above.node].some((facet) => facet >= this.pending.lowest)) return false;
    }
    return true;
  }

  // -- steps ---------------------------------------------------------------------------------------------------
  /** Answer a question. Throws StepRefused where the path leads to none, or it is readonly. */
  set(path, text) {
    this.advance();
    this.setValue(this.find(path), text);
  }

  setValue(instance, text) {
    const { layout, choices } = this.program;
    if (layout.kinds[instance.node] !== "value") throw new StepRefused(`${this.path(instance)} has no value.`);
    if (this.isReadonly(instance)) throw new StepRefused(`${this.path(instance)} is readonly.`);
    const howMany = choices[instance.node];
    this.store(instance, howMany ? choosing(text, howMany, instance.items ?? []) : text);
    this.settle();
  }

  isReadonly(instance) {
    for (let above = instance; above; above = above.parent) if (above.readonly) return true;
    return false;
  }

  /** Add an instance at the end of a repeat, and return it. */
  add(path) {
    this.advance();
    const [parent, number] = this.repeatAt(path);
    if (this.isCounted(number)) throw new StepRefused(`How many there are of ${path} is computed; none can be added.`);
    if (parent.of(number).length >= MOST_INSTANCES) throw new StepRefused(`${path} has ${MOST_INSTANCES} instances; more are not made.`);
    const instance = this.append(parent, number);
    this.settle();
    return instance;
  }

  /** Remove an instance of a repeat; those after it move up. */
  remove(path) {
    this.advance();
    const instance = this.find(path);
    if (this.program.layout.kinds[instance.node] !== "repeat") throw new StepRefused(`${path} is no repeat.`);
    if (this.isCounted(instance.node)) throw new StepRefused(`How many there are of ${path} is computed; none can be removed.`);
    this.takeAway(instance);
    this.settle();
  }

  isCounted(number) {
    return "count" in this.program.facetAt[number];
  }

  /** Do one step as a plain value. */
  step(step) {
    act(this, step);
  }

  /** What is set when the instance is finished, e.g. the time of its end. */
  finish() {
    this.advance();
    for (const action of this.program.actions) if (action.event === "xforms-revalidate") this.storeAll(action);
    this.settle();
  }

  // -- looking -------------------------------------------------------------------------------------------------
  /** Every value by its path, with positions in every repeat. */
  nodes() {
    return Object.fromEntries(
      this.values().map((each) => [this.path(each), { value: each.value, relevant: each.live, valid: this.isValid(each) }]),
    );
  }

  /** The instances that hold values, in document order. */
  values() {
    this.advance();
    return this.root.everything().filter((each) => this.program.layout.kinds[each.node] === "value");
  }

  /** Whether required and constraint are met. */
  isValid(instance) {
    return !instance.live || (instance.value === "" ? !instance.required : instance.constraint);
  }

  /** The path with positions in every repeat. */
  path(instance) {
    const { node, parent } = instance;
    if (!parent) return `/${instance.name}`;
    const place = this.program.layout.kinds[node] === "repeat" ? `[${parent.of(node).indexOf(instance) + 1}]` : "";
    return `${this.path(parent)}/${instance.name}${place}`;
  }

  /** The instance at a path; without a position the first of a repeat. Throws StepRefused. */
  find(path) {
    const { layout } = this.program;
    const [[first], ...rest] = parsePath(path);
    if (first !== layout.names[0]) throw new StepRefused(`There is no ${path}; the root is /${layout.names[0]}.`);
    let instance = this.root;
    for (const [name, position = 1] of rest) {
      const number = layout.byName[instance.node].get(name);
      const found = number === undefined ? undefined : instance.of(number)[position - 1];
      if (!found) throw new StepRefused(`There is no ${path}: ${this.path(instance)} has no ${name}[${position}].`);
      instance = found;
    }
    return instance;
  }

  repeatAt(path) {
    const at = path.replace(/\/+$/, "").lastIndexOf("/");
    const [[name]] = parsePath(path.slice(at));
    const parent = at > 0 ? this.find(path.slice(0, at)) : null;
    const number = parent ? this.program.layout.byName[parent.node].get(name) : undefined;
    if (this.program.layout.kinds[number] !== "repeat") throw new StepRefused(`${path} is no repeat of this form.`);
    return [parent, number];
  }

  choiceName(instance, value) {
    return choiceName(this, instance, value);
  }

  textById(id, node) {
    return say(this, this.program.form.texts?.[id], node);
  }
}
