// What a part of a view stands for.

/** A control's node in the repeat instance (or root) that it lies in. */
export function placed(view, around, node) {
  let found = around;
  for (const number of view.session.program.layout.chain(around.node, node)) found = found.kids.get(number);
  return found;
}
