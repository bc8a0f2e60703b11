// Time by the server's clock, whatever this machine's says; in the demonstration its night stands still.

export function startClock(desk) {
  const offset = Number(desk.dataset.now) - Date.now() / 1000 || 0;
  const standing = Number(desk.dataset.standing) || 0;
  return {
    // Seconds since the case began whose first and last signals came then.
    age(opened, last = opened) {
      const now = standing && last <= standing ? standing : Date.now() / 1000 + offset;
      return Math.max(0, now - opened);
    },
  };
}

const two = (value) => String(value).padStart(2, "0");

// An age that counts: 1:30:48.
export function counted(age) {
  const seconds = Math.floor(age);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (hours >= 48) return `${Math.floor(hours / 24)} d`;
  return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

// A duration in words, as `duration_words` of the server says it: 1 h 31 min.
export function inWords(age) {
  const seconds = Math.floor(age);
  const both = (size, unit, smaller, smallerUnit) => {
    const rest = Math.floor((seconds % size) / smaller);
    return `${Math.floor(seconds / size)} ${unit}${rest ? ` ${rest} ${smallerUnit}` : ""}`;
  };
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 600) return both(60, "min", 1, "s");
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172800 ? both(3600, "h", 60, "min") : both(86400, "d", 3600, "h");
}
