// The queue: lines come rendered, the same for every desk. Here they are put into their order, counted, and told of.
import { play } from "./sound.js";

const URGENT = 70;

export function startQueue(desk) {
  const rows = desk.querySelector("[data-rows]");
  const announce = desk.querySelector("[data-announce]");
  const title = document.title;
  let current = null;

  const all = () => [...rows.children];
  const of = (pk) => rows.querySelector(`[data-row="${pk}"]`);

  function comesBefore(one, other) {
    return (
      Number(other.dataset.urgency) - Number(one.dataset.urgency) ||
      Number(one.dataset.opened) - Number(other.dataset.opened) ||
      Number(one.dataset.row) - Number(other.dataset.row)
    );
  }

  function dress(row) {
    row.dataset.mine = row.dataset.holder && row.dataset.holder === desk.dataset.account ? "yes" : "no";
    row.classList.toggle("is-current", row.dataset.row === current);
    const link = row.querySelector("a");
    if (row.dataset.row === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  function count() {
    const waiting = all().filter((row) => row.dataset.state === "waiting").length;
    desk.querySelector("[data-waiting-count]").textContent = waiting;
    desk.querySelector("[data-open-count]").textContent = rows.children.length;
    desk.querySelector("[data-empty]").hidden = rows.children.length > 0;
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }

  function choose(row) {
    current = row?.dataset.row ?? null;
    for (const one of all()) dress(one);
  }

  // Says that a line wants to be looked at: to the eye, to the ear, and to screen readers.
  function tell(row, words, urgent) {
    row.classList.remove("is-new");
    void row.offsetWidth; // the flash begins anew
    row.classList.add("is-new");
    setTimeout(() => row.classList.remove("is-new"), 6000);
    const [title, place] = [".desk-title", ".desk-place"].map((part) => row.querySelector(part).textContent.trim());
    announce.textContent = `${words}: ${title}, ${place}`;
    play(urgent);
  }

  function apply(change) {
    const escalated = change.kind === "escalated";
    const before = of(change.case);
    if (change.row === undefined) {
      // Something else happened to the case since, and brings its line; this must be heard all the same.
      if (escalated && before) tell(before, desk.dataset.escalated, true);
      return;
    }
    if (!change.row) {
      const following = before?.nextElementSibling ?? before?.previousElementSibling;
      if (before?.contains(document.activeElement)) following?.querySelector("a").focus();
      before?.remove();
      count();
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = change.row;
    const row = holder.content.firstElementChild;
    const hadFocus = before?.contains(document.activeElement);
    const rises = !before || (Number(before.dataset.urgency) < URGENT && change.urgency >= URGENT);
    before?.remove();
    const after = all().find((one) => comesBefore(row, one) < 0);
    rows.insertBefore(row, after ?? null);
    dress(row);
    if (hadFocus) row.querySelector("a").focus();
    if (escalated) tell(row, desk.dataset.escalated, true);
    else if (rises && change.state === "waiting") tell(row, desk.dataset.new, change.urgency >= URGENT);
    count();
  }

  for (const row of all()) dress(row);
  count();
  return {
    apply,
    choose,
    of,
    current: () => (current ? of(current) : null),
    move(step) {
      const list = all();
      if (!list.length) return;
      const at = list.findIndex((row) => row.dataset.row === current);
      const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step))];
      choose(next);
      next.querySelector("a").focus();
      next.scrollIntoView({ block: "nearest" });
    },
  };
}
