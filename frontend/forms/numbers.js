// Numbers as they are read, written and stored. What JavaScript does by itself is the rule for both runtimes.
const MOST_INT = 2 ** 31;
const MOST_PLACES = 20;

/** The number that a text is; NaN of blanks alone. */
export function readNumber(text) {
  return text.trim() === "" ? NaN : Number(text);
}

/** A number as a text; "" of NaN. */
export function numberText(number) {
  return Number.isNaN(number) ? "" : String(number);
}

/** A text as a whole number of 32 bits, "" where it is none. */
export function intText(text) {
  const whole = Math.trunc(readNumber(text));
  return whole >= -MOST_INT && whole < MOST_INT ? String(whole) : "";
}

// Digits and places of a finite number without an exponent: 1.5e-7 is ["0", "00000015"].
function digitsOf(number) {
  const [mantissa, exponent = "0"] = String(Math.abs(number)).split("e");
  const [whole, places = ""] = mantissa.split(".");
  const shift = Number(exponent);
  if (shift >= 0) {
    const moved = places.padEnd(shift, "0");
    return [whole + moved.slice(0, shift), moved.slice(shift)];
  }
  return ["0", "0".repeat(-shift - whole.length) + whole + places];
}

/** A text as a decimal number with at least one place, no exponent and no more than 20 places; "" where it is none. */
export function decimalText(text) {
  const number = readNumber(text);
  if (!Number.isFinite(number)) return "";
  let [whole, places] = digitsOf(number);
  if (places.length > MOST_PLACES) {
    // Only numbers below 0.1 have so many places. Halves go to the even digit.
    const kept = BigInt(places.slice(0, MOST_PLACES));
    const rest = places.slice(MOST_PLACES);
    const half = "5".padEnd(rest.length, "0");
    const up = rest > half || (rest === half && kept % 2n === 1n) ? 1n : 0n;
    places = String(kept + up).padStart(MOST_PLACES, "0");
  }
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  return `${sign}${whole}.${places.replace(/0+$/, "") || "0"}`;
}

/** Rounded to decimal places, halves away from 0. */
export function roundHalfAway(number, places = 0) {
  if (Number.isNaN(number) || Number.isNaN(places)) return NaN;
  if (!Number.isFinite(number)) return number;
  const factor = 10 ** places;
  if (factor === Infinity) return number;
  if (factor === 0) return NaN;
  const shifted = Math.abs(number) * factor;
  if (shifted === Infinity) return number;
  return (Math.floor(shifted + 0.5) / factor) * (number < 0 ? -1 : 1);
}

/** A power; what is beyond all numbers is Infinity, whatever its sign would be. */
export function power(base, exponent) {
  if (base === 0 && exponent < 0) return Infinity;
  const result = base ** exponent;
  return result === -Infinity && Number.isFinite(base) ? Infinity : result;
}
