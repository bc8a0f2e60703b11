// A walk's journal, done again in a new session.
import { StepRefused } from "../forms/steps.js";

/** What an entry did to its form, as a step; undefined where it did nothing. */
export function stepOf({ kind, payload }) {
  const said = JSON.parse(payload);
  if (kind === "set") return { set: said.path, value: said.value };
  if (kind === "photo") return { set: said.path, value: said.name };
  return kind === "add" || kind === "remove" ? { [kind]: said.path } : undefined;
}

/** What the journal has already, done again in a new session; steps that no longer fit are left out and counted. */
export function replay(session, entries) {
  let left = 0;
  for (const step of entries.map(stepOf).filter(Boolean)) left += isDone(session, step) ? 0 : 1;
  return left;
}

/** What others said and this device has not, put in beside; it is not journaled anew. */
export function takeIn(session, known) {
  for (const path of Object.keys(known.known)) {
    const value = known.shown(path);
    if (value !== undefined) isDone(session, { set: path, value });
  }
}

/** What others have put into repeats that this device has not touched, put in beside; it is not journaled anew. */
export function takeInLists(session, lists) {
  for (const step of lists.steps()) isDone(session, step);
}

function isDone(session, step) {
  try {
    session.step(step);
    return true;
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error;
    return false;
  }
}
