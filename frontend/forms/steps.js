// Steps of a session, as plain values and as paths with positions.
import { numberText } from "./numbers.js";

/** A step that cannot be done; the message says why. */
export class StepRefused extends Error {}

/** "/data/rep[2]/x" as pairs of name and position from 1 (or undefined). */
export function parsePath(path) {
  if (!path.startsWith("/")) throw new StepRefused(`The path ${path} does not begin with /.`);
  return path.slice(1).split("/").map((part) => {
    const match = /^([^[\]/]+)(?:\[(\d+)\])?$/.exec(part);
    if (!match) throw new StepRefused(`The path ${path} cannot be read at '${part}'; positions look like rep[2].`);
    return [match[1].split(":").at(-1), match[2] === undefined ? undefined : Number(match[2])];
  });
}

/** A JSON value as the text that is stored: lists are joined by blanks, null is empty. */
export function valueText(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value) && value.every((each) => typeof each === "string" || typeof each === "number")) return value.join(" ");
  throw new StepRefused("The value is no text, number, true, false, null or list of these.");
}

/** Do one step: {"set": path, "value": …}, {"add": path} or {"remove": path}. */
export function act(session, step) {
  const kinds = ["set", "add", "remove"].filter((kind) => typeof step?.[kind] === "string");
  if (kinds.length !== 1) throw new StepRefused('A step needs one of "set", "add" and "remove" with a path.');
  if (kinds[0] === "set") session.set(step.set, valueText(step.value));
  else session[kinds[0]](step[kinds[0]]);
}
