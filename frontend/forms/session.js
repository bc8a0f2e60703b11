// A session: one instance of a form, kept up to date step by step.
//
// What depends on a change is evaluated in the order of the compiled form, once, and only where it can have changed.
import { Environment } from "./closures.js";
import { build } from "./building.js";
import { deviceNow, instantOf, midnightOf, momentOf } from "./moments.js";
import { Pending } from "./pending.js";
import { Program } from "./program.js";
import { StepRefused, act, parsePath } from "./steps.js";
import { chosen, choosing, storedText, within } from "./stored.js";
import { choiceName, say } from "./wording.js";

// More instances of one repeat are not made, whatever its count says.
const MOST_INSTANCES = 10_000;

const randomUuid = () => crypto.randomUUID();

export class Session {
  /**
   * Begin to fill a compiled form (or a Program, which several sessions can share).
   *
   * `now` is an ISO date-time with offset; `random` and `uuid` are functions; `properties` are what the device says of
   * itself; `element` is an instance that was stored, to be read back.
   */
  constructor(form, { now = deviceNow(), random = Math.random, uuid = randomUuid, properties = {}, language = "", element } = {}) {
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
    this.begin(isNew ? ["odk-instance-load", "odk-instance-first-load"] : ["odk-instance-load"]);
  }

  /** What time it is from now on. */
  tell(now) {
    const { ms, offset } = instantOf(now);
    this.offset = offset;
    this.now = momentOf(ms, offset);
    this.today = momentOf(midnightOf(ms, offset), offset);
  }

  begin(events) {
    const wanted = this.program.actions.filter((action) => events.includes(action.event));
    for (const action of wanted.filter((each) => each.preload)) this.storeAll(action);
    this.flush();
    for (const action of wanted.filter((each) => !each.preload)) {
      for (const instance of this.instances(action.node)) this.perform(action, instance);
    }
    this.settle();
    this.started = true;
  }

  // A new instance: all its facets must be evaluated, and its value is read for the first time.
  arrive(instance) {
    const { layout, staticItems, facetsOf, facetAt, facets } = this.program;
    if (!layout.repeats[instance.node].length) this.singles[instance.node] = instance;
    instance.items = staticItems[instance.node];
    instance.live = !instance.parent || instance.parent.live;
    for (const facet of facetsOf[instance.node]) {
      if (facets[facet].name !== "count") this.pending.mark(facet, instance);
    }
    for (const child of layout.children[instance.node]) {
      if ("count" in facetAt[child]) this.pending.mark(facetAt[child].count, instance);
    }
    instance.value = this.read(instance);
  }

  // -- steps ---------------------------------------------------------------------------------------------------
  /** Answer a question. Throws StepRefused where the path leads to none, or it is readonly. */
  set(path, text) {
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
    const [parent, number] = this.repeatAt(path);
    if (this.isCounted(number)) throw new StepRefused(`How many there are of ${path} is computed; none can be added.`);
    if (parent.of(number).length >= MOST_INSTANCES) throw new StepRefused(`${path} has ${MOST_INSTANCES} instances; more are not made.`);
    const instance = this.append(parent, number);
    this.settle();
    return instance;
  }

  /** Remove an instance of a repeat; those after it move up. */
  remove(path) {
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

  // -- changes -------------------------------------------------------------------------------------------------
  /** The instances of a node in document order, all or those in one repeat instance. */
  instances(number, top) {
    let found = [this.root];
    for (const step of this.program.layout.chain(0, number)) found = found.flatMap((each) => each.of(step));
    return top ? found.filter((each) => each.around.includes(top)) : found;
  }

  store(instance, text) {
    const { layout, bounds } = this.program;
    const fitting = storedText(text, layout.types[instance.node]);
    const limits = bounds[instance.node];
    instance.base = limits && fitting ? within(fitting, limits) : fitting;
    this.touched.add(instance);
    this.refresh(instance);
  }

  storeAll(action) {
    for (const instance of this.instances(action.node)) this.store(instance, this.evaluated(action.evaluate, instance));
  }

  evaluated(evaluate, instance) {
    return evaluate(instance, new Environment(this, instance));
  }

  read(instance) {
    if (!instance.live || !instance.base) return "";
    const howMany = this.program.choices[instance.node];
    return howMany ? chosen(instance.base, howMany, instance.items ?? []) : instance.base;
  }

  refresh(instance) {
    const value = this.read(instance);
    if (value === instance.value) return;
    instance.value = value;
    this.altered.add(instance);
    this.changed(instance);
  }

  // Mark whoever reads a node that has changed.
  changed(instance) {
    this.touched.add(instance);
    for (const { facet, shared, chain } of this.program.readers[instance.node]) {
      const top = shared ? instance.around[shared - 1] : this.root;
      if (top.gone) continue;
      let found = [top];
      for (const number of chain) found = found.length === 1 ? found[0].of(number) : found.flatMap((each) => each.of(number));
      for (const each of found) this.pending.mark(facet, each);
    }
  }

  append(parent, number) {
    const instance = build(this.program, number, parent, this.program.layout.nodes[number].template, {});
    parent.of(number).push(instance);
    for (const each of instance.everything()) {
      this.arrive(each);
      this.changed(each);
    }
    this.arrived.push(instance);
    this.touched.add(parent);
    return instance;
  }

  takeAway(instance) {
    const siblings = instance.parent.of(instance.node);
    const place = siblings.indexOf(instance);
    siblings.splice(place, 1);
    const gone = instance.everything();
    for (const each of gone) each.gone = true;
    for (const each of gone) this.changed(each);
    for (const moved of siblings.slice(place)) this.changed(moved);
    this.touched.add(instance.parent);
  }

  // -- evaluation ----------------------------------------------------------------------------------------------
  // Evaluate what is marked, and do what happens in its wake, until nothing is left.
  settle() {
    this.pending.rounds.clear();
    for (;;) {
      this.flush();
      const { arrived, altered } = this;
      this.arrived = [];
      this.altered = new Set();
      if (!arrived.length && !(altered.size && this.started)) return;
      for (const instance of arrived) this.happen("odk-new-repeat", instance);
      if (this.started) for (const instance of altered) this.trigger(instance);
      if (this.pending.isEmpty && !this.arrived.length && !this.altered.size) return;
    }
  }

  happen(event, top) {
    for (const action of this.program.actions) {
      if (action.event !== event || !this.program.layout.repeats[action.node].includes(top.node)) continue;
      for (const instance of this.instances(action.node, top)) this.perform(action, instance);
    }
  }

  trigger(source) {
    for (const action of this.program.actions) {
      if (action.event !== "xforms-value-changed" || action.source !== source.node || source.gone) continue;
      const around = this.program.layout.repeats[action.node];
      const shared = source.around.filter((each) => around.includes(each.node)).at(-1);
      for (const instance of this.instances(action.node, shared).slice(0, 1)) this.perform(action, instance);
    }
  }

  perform(action, instance) {
    if (!instance.live) return;
    this.store(instance, this.evaluated(action.evaluate, instance));
    this.flush();
  }

  flush() {
    for (let next = this.pending.take(); next; next = this.pending.take()) {
      for (const instance of next.instances) {
        if (!instance.around.some((each) => each.gone)) this.evaluate(next.facet, instance);
      }
    }
  }

  evaluate(facet, instance) {
    if (facet.name === "calculate") {
      if (!instance.live) return;
      const text = this.evaluated(facet.evaluate, instance);
      if (text !== instance.base || text !== instance.value) this.store(instance, text);
    } else if (facet.name === "relevant") {
      instance.isRelevant = this.evaluated(facet.evaluate, instance);
      this.relive(instance);
    } else if (facet.name === "count") {
      this.recount(facet, instance);
    } else if (facet.name === "items") {
      const env = new Environment(this, instance);
      instance.items = facet.evaluate(instance, env).map((node) => facet.value(node, env));
      this.touched.add(instance);
      this.refresh(instance);
    } else {
      instance[facet.name] = this.evaluated(facet.evaluate, instance);
      this.touched.add(instance);
    }
  }

  // Relevance came or went: so do the values below, and calculations run that had to wait.
  relive(instance) {
    const live = instance.isRelevant && (!instance.parent || instance.parent.live);
    if (live === instance.live) return;
    instance.live = live;
    this.touched.add(instance);
    const { calculate } = this.program.facetAt[instance.node];
    if (live && calculate !== undefined) this.pending.mark(calculate, instance);
    this.refresh(instance);
    for (const child of instance.children) this.relive(child);
  }

  recount(facet, parent) {
    const around = build(this.program, facet.node, parent, undefined, {});
    const wanted = this.evaluated(facet.evaluate, around);
    if (Number.isNaN(wanted)) return;
    const number = Math.trunc(Math.min(Math.max(wanted, 0), MOST_INSTANCES));
    const siblings = parent.of(facet.node);
    while (siblings.length > number) this.takeAway(siblings.at(-1));
    while (siblings.length < number) this.append(parent, facet.node);
  }
}
