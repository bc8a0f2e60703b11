// What other devices and the pages with a network have said of a walk, beside what this device says itself.
//
// The same rule as the server's (docs/reference/walk-journal.md): the last answer of every strand stands, unless an entry
// names its id in `over`.

export class Known {
  /** `known` by path: [{id, strand, value}] as the page came with it; `through` the last number of each strand in it. */
  constructor({ known = {}, through = {} }, strand, entries) {
    Object.assign(this, { known, through, strand });
    this.own = new Map();
    this.decided = new Set();
    for (const entry of entries) this.take(entry);
  }

  /** An entry that this device has kept. */
  take({ id, kind, sequence, payload }) {
    const said = JSON.parse(payload);
    for (const each of said.over ?? []) this.decided.add(each);
    if (kind === "set") this.own.set(said.path, { id, sequence, value: said.value });
  }

  /** What others say of a path, and nobody has decided over. */
  others(path) {
    return (this.known[path] ?? []).filter((each) => each.strand !== this.strand && !this.decided.has(each.id));
  }

  /** This device's own answer to a path, unless somebody who has seen it has decided over it. */
  ownAt(path) {
    const own = this.own.get(path);
    if (!own) return undefined;
    const wasKnown = own.sequence <= (this.through[this.strand] ?? 0);
    const stands = !wasKnown || (this.known[path] ?? []).some((each) => each.id === own.id);
    return stands ? own : undefined;
  }

  /** The answer to show where it is not this device's own; undefined where that one stands, or nobody answered. */
  shown(path) {
    return this.ownAt(path) ? undefined : this.others(path)[0]?.value;
  }

  /** What another device says otherwise, without either having seen the other. */
  differing(path) {
    const [first, ...rest] = this.others(path);
    const own = this.ownAt(path) ?? first;
    return (own === first ? rest : [first, ...rest]).filter((each) => each && each.value !== own.value);
  }

  /** What an answer given now decides over, as part of its payload. */
  over(path) {
    const ids = this.others(path).map((each) => each.id);
    return ids.length ? { over: ids } : {};
  }
}
