// Work in slices, so that a tap never waits for what nobody sees yet.

const SLICE_MS = 10;
const IDLE_MS = 100;

/** Resolves once what is in the page now is on the screen. */
export const shown = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Resolves after whatever waits: a tap, a frame. */
export const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Resolves when the page has nothing else to do, and before long. */
export const idle = () =>
  new Promise((resolve) => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: IDLE_MS }) : setTimeout(resolve)));

/**
 * Do `work` bit by bit, with `rest` between. It is given a function that says when to pause, and gives whether all is done.
 */
export async function inSlices(work, rest) {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    if (work(() => performance.now() >= end)) return;
    await rest();
  }
}
