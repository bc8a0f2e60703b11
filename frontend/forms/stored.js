// Values as they are stored: by the type of the node, and among its choices.
import { dateText, dateTimeText, timeText } from "./moments.js";
import { decimalText, intText, readNumber } from "./numbers.js";

export const words = (text) => text.split(/\s+/).filter((word) => word !== "");

function point(text) {
  const parts = words(text);
  if (parts.length < 2 || parts.length > 4) return "";
  const numbers = parts.map(readNumber);
  if (numbers.some(Number.isNaN) || Math.abs(numbers[0]) > 90 || Math.abs(numbers[1]) > 180) return "";
  return [...parts.map(decimalText), "0.0", "0.0"].slice(0, 4).join(" ");
}

const points = (fewest, isClosed) => (text) => {
  const found = text.trim().replace(/[; \t\n]+$/, "").split(";").map(point);
  if (found.length < fewest || found.includes("")) return "";
  return isClosed && found[0] !== found.at(-1) ? "" : found.join("; ");
};

const BY_TYPE = {
  int: intText,
  decimal: decimalText,
  date: dateText,
  dateTime: dateTimeText,
  time: timeText,
  geopoint: point,
  geotrace: points(2, false),
  geoshape: points(3, true),
};

/** A value by its type; "" where it does not fit. */
export const storedText = (text, type) => (text === "" || !BY_TYPE[type] ? text : BY_TYPE[type](text));

/** A value of a range; "" beyond its ends. */
export function within(text, [one, other]) {
  const number = readNumber(text);
  return number >= Math.min(one, other) && number <= Math.max(one, other) ? text : "";
}

/** What of a stored choice is among the items. */
export function chosen(text, howMany, items) {
  if (howMany === "one") return items.includes(text) ? text : "";
  return words(text).filter((value) => items.includes(value)).join(" ");
}

/** What is stored when a choice is made: of several in the order of the items, each once. */
export function choosing(text, howMany, items) {
  if (howMany !== "many") return chosen(text, howMany, items);
  const wanted = words(text);
  return [...new Set(items.filter((value) => wanted.includes(value)))].join(" ");
}
