// Instances made from elements: the blank form, a template of a repeat, a stored submission.
import { storedText } from "./stored.js";
import { Instance } from "./tree.js";

/**
 * Make an instance with all below it; nothing is evaluated yet. Counted repeats begin empty unless they are kept; what the
 * element has of them is spare, and used when the count asks for so many.
 */
export function build(program, number, parent, element, { keepCounted = false }) {
  const { layout, facetAt } = program;
  const content = element?.[1] ?? "";
  const made = new Instance(number, layout.names[number], parent, layout.kinds[number] === "repeat");
  if (layout.kinds[number] === "value") {
    if (typeof content === "string") made.base = storedText(content, layout.types[number]);
    return made;
  }
  made.kids = new Map();
  const inside = new Map();
  for (const each of Array.isArray(content) ? content : []) {
    if (inside.has(each[0])) inside.get(each[0]).push(each);
    else inside.set(each[0], [each]);
  }
  for (const child of layout.children[number]) {
    const elements = inside.get(layout.names[child]) ?? [];
    if (layout.kinds[child] !== "repeat") {
      made.kids.set(child, build(program, child, made, elements[0], { keepCounted }));
    } else if (keepCounted || !("count" in facetAt[child])) {
      made.kids.set(child, elements.map((each) => build(program, child, made, each, { keepCounted })));
    } else {
      made.kids.set(child, []);
      (made.spare ??= new Map()).set(child, elements);
    }
  }
  return made;
}
