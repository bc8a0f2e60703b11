// How a change spreads: what depends on it is evaluated in the order of the compiled form, once, and only where it can
// have changed.
import { build } from "./building.js";
import { Environment } from "./closures.js";
import { chosen, storedText, within } from "./stored.js";
import { MOST_ROUNDS } from "./pending.js";
import { StepRefused } from "./steps.js";
import { Instance } from "./tree.js";

/** More instances of one repeat are not made, whatever its count says. */
export const MOST_INSTANCES = 10_000;

/**
 * The part of a session that keeps values up to date. It uses the session's `program`, `root`, `pending`, `singles`;
 * `touched` gathers the instances that look different since whoever shows them emptied it.
 */
export class Propagation {
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
    for (const reader of this.program.readers[instance.node]) {
      const { facet, shared } = reader;
      const top = shared ? instance.around[shared - 1] : this.root;
      if (top.gone) continue;
      let found = [top];
      for (const number of this.program.chainOf(reader)) found = found.length === 1 ? found[0].of(number) : found.flatMap((each) => each.of(number));
      for (const each of found) this.pending.mark(facet, each);
    }
  }

  append(parent, number) {
    const siblings = parent.of(number);
    const element = parent.spare?.get(number)?.[siblings.length] ?? this.program.layout.nodes[number].template;
    const instance = build(this.program, number, parent, element, {});
    siblings.push(instance);
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
    for (let rounds = 1; ; rounds += 1) {
      this.flush();
      const { arrived, altered } = this;
      this.arrived = [];
      this.altered = new Set();
      if (!arrived.length && !(altered.size && this.started)) return;
      if (rounds > MOST_ROUNDS) this.stop([...arrived, ...altered][0]);
      for (const instance of arrived) this.happen("odk-new-repeat", instance);
      if (this.started) for (const instance of altered) this.trigger(instance);
      if (this.pending.isEmpty && !this.arrived.length && !this.altered.size) return;
    }
  }

  // What is set in the wake of each other goes on for ever: the step is refused.
  stop(instance) {
    this.pending.clear();
    const { path } = this.program.layout.nodes[instance.node];
    throw new StepRefused(`${path} and what is set when it changes do not come to rest.`);
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
    while (this.evaluateNext());
  }

  // Evaluate the first facet that waits; gives whether there was one.
  evaluateNext() {
    const next = this.pending.take();
    if (!next) return false;
    for (const instance of next.instances) {
      if (!instance.around.some((each) => each.gone)) this.evaluate(next.facet, instance);
    }
    return true;
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
    const around = new Instance(facet.node, this.program.layout.names[facet.node], parent, false);
    const wanted = this.evaluated(facet.evaluate, around);
    if (Number.isNaN(wanted)) return;
    const number = Math.trunc(Math.min(Math.max(wanted, 0), MOST_INSTANCES));
    const siblings = parent.of(facet.node);
    while (siblings.length > number) this.takeAway(siblings.at(-1));
    while (siblings.length < number) this.append(parent, facet.node);
  }
}
