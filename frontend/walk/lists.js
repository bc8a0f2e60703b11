// What another device has put into repeats: shown here as it stands, and taken over whole with the first change.
//
// Positions in a repeat mean something on the device that made them. So nothing is merged: what is changed here is a copy
// of the list, kept as this device's own, which decides over the other (docs/reference/walk-journal.md, "Two devices").

const plain = (path) => path.replaceAll(/\[\d+\]/g, "");
const isIn = (repeat, path) => plain(path) === repeat || plain(path).startsWith(`${repeat}/`);

export class Lists {
  /** `lists` by repeat: {strand, steps: [{id, kind, path, value}], over} as the page came with it; `entries` are this device's. */
  constructor({ lists = {} }, strand, entries) {
    this.strand = strand;
    const own = entries.filter((each) => each.kind !== "note").map((each) => JSON.parse(each.payload).path ?? "");
    const others = Object.entries(lists).filter(([repeat, list]) => list.strand !== strand && !own.some((path) => isIn(repeat, path)));
    this.shown = new Map(others);
  }

  /** Everything that is shown of others, as steps in their order. */
  steps() {
    return [...this.shown.values()].flatMap(({ steps }) => steps.map(({ kind, path, value }) => (kind === "set" ? { set: path, value } : { [kind]: path })));
  }

  /** What this device has to say before it changes something at a path: [[kind, payload]], nothing where it showed no list. */
  takeOver(path) {
    const repeat = [...this.shown.keys()].find((each) => isIn(each, path));
    if (!repeat) return [];
    const { steps, over } = this.shown.get(repeat);
    this.shown.delete(repeat);
    const copies = steps.map(({ id, kind, path: at, value }) => [kind, kind === "set" ? { path: at, value, over: [id] } : { path: at, over: [id] }]);
    return [...copies, ["note", { path: `${repeat}[]`, text: "", kept: this.strand, over }]];
  }
}
