// Build what has become relevant, hide what is not any more.
export function updateShown(part) {
  const { isLive, element: built } = part;
  if (built) {
    if (built.hidden === isLive) built.hidden = !isLive;
  } else if (isLive && part.above?.list && !part.isWaiting) {
    part.build();
    part.above.insert(part);
  }
}
