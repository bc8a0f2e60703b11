// Dates and times: as texts, as days since 1970-01-01 UTC, and in the session's offset from UTC (minutes).
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FULL =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(\.\d+)?)?)?([-+]\d{2}:\d{2}|Z)?)?$/;
const UNPADDED = /^(\d{4})-([1-9]|\d{2})-([1-9]|\d{2})(T.*)?$/;
const TIME = /^(\d{2}):(\d{2})(?::([0-5]\d))?(\.\d+)?(Z|[-+]\d{2}:\d{2})?$/;
const OFFSET = /^(?:[-+](?:0\d|1[0-4]):[0-5]\d|Z)$/;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Days since 1970-01-01 UTC that remember how they are written. */
export class Moment {
  constructor(days, text) {
    this.days = days;
    this.text = text;
  }
}

export const NO_MOMENT = new Moment(NaN, "");

const pad = (number, width = 2) => String(number).padStart(width, "0");

function offsetMinutes(text) {
  if (text === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text[0] === "-" ? -minutes : minutes;
}

// The clock in an offset, read from a Date's UTC fields.
const clockOf = (ms, offset) => new Date(ms + offset * MINUTE_MS);

// Years 1 to 9999, by UTC and by the session's clock: what the server can hold as well.
function isKnown(ms, offset) {
  const years = [new Date(ms).getUTCFullYear(), clockOf(ms, offset).getUTCFullYear()];
  return years.every((year) => year >= 1 && year <= 9999);
}

/** Milliseconds since 1970 of a date or date-time; one without an offset is read in `offset`. NaN where it is none. */
export function parseMoment(text, offset) {
  const match = FULL.exec(text);
  if (!match) return NaN;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, zone] = match;
  if (zone && !OFFSET.test(zone)) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), month - 1, Number(day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== Number(day)) return NaN;
  const milliseconds = Math.floor(Math.trunc(Number(fraction) * 1_000_000) / 1000);
  date.setUTCHours(Number(hour), Number(minute), Number(second), milliseconds);
  const ms = date.getTime() - (zone ? offsetMinutes(zone) : offset) * MINUTE_MS;
  return isKnown(ms, offset) ? ms : NaN;
}

/** A date whose month and day may have one digit, with two. */
export function padded(text) {
  const match = UNPADDED.exec(text);
  return match ? `${match[1]}-${pad(match[2])}-${pad(match[3])}${match[4] ?? ""}` : text;
}

export const daysOf = (ms) => ms / DAY_MS;

/** The value of an instant: its days, and its text (the date alone at midnight). */
export function momentOf(ms, offset) {
  if (Number.isNaN(ms)) return NO_MOMENT;
  const clock = clockOf(ms, offset);
  const day = `${pad(clock.getUTCFullYear(), 4)}-${pad(clock.getUTCMonth() + 1)}-${pad(clock.getUTCDate())}`;
  const time = clock.toISOString().slice(-13, -1);
  if (time === "00:00:00.000") return new Moment(daysOf(ms), day);
  const away = Math.abs(offset);
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(away / 60))}:${pad(away % 60)}`;
  return new Moment(daysOf(ms), `${day}T${time}${zone}`);
}

/** The value of a number of days. */
export function momentOfDays(days, offset) {
  const ms = Math.floor(days * DAY_MS);
  return Number.isFinite(ms) && isKnown(ms, offset) ? momentOf(ms, offset) : NO_MOMENT;
}

/** The instant and the offset of an ISO date-time with an offset, as a session is given them. */
export function instantOf(iso) {
  const zone = /(?:Z|[-+]\d{2}:\d{2})$/.exec(iso);
  if (!zone) throw new Error(`The moment ${iso} has no offset.`);
  const offset = offsetMinutes(zone[0]);
  return { ms: parseMoment(iso, offset), offset };
}

/** This device's clock as an ISO date-time with its offset. */
export function deviceNow(date = new Date()) {
  const offset = -date.getTimezoneOffset();
  const away = Math.abs(offset);
  const local = clockOf(date.getTime(), offset).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(away / 60))}:${pad(away % 60)}`;
}

/** The beginning of the day of an instant. */
export function midnightOf(ms, offset) {
  const away = offset * MINUTE_MS;
  return Math.floor((ms + away) / DAY_MS) * DAY_MS - away;
}

/** A time as a part of a day; NaN unless it is a time. */
export function partOfDay(text, offset) {
  if (!TIME.test(text)) return NaN;
  const ms = parseMoment(`1970-01-01T${text}`, offset);
  return daysOf(ms - midnightOf(ms, offset));
}

const FORMATS = {
  Y: (clock) => pad(clock.getUTCFullYear(), 4),
  y: (clock) => pad(clock.getUTCFullYear(), 4).slice(2),
  m: (clock) => pad(clock.getUTCMonth() + 1),
  n: (clock) => clock.getUTCMonth() + 1,
  b: (clock) => MONTHS[clock.getUTCMonth()],
  d: (clock) => pad(clock.getUTCDate()),
  e: (clock) => clock.getUTCDate(),
  a: (clock) => DAYS[clock.getUTCDay()],
  H: (clock) => pad(clock.getUTCHours()),
  h: (clock) => clock.getUTCHours(),
  M: (clock) => pad(clock.getUTCMinutes()),
  S: (clock) => pad(clock.getUTCSeconds()),
  3: (clock) => pad(clock.getUTCMilliseconds(), 3),
};

/** A date or date-time by a pattern such as "%d %b %Y"; "" where it is none. */
export function formatted(text, pattern, offset) {
  const ms = parseMoment(text, offset);
  if (Number.isNaN(ms)) return "";
  const clock = clockOf(ms, offset);
  return pattern.replace(/%([YymnbdeaHhMS3])/g, (_, letter) => FORMATS[letter](clock));
}

/** The date of a date or date-time without an offset, "" where it is none. */
export function dateText(text) {
  const match = FULL.exec(text);
  return match && !match[8] && !Number.isNaN(parseMoment(text.slice(0, 10), 0)) ? text.slice(0, 10) : "";
}

/** A date-time unchanged, "" where it is none. */
export const dateTimeText = (text) => (text.includes("T") && !Number.isNaN(parseMoment(text, 0)) ? text : "");

/** A time unchanged, "" where it is none. */
export const timeText = (text) => (TIME.test(text) && !Number.isNaN(parseMoment(`1970-01-01T${text}`, 0)) ? text : "");
