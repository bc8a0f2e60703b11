// Dates and times.
import { Moment, NO_MOMENT, daysOf, formatted, momentOf, momentOfDays, padded, parseMoment, partOfDay } from "../moments.js";
import { toText } from "../values.js";

function date(make, [argument]) {
  const value = make.value(argument);
  return (node, env) => {
    const given = value(node, env);
    if (given instanceof Moment) return given;
    if (typeof given === "boolean") return NO_MOMENT;
    if (typeof given === "number") return momentOfDays(given, env.offset);
    return momentOf(parseMoment(padded(toText(given)), env.offset), env.offset);
  };
}

function format(make, [moment, wanted]) {
  const [text, pattern] = [make.text(moment), make.text(wanted)];
  return (node, env) => formatted(text(node, env), pattern(node, env), env.offset);
}

export const TIMES = {
  today: () => (_, env) => env.session.today,
  now: () => (_, env) => env.session.now,
  date,
  "date-time": date,
  "decimal-date-time"(make, [argument]) {
    const value = make.value(argument);
    return (node, env) => {
      const given = value(node, env);
      if (given instanceof Moment) return given.days;
      if (typeof given === "number") return given;
      return typeof given === "boolean" ? NaN : daysOf(parseMoment(toText(given), env.offset));
    };
  },
  "decimal-time"(make, [argument]) {
    const text = make.text(argument);
    return (node, env) => partOfDay(text(node, env), env.offset);
  },
  "format-date": format,
  "format-date-time": format,
};
