// Numbers: rounding, powers, angles, chance.
import { power, roundHalfAway } from "../numbers.js";
import { textNumber } from "../values.js";

// A function of numbers: NaN where an argument is.
const guarded = (operation) => (make, parts) => {
  const numbers = parts.map((part) => make.number(part));
  return (node, env) => {
    const given = numbers.map((number) => number(node, env));
    return given.some(Number.isNaN) ? NaN : operation(...given);
  };
};

export const NUMERIC = {
  number(make, [argument]) {
    return argument ? make.number(argument) : (node, env) => textNumber(node.text, env.offset);
  },
  int: guarded(Math.trunc),
  floor: guarded(Math.floor),
  ceiling: guarded(Math.ceil),
  round: guarded(roundHalfAway),
  abs: guarded(Math.abs),
  pow: guarded(power),
  exp: guarded(Math.exp),
  exp10: guarded((number) => power(10, number)),
  log: guarded(Math.log),
  log10: guarded(Math.log10),
  sqrt: guarded(Math.sqrt),
  sin: guarded(Math.sin),
  cos: guarded(Math.cos),
  tan: guarded(Math.tan),
  asin: guarded(Math.asin),
  acos: guarded(Math.acos),
  atan: guarded(Math.atan),
  atan2: guarded(Math.atan2),
  pi: () => () => Math.PI,
  random: () => (_, env) => env.session.random(),
};
