// The queue: lines come rendered, the same for every desk. Here they are put into their order, counted, and told of.
import { play } from "./sound.js";
import { startWaiting } from "./waiting.js";

const URGENT = 70;
// Where more cases are open than are shown, others rise by waiting: the server says which are the most urgent.
const RELOAD_MS = 20000;

export function startQueue(desk, clock) {
  const rows = desk.querySelector("[data-rows]");
  const age = startWaiting(desk, clock);
  // By key: the state of each open case that is not among the lines.
  let others = new Map(Object.entries(JSON.parse(document.getElementById("desk-others").textContent)));
  let reloadedAt = Date.now();
  let missed = null;
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
    const states = [...all().map((row) => row.dataset.state), ...others.values()];
    const waiting = states.filter((state) => state === "waiting").length;
    desk.querySelector("[data-waiting-count]").textContent = waiting;
    desk.querySelector("[data-open-count]").textContent = states.length;
    desk.querySelector("[data-empty]").hidden = states.length > 0;
    const note = desk.querySelector("[data-shown-note]");
    note.hidden = others.size === 0;
    note.querySelector("[data-shown-words]").textContent = note.dataset.words
      .replace("{shown}", rows.children.length)
      .replace("{all}", states.length);
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }

  // Puts the lines into their order. Those that stand right stay: moving a line takes the focus from it.
  function order() {
    const sorted = all().sort(comesBefore);
    const focused = rows.contains(document.activeElement) ? document.activeElement : null;
    sorted.forEach((row, index) => {
      if (rows.children[index] !== row) rows.insertBefore(row, rows.children[index]);
    });
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  // Every second: what waits becomes more urgent.
  function tick() {
    if (all().filter((row) => age(row)).length) order();
    if (others.size && Date.now() - reloadedAt > RELOAD_MS && !document.hidden) void reload();
  }

  async function reload() {
    reloadedAt = Date.now();
    missed = [];
    try {
      const answer = await fetch(location.pathname, { redirect: "manual", cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = rows.contains(document.activeElement)
        ? document.activeElement.closest("[data-row]").dataset.row
        : null;
      rows.replaceChildren(...page.querySelector("[data-rows]").children);
      others = new Map(Object.entries(JSON.parse(page.getElementById("desk-others").textContent)));
      for (const change of missed) place(change);
      for (const row of all()) dress(row);
      if (focused) of(focused)?.querySelector("a").focus({ preventScroll: true });
      tick();
      count();
    } catch {
      // What there is stays; the next time comes soon, and the line above says whether the desk is live.
    } finally {
      missed = null;
    }
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

  // Puts the line of a change where it belongs, or takes it away. Gives the line.
  function place(change) {
    const before = of(change.case);
    others.delete(String(change.case));
    if (!change.row) {
      const following = before?.nextElementSibling ?? before?.previousElementSibling;
      if (before?.contains(document.activeElement)) following?.querySelector("a").focus();
      before?.remove();
      return null;
    }
    const holder = document.createElement("template");
    holder.innerHTML = change.row;
    const row = holder.content.firstElementChild;
    const hadFocus = before?.contains(document.activeElement);
    before?.remove();
    age(row);
    const after = all().find((one) => comesBefore(row, one) < 0);
    rows.insertBefore(row, after ?? null);
    dress(row);
    if (hadFocus) row.querySelector("a").focus();
    return row;
  }

  function apply(change) {
    const escalated = change.kind === "escalated";
    const before = of(change.case);
    if (change.row === undefined) {
      // Something else happened to the case since, and brings its line; this must be heard all the same.
      if (escalated && before) tell(before, desk.dataset.escalated, true);
      else if (change.rings && before) tell(before, desk.dataset.again, false);
      return;
    }
    missed?.push(change);
    const known = before || others.has(String(change.case));
    const rises = !known || (before && Number(before.dataset.urgency) < URGENT && change.urgency >= URGENT);
    const row = place(change);
    if (row && escalated) tell(row, desk.dataset.escalated, true);
    else if (row && rises && change.state === "waiting") tell(row, desk.dataset.new, change.urgency >= URGENT);
    else if (row && change.rings) tell(row, desk.dataset.again, false);
    count();
  }

  for (const row of all()) dress(row);
  count();
  return {
    apply,
    tick,
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
