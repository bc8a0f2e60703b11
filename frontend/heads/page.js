// Attendance in a page: sessions that are counted, what the device keeps of them, and sending it.
//
// The place says in data-… whose page it is and where counts go; each [data-session] in it is one session (session.js).
import { element, fill } from "../forms/markup.js";
import { NotSaved } from "../offline/store.js";
import { csrfHeaders, keepSending } from "../offline/sending.js";
import { Counts, isOpen } from "./counts.js";
import { forgetOthers, keepPage } from "./keeping.js";
import { problemOf } from "./numbers.js";
import { Sending } from "./sending.js";
import { SessionView, givingUp, standingOf, tellStanding } from "./session.js";
import { WORDS } from "./words.js";

/** The day that the list was made for, moved on by as many days as this device has seen since. */
export function dayNow(today, openedOn, deviceDay) {
  const passed = Date.parse(deviceDay) - Date.parse(openedOn);
  return new Date(Date.parse(today) + passed).toISOString().slice(0, 10);
}

/** Why nothing is sent at the moment: the key of a word; "" where all goes well. */
function reasonOf(error) {
  if (!error) return "";
  if (error.status === 401 || (error.status === 403 && !error.problem.permission)) return "signedOut";
  if (error.status === 403) return "denied";
  if (error.status === 409) return "otherAccount";
  return error.status >= 400 ? "failed" : "offline";
}

/** Start the page. Resolves with its counts once heads can be counted. */
export async function start(place, { environment = {}, words = {} } = {}) {
  const said = { ...WORDS, ...words };
  const { account, journal, csrf, worker, scope, signIn, today, openedOn } = place.dataset;
  const state = place.querySelector("[data-heads-state]");
  const rest = place.querySelector("[data-heads-rest]");
  const tell = (kind, values = {}) => {
    if (state.dataset.headsState === kind && state.textContent.startsWith(fill(said[kind] ?? kind, values))) return;
    state.dataset.headsState = kind;
    state.replaceChildren(fill(said[kind] ?? kind, values));
    if (kind === "signedOut") state.append(" ", element("a", { href: signIn }, said.signIn));
  };
  let counts;
  try {
    counts = await Counts.open(account, environment);
  } catch (error) {
    tell(error instanceof NotSaved && error.reason === "elsewhere" ? error.message : "unavailable");
    return null;
  }
  let reason = "";
  let sending;

  const address = (id) => `${scope.replace(/attendance\/$/, "")}sessions/${id}/`;
  const refresh = async () => {
    const kept = await counts.all();
    for (const view of views) view.refresh(standingOf(view.id, kept));
    tellRest(kept);
    const open = kept.counts.filter(isOpen);
    const refused = open.filter(({ state: each }) => each === "refused").length;
    if (open.length > refused) tell(reason || "waiting", { count: open.length });
    else if (refused) tell("refused", { count: refused });
    else tell(kept.counts.some(({ state: each }) => each === "taken") ? "received" : "nothing");
    return kept;
  };
  // Whatever is done is on the disk before the page says so; what could not be saved is said beside what was done.
  const doing = async (work, view) => {
    try {
      await work();
      await refresh();
    } catch (error) {
      if (view) view.tell(error.message);
      else tell(error.message);
    }
  };
  const act = {
    tally: (view, numbers) => doing(() => counts.tally(view.id, numbers, view.about), view),
    save: (view, numbers) =>
      doing(async () => {
        await counts.save(view.id, numbers, view.about);
        sending.now();
      }, view),
    decide: (id, isMine) =>
      doing(async () => {
        await counts.decide(id, isMine);
        await showAgain(id);
        sending.now();
      }),
    tryAgain: (id) =>
      doing(async () => {
        await counts.tryAgain(id);
        sending.now();
      }),
    giveUp: (id) =>
      doing(async () => {
        await counts.giveUp(id);
        await showAgain(id);
      }),
  };
  const views = [...place.querySelectorAll("[data-session]")].map((each) => new SessionView(each, { words: said, act, address }));
  const listed = new Set(views.map(({ id }) => id));
  // What was tapped goes: its place has the focus.
  const showAgain = async (id) => {
    const view = views.find((each) => each.id === id);
    view?.fillIn(standingOf(id, await counts.all()));
    view?.said.focus();
  };

  // What was counted for a session that the renewed list does not have: it is not given up because of that.
  const tellRest = (kept) => {
    const ids = [...new Set([...kept.tallies, ...kept.counts.filter(isOpen)].map(({ session }) => session))].filter((id) => !listed.has(id));
    for (const shown of rest.querySelectorAll("article")) if (!ids.includes(Number(shown.dataset.rest))) shown.remove();
    for (const id of ids) {
      const standing = standingOf(id, kept);
      const shown = rest.querySelector(`[data-rest="${id}"]`) ?? restOf(id, standing.tally ?? standing.last);
      if (standing.tally) tellTally(shown.lastElementChild, standing.tally);
      else tellStanding(shown.lastElementChild, standing, { id, words: said, act, address });
    }
    rest.hidden = !ids.length;
  };
  const restOf = (id, { about }) => {
    const made = element("article", { class: "heads-session", "data-rest": id });
    made.append(element("h3", {}, about.title), element("p", { class: "quiet" }, about.when), element("div", { class: "heads-said" }));
    rest.append(made);
    return made;
  };
  // A tally that was not saved as a count: its user does it now, or gives it up.
  const tellTally = (shown, tally) => {
    if (shown.firstElementChild) return;
    const save = element("button", { type: "button", class: "usa-button" }, said.save);
    save.hidden = problemOf(tally, tally.about) !== null;
    save.addEventListener("click", () => act.save({ id: tally.session, about: tally.about, tell: () => {} }, tally));
    shown.append(element("p", {}, fill(said.young, { count: tally.attended ?? 0 })), save, givingUp(said, () => act.giveUp(tally.session)));
  };

  // The list may have been made days ago: what is today is said by the days that have passed on this device since.
  const deviceDay = counts.now().slice(0, 10);
  const day = dayNow(today, openedOn, deviceDay);
  place.querySelector("[data-heads-old]").hidden = day === today;
  for (const view of views) {
    if (view.place.dataset.on !== day) continue;
    if (day !== today) view.place.querySelector("[data-when]").prepend(element("strong", {}, said.today), " · ");
    view.place.closest("details")?.setAttribute("open", "");
  }

  await counts.tryAgain();
  const kept = await refresh();
  for (const view of views) {
    const standing = standingOf(view.id, kept);
    view.fillIn(standing);
    view.ready();
    // What waits for its user is not folded away.
    if (standing.tally || (standing.last && isOpen(standing.last))) view.place.closest("details")?.setAttribute("open", "");
  }
  const sender = new Sending(counts, journal, { account, words: said, headers: () => csrfHeaders(csrf) });
  sending = keepSending(sender, async ({ error }) => {
    reason = reasonOf(error);
    await refresh();
  });
  sending.now();
  // Looked at again: another tab may have counted, and a day may have ended.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && doing(() => counts.forgetEarlier()));
  forgetOthers(account);
  keepPage({ account, worker, scope, journal }).then(
    (isKept) => (place.dataset.kept = isKept),
    () => (place.dataset.kept = false),
  );
  return counts;
}
