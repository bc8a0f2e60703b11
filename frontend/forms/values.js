// Values of expressions and their conversions: node sets (arrays), texts, numbers and moments, booleans.
import { Moment, daysOf, parseMoment } from "./moments.js";
import { numberText, readNumber } from "./numbers.js";

export const isNumeric = (value) => typeof value === "number" || value instanceof Moment;

/** The number that a text is: a plain number, or the days of a date or date-time. */
export function textNumber(text, offset) {
  const number = readNumber(text);
  // A date is four digits and a hyphen at least; most texts are none.
  if (!Number.isNaN(number) || text.length < 10 || text[4] !== "-") return number;
  return daysOf(parseMoment(text, offset));
}

export function toText(value) {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Moment) return value.text;
  return value.length ? value[0].text : "";
}

export function toNumber(value, offset) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return textNumber(value, offset);
  if (value instanceof Moment) return value.days;
  return value.length ? textNumber(value[0].text, offset) : NaN;
}

export function toBoolean(value) {
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Moment) return toBoolean(value.days);
  return typeof value === "number" ? !Number.isNaN(value) && value !== 0 : value !== "";
}

function isSame(left, right, offset) {
  if (typeof left === "boolean" || typeof right === "boolean") return toBoolean(left) === toBoolean(right);
  if (isNumeric(left) || isNumeric(right)) return toNumber(left, offset) === toNumber(right, offset);
  return left === right;
}

// Whether some pair passes the test; against a boolean a node set counts as one.
function some(left, right, test) {
  if (Array.isArray(left)) {
    if (typeof right === "boolean") return test(left.length > 0, right);
    return left.some((node) => some(node.text, right, test));
  }
  if (Array.isArray(right)) {
    if (typeof left === "boolean") return test(left, right.length > 0);
    return right.some((node) => test(left, node.text));
  }
  return test(left, right);
}

export const equal = (left, right, offset) => some(left, right, (one, other) => isSame(one, other, offset));

/** For node sets: that some pair differs, not that none is equal. */
export const unequal = (left, right, offset) => some(left, right, (one, other) => !isSame(one, other, offset));

/** `left < right` and its kin: as numbers, for some node. */
export function ordered(left, right, test, offset) {
  const numbers = (value) =>
    Array.isArray(value) ? value.map((node) => textNumber(node.text, offset)) : [toNumber(value, offset)];
  const others = numbers(right);
  return numbers(left).some((one) => others.some((other) => test(one, other)));
}
