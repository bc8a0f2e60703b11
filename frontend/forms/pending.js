// What has to be evaluated: facets in the order of the compiled form, each with its instances.
import { StepRefused } from "./steps.js";

/** So often may a facet be evaluated again in one step, and values set in the wake of each other. */
export const MOST_ROUNDS = 1_000;

export class Pending {
  constructor(program) {
    this.program = program;
    this.sets = [];
    this.lowest = Infinity;
    this.rounds = new Map();
  }

  get isEmpty() {
    return this.lowest === Infinity;
  }

  clear() {
    this.sets = [];
    this.lowest = Infinity;
  }

  mark(facet, instance) {
    // Most facets have one instance, and a set for each would be most of a form's beginning.
    const known = this.sets[facet];
    if (!known) this.sets[facet] = instance;
    else if (known instanceof Set) known.add(instance);
    else if (known !== instance) this.sets[facet] = new Set([known, instance]);
    if (facet < this.lowest) this.lowest = facet;
  }

  /** The first facet that waits with its instances in document order, or null. */
  take() {
    if (this.isEmpty) return null;
    const number = this.lowest;
    const facet = this.program.facets[number];
    const waiting = this.sets[number];
    const instances = waiting instanceof Set ? [...waiting] : [waiting];
    this.sets[number] = undefined;
    let next = number + 1;
    while (next < this.sets.length && !this.sets[next]) next += 1;
    this.lowest = next < this.sets.length ? next : Infinity;
    this.guard(number, facet);
    // In document order, so that a running total is right after one round.
    return { facet, instances: instances.length > 1 ? ordered(instances) : instances };
  }

  guard(number, facet) {
    const rounds = (this.rounds.get(number) ?? 0) + 1;
    this.rounds.set(number, rounds);
    if (rounds <= MOST_ROUNDS) return;
    this.clear();
    const { path } = this.program.layout.nodes[facet.node];
    throw new StepRefused(`${path} and what it reads depend on each other and do not come to rest (${facet.name}).`);
  }
}

function ordered(instances) {
  const placed = instances.map((instance) => [instance.around.map((each) => each.parent.of(each.node).indexOf(each)), instance]);
  placed.sort(([one], [other]) => {
    const at = one.findIndex((place, index) => place !== other[index]);
    return at < 0 ? 0 : one[at] - other[at];
  });
  return placed.map((pair) => pair[1]);
}
