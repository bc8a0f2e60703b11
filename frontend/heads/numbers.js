// Numbers of a count, as they are typed and as they may be sent. The server judges them again (programs/actions/counting.py).

export const MOST = 100_000;
export const LONGEST = 1440;

/** A number that was typed; null where there is none, NaN where it is no whole number. */
export function typed(text) {
  const trimmed = text.trim();
  if (!trimmed) return null;
  return /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : NaN;
}

/** One more or one fewer, never below none or beyond belief; what is no number yet begins at none. */
export const stepped = (number, by) => Math.min(MOST, Math.max(0, (Number.isInteger(number) ? number : 0) + by));

/** What keeps numbers from being a count: {name, word}; null where nothing does. */
export function problemOf({ attended, adults, minutes }, { hasParents }) {
  const isCount = (number) => Number.isInteger(number) && number >= 0 && number <= MOST;
  if (!isCount(attended)) return { name: "attended", word: "badCount" };
  if (hasParents && !isCount(adults)) return { name: "adults", word: "badAdults" };
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST) return { name: "minutes", word: "badMinutes" };
  return null;
}
