// What a case gains by waiting. Lines come rendered at a moment; here they go on by the same rule as the server's
// (`waiting_urgency`): so many points, in full once nearly all should have been answered.
import { inWords } from "./ages.js";

const NOW = 70;
const SOON = 45;
const tone = (points) => (points >= NOW ? "now" : points >= SOON ? "soon" : "later");

export function startWaiting(desk, clock) {
  const most = Number(desk.dataset.waitingPoints);

  // Brings a line to now; says whether its points changed.
  return function age(row) {
    const { kept, opened, last, mostWithin, nearlyAllWithin, urgency } = row.dataset;
    if (kept === undefined) return false;
    const waited = clock.age(Number(opened), Number(last));
    const points = most * Math.min(1, waited / Number(nearlyAllWithin));
    const words = waited > Number(mostWithin) ? desk.dataset.late : desk.dataset.unanswered;
    const told = words.replace("{waited}", inWords(waited)).replace("{most}", inWords(Number(mostWithin)));
    const reason = row.querySelector("[data-waited]");
    const text = `${told} (+${Number(points.toFixed(1))})`;
    if (reason && reason.textContent !== text) reason.textContent = text;
    const now = Math.round(Math.min(100, Number(kept) + points));
    if (now === Number(urgency)) return false;
    row.dataset.urgency = now;
    row.querySelector("[data-points]").textContent = now;
    row.classList.remove("desk-row--now", "desk-row--soon", "desk-row--later");
    row.classList.add(`desk-row--${tone(now)}`);
    return true;
  };
}
