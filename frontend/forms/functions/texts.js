// Texts: put together, cut, compared with patterns.
import { toText } from "../values.js";

// A function of texts; without arguments of the context node.
const ofTexts = (operation) => (make, parts) => {
  if (!parts.length) return (node) => operation(node.text);
  const texts = parts.map((part) => make.text(part));
  return (node, env) => operation(...texts.map((text) => text(node, env)));
};

// Half of a pair of UTF-16 units is no text: it is written as the replacement character, as the server does.
const whole16 = (text) => text.replace(/\p{Surrogate}/gu, "\uFFFD");

const pieces = (value) => (Array.isArray(value) ? value.map((node) => node.text) : [toText(value)]);

function place(index, length) {
  const whole = Math.trunc(index);
  return Math.min(Math.max(0, whole < 0 ? length + whole : whole), length);
}

// Rounded, halves upwards, as XPath's round() has it.
const roundUp = (number) => Math.floor(number + 0.5);

const patterns = new Map();
function patternOf(source) {
  if (!patterns.has(source)) {
    let pattern = null;
    try {
      pattern = new RegExp(source);
    } catch {
      // A pattern that cannot be read is found nowhere.
    }
    patterns.set(source, pattern);
  }
  return patterns.get(source);
}

export const TEXTS = {
  string: ofTexts((text) => text),
  concat(make, parts) {
    const values = parts.map((part) => make.value(part));
    return (node, env) => values.flatMap((value) => pieces(value(node, env))).join("");
  },
  join(make, [first, ...parts]) {
    const glue = make.text(first);
    const values = parts.map((part) => make.value(part));
    return (node, env) => values.flatMap((value) => pieces(value(node, env))).join(glue(node, env));
  },
  coalesce(make, [one, other]) {
    const [first, second] = [make.text(one), make.text(other)];
    return (node, env) => first(node, env) || second(node, env);
  },
  once(make, [argument]) {
    const inner = make.text(argument);
    return (node, env) => node.text || inner(node, env);
  },
  contains: ofTexts((text, part) => text.includes(part)),
  "starts-with": ofTexts((text, part) => text.startsWith(part)),
  "ends-with": ofTexts((text, part) => text.endsWith(part)),
  // From 0; what is negative counts from the end.
  substr(make, [argument, ...bounds]) {
    const text = make.text(argument);
    const numbers = bounds.map((bound) => make.number(bound));
    return (node, env) => {
      const whole = text(node, env);
      const [start, end = whole.length] = numbers.map((number) => number(node, env));
      if (Number.isNaN(start) || Number.isNaN(end)) return "";
      return whole16(whole.slice(place(start, whole.length), Math.max(place(start, whole.length), place(end, whole.length))));
    };
  },
  // XPath's: from 1, the bounds rounded.
  substring(make, [argument, ...bounds]) {
    const text = make.text(argument);
    const numbers = bounds.map((bound) => make.number(bound));
    return (node, env) => {
      const whole = text(node, env);
      const [start, length] = numbers.map((number) => number(node, env));
      const first = roundUp(start);
      const last = length === undefined ? Infinity : first + roundUp(length);
      return first < last ? whole16(whole.slice(Math.max(first - 1, 0), Math.max(last - 1, 0))) : "";
    };
  },
  "substring-before": ofTexts((text, mark) => text.slice(0, Math.max(0, text.indexOf(mark)))),
  "substring-after": ofTexts((text, mark) => (text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : "")),
  translate: ofTexts((text, from, to) => {
    const [wanted, given] = [[...from], [...to]];
    return [...text].map((letter) => (wanted.includes(letter) ? (given[wanted.indexOf(letter)] ?? "") : letter)).join("");
  }),
  "normalize-space": ofTexts((text) => text.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "")),
  "string-length": ofTexts((text) => text.length),
  regex: ofTexts((text, source) => patternOf(source)?.test(text) ?? false),
  uuid(make, [argument]) {
    if (!argument) return (_, env) => env.session.uuid();
    const length = make.number(argument);
    return (node, env) => {
      const wanted = Math.trunc(Math.min(Math.max(length(node, env) || 0, 0), 1000));
      let made = "";
      while (made.length < wanted) made += env.session.uuid();
      return made.slice(0, wanted);
    };
  },
  version: () => (_, env) => env.session.program.form.version ?? "",
};
