// Nodes that expressions walk over: the filled instance, the secondary instances, and the documents above them.

const NO_KIDS = new Map();
const NOTHING_AROUND = [];

/**
 * One element of the primary instance. `base` is the stored value, `value` what is read: "" where it is not relevant.
 * `kids` holds for each child node its instance, or the list of its instances. `around` are the repeat instances that
 * it lies in, outermost first, itself included.
 */
export class Instance {
  constructor(node, name, parent, isRepeat) {
    this.node = node;
    this.name = name;
    this.parent = parent;
    this.kids = NO_KIDS;
    this.spare = null;
    const above = parent ? parent.around : NOTHING_AROUND;
    this.around = isRepeat ? [...above, this] : above;
    this.base = "";
    this.value = "";
    this.isRelevant = true;
    this.live = true;
    this.required = false;
    this.readonly = false;
    this.constraint = true;
    this.items = null;
    this.gone = false;
  }

  get children() {
    const found = [];
    for (const kid of this.kids.values()) {
      if (Array.isArray(kid)) found.push(...kid);
      else found.push(kid);
    }
    return found;
  }

  get isLeaf() {
    return this.kids.size === 0;
  }

  get text() {
    return this.isLeaf ? this.value : this.children.map((child) => child.text).join("");
  }

  /** The instances of a child node; there is one unless it is a repeat. */
  of(number) {
    const kid = this.kids.get(number);
    return Array.isArray(kid) ? kid : kid ? [kid] : [];
  }

  /** This one and all below it, in document order. */
  everything(found = []) {
    found.push(this);
    for (const child of this.children) child.everything(found);
    return found;
  }
}

/** The node above the root of the primary instance. */
export class Document {
  constructor(root) {
    this.name = "";
    this.parent = null;
    this.children = [root];
    this.isLeaf = false;
    this.attributes = {};
  }

  get text() {
    return this.children[0].text;
  }
}

/** One element of a secondary instance. */
class StaticNode {
  constructor(element, parent) {
    const [name, content, attributes = {}] = element;
    this.name = name;
    this.parent = parent;
    this.attributes = attributes;
    const isText = typeof content === "string";
    this.children = isText ? [] : content.map((child) => new StaticNode(child, this));
    this.isLeaf = this.children.length === 0;
    this.text = isText ? content : this.children.map((child) => child.text).join("");
  }
}

/** The node above a root that the compiled form describes as an element. */
export const staticTree = (element) => new StaticNode(["", [element]], null);

/** An attribute of a secondary instance's element. */
export const attributesOf = (node) =>
  Object.entries(node.attributes ?? {}).map(([name, text]) => new StaticNode([name, text], node));
