// A compiled form made ready for sessions: its nodes by number, its expressions as functions, who reads what.
import { Closures } from "./closures.js";
import { staticTree } from "./tree.js";

const FORMAT = 1;

/** A form that this runtime cannot read; the message says why. */
export class FormRefused extends Error {}

const CHILDLESS = new Map();

/** Children, ancestors and repeats by node number. */
class Layout {
  constructor(nodes) {
    this.nodes = nodes;
    this.names = nodes.map((node) => node.name);
    this.kinds = nodes.map((node) => node.kind);
    this.types = nodes.map((node) => node.type ?? "string");
    this.parents = nodes.map((node) => node.parent ?? -1);
    this.children = nodes.map(() => []);
    this.repeats = [];
    nodes.forEach((node, number) => {
      const parent = this.parents[number];
      if (parent >= 0) this.children[parent].push(number);
      const around = parent >= 0 ? this.repeats[parent] : [];
      this.repeats.push(node.kind === "repeat" ? [...around, number] : around);
    });
    this.byName = this.children.map((children) => (children.length ? new Map(children.map((child) => [this.names[child], child])) : CHILDLESS));
  }

  /** The nodes on the way down from `top` (not in it) to `bottom` (in it). */
  chain(top, bottom) {
    const found = [];
    for (let number = bottom; number !== top; number = this.parents[number]) found.unshift(number);
    return found;
  }
}

// An expression becomes a function when it is first wanted, so that a form's first questions do not wait for its last.
function lazily(make) {
  let made;
  return (node, env) => (made ??= make())(node, env);
}

const MAKERS = { items: "nodes", count: "number", calculate: "text" };

export class Program {
  constructor(form) {
    if (form.format !== FORMAT) throw new FormRefused(`The compiled form has the format ${form.format}; ${FORMAT} is known.`);
    this.form = form;
    this.layout = new Layout(form.nodes);
    this.closures = new Closures(this.layout);
    this.controls = form.controls ?? [];
    this.instances = Object.fromEntries(
      Object.entries(form.instances ?? {}).map(([id, element]) => [id, staticTree(element)]),
    );
    this.readers = form.nodes.map(() => []);
    this.facetsOf = form.nodes.map(() => []);
    this.facetAt = form.nodes.map(() => ({}));
    this.facets = (form.facets ?? []).map((told, number) => this.facet(told, number));
    this.choices = form.nodes.map((node) => node.choice ?? "");
    this.staticItems = form.nodes.map((node, number) => this.itemsOf(node, number));
    this.bounds = form.nodes.map((node) => this.boundsOf(node));
    this.actions = (form.actions ?? []).map((told) => ({ ...told, evaluate: this.closures.text(told.expr) }));
    this.wordings = new WeakMap();
  }

  facet({ node, facet: name, expr, reads = [], cycle = 0 }, number) {
    this.facetsOf[node].push(number);
    this.facetAt[node][name] = number;
    const around = this.layout.repeats[node];
    for (const [read, shares] of reads) {
      // Its own last value may be read by a calculation; it does not set it off again.
      if (name === "calculate" && read === node && shares === around.length) continue;
      // A count is evaluated once for all instances of its repeat.
      const shared = name === "count" ? Math.min(shares, around.length - 1) : shares;
      this.readers[read].push({ facet: number, shared, chain: null });
    }
    const evaluate = lazily(() => this.closures[MAKERS[name] ?? "boolean"](expr));
    const itemset = name === "items" ? this.controls[this.layout.nodes[node].control].itemset : null;
    return { node, name, evaluate, cycle, value: itemset && this.closures.text(itemset.value) };
  }

  /** The nodes on the way to a reader's instances, from the instance that it shares with what it reads. */
  chainOf(reader) {
    if (!reader.chain) {
      const { node, name } = this.facets[reader.facet];
      const chain = this.layout.chain(reader.shared ? this.layout.repeats[node][reader.shared - 1] : 0, node);
      reader.chain = name === "count" ? chain.slice(0, -1) : chain;
    }
    return reader.chain;
  }

  itemsOf(node, number) {
    if (!node.choice || "items" in this.facetAt[number]) return null;
    return (this.controls[node.control].items ?? []).map((item) => item.value);
  }

  boundsOf(node) {
    const control = this.controls[node.control];
    if (control?.kind !== "range") return null;
    const bounds = [control.attributes?.start, control.attributes?.end].map((text) => parseFloat(text));
    return bounds.some(Number.isNaN) ? null : bounds;
  }

  /** A wording as texts and functions; made once. */
  pieces(wording) {
    if (typeof wording === "string") return [wording];
    let known = this.wordings.get(wording);
    if (!known) {
      known = (wording.parts ?? []).map((part) => (typeof part === "string" ? part : this.closures.text(part.value)));
      this.wordings.set(wording, known);
    }
    return known;
  }
}
