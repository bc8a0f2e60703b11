// Location paths: from a node to the nodes that a step reaches, in document order.
import { Instance, attributesOf } from "./tree.js";

function descendants(node, found = []) {
  for (const child of node.children) {
    found.push(child);
    descendants(child, found);
  }
  return found;
}

function ancestors(node) {
  const found = [];
  for (let above = node.parent; above; above = above.parent) found.unshift(above);
  return found;
}

function siblings(node, isAfter) {
  if (!node.parent) return [];
  const all = node.parent.children;
  const place = all.indexOf(node);
  return isAfter ? all.slice(place + 1) : all.slice(0, place);
}

const AXES = {
  child: (node) => node.children,
  parent: (node) => (node.parent ? [node.parent] : []),
  self: (node) => [node],
  descendant: (node) => descendants(node),
  "descendant-or-self": (node) => [node, ...descendants(node)],
  ancestor: ancestors,
  "ancestor-or-self": (node) => [...ancestors(node), node],
  "following-sibling": (node) => siblings(node, true),
  "preceding-sibling": (node) => siblings(node, false),
  attribute: attributesOf,
};

/** One step without predicates, as a function from a node to nodes. */
export function step(layout, axis, test) {
  const walk = AXES[axis];
  // The text of an element is its value: there are no text nodes of their own.
  if (test === "text()") return (node) => (node.isLeaf ? [node] : []);
  if (test === "node()") return walk;
  if (test === "*") return walk;
  if (axis === "child") {
    return (node) => {
      if (!(node instanceof Instance)) return node.children.filter((child) => child.name === test);
      const number = layout.byName[node.node].get(test);
      return number === undefined ? [] : node.of(number);
    };
  }
  return (node) => walk(node).filter((each) => each.name === test);
}

/** The number of the node that a path surely leads to, where it is one that no repeat lies around; else undefined. */
export function singleNode(layout, expression) {
  const [kind, start, first, ...rest] = expression;
  if (kind !== "path" || start !== "/" || !first) return undefined;
  if (first.length !== 2 || first[0] !== "child" || first[1] !== layout.names[0]) return undefined;
  let found = 0;
  for (const [axis, test, ...predicates] of rest) {
    const next = axis === "child" && !predicates.length ? layout.byName[found].get(test) : undefined;
    if (next === undefined || layout.kinds[next] === "repeat") return undefined;
    found = next;
  }
  return found;
}

/** Nodes in document order; those of another document than the first come last. */
export function inDocumentOrder(nodes) {
  if (nodes.length < 2) return nodes;
  let top = nodes[0];
  while (top.parent) top = top.parent;
  const places = new Map([top, ...descendants(top)].map((node, place) => [node, place]));
  const placeOf = (node) => places.get(node) ?? places.size;
  return nodes.map((node) => [placeOf(node), node]).sort((one, other) => one[0] - other[0]).map((pair) => pair[1]);
}

/** The place of a node among the siblings of its name that stand directly before it. */
export function positionAmongNamesakes(node) {
  if (node instanceof Instance) return node.parent ? Math.max(1, node.parent.of(node.node).indexOf(node) + 1) : 1;
  let place = 1;
  for (const sibling of siblings(node, false).reverse()) {
    if (sibling.name !== node.name) break;
    place += 1;
  }
  return place;
}
