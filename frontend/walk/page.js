// A walk in a page: the form, its journal, and what the page says of both.
//
// The place has data-walk (the walk's name) and data-journal (where its journal is sent to); inside or beside it stand
// the compiled form as JSON (#walk-form) and [data-walk-state], which is told what is saved and received. What the page
// of a site assessment has beside that (#walk-facts, zones, the end) is looked for and may be missing.
import { Program } from "../forms/program.js";
import { Session } from "../forms/session.js";
import { idle, pause, shown } from "../forms/slices.js";
import { View } from "../forms/view.js";
import { fill } from "../forms/markup.js";
import { csrfHeaders, keepSending } from "../offline/sending.js";
import { HandingIn } from "./handing-in.js";
import { hashOf } from "./entry.js";
import { Items } from "./items.js";
import { Journal } from "./journal.js";
import { forgetPage, keepPage } from "./keeping.js";
import { Known } from "./known.js";
import { Lists } from "./lists.js";
import { photoField, pictureType, pinField } from "./photos.js";
import { replay, takeIn, takeInLists } from "./replaying.js";
import { Sync } from "./sync.js";
import { WORDS } from "./words.js";
import { Zones } from "./zones.js";

export { replay } from "./replaying.js";

const SLOW_MS = 300;
const NO_FACTS = { places: {}, items: {}, known: {}, through: {} };

const read = (selector) => {
  const found = document.querySelector(selector);
  return found && JSON.parse(found.textContent);
};

// The first hashes of a page take longer than all others, until the browser has made them quick: not while somebody waits
// for a tap.
async function prepare() {
  for (let left = 8; left; left -= 1) {
    await idle();
    hashOf({ payload: "-".repeat(400) });
  }
}

/** Start a walk in its place. Resolves with {session, view, journal} once it can be filled. */
export async function start(place, { environment = {}, words = {} } = {}) {
  const said = { ...WORDS, ...words };
  const { walk, journal: endpoint, csrf, account, plan } = place.dataset;
  const page = place.closest("[data-walk-page]");
  const facts = read("#walk-facts") ?? NO_FACTS;
  const state = document.querySelector("[data-walk-state]");
  const tell = (kind, values = {}) => {
    state.dataset.walkState = kind;
    state.textContent = fill(said[kind] ?? kind, values);
  };
  place.addEventListener("submit", (event) => event.preventDefault());
  // The journal is opened while the first questions are built; what is done before it is read waits for it.
  const opening = Journal.open(walk, { account, ...environment }).then(async (opened) => [opened, await opened.entries()]);
  opening.catch(() => {});
  // What the page came with is shown, and can be tapped, before anything else is made of the form; and then in parts.
  const rest = place.firstElementChild ? pause : () => {};
  if (place.firstElementChild) await shown();
  const form = read("#walk-form, script[data-walk-form]");
  await rest();
  const program = new Program(form);
  await rest();
  const session = new Session(program, { language: place.dataset.language ?? "", isGradual: true });
  await rest();
  let journal = null;
  let known = null;
  let lists = null;

  // Steps are kept one after the other; only when all are on the disk the page says so.
  let open = 0;
  let problem = null;
  let isGone = false;
  const tellState = async () => {
    if (open || problem || isGone) return;
    const { saved, received } = await journal.state();
    if (!open && !problem) tell(saved === received ? "received" : "saved", { saved, received });
  };
  const keep = async (work) => {
    open += 1;
    // Said only where it takes a while: a tap that is saved at once needs no frame for it.
    state.dataset.walkState = "saving";
    const slow = setTimeout(() => tell("saving"), SLOW_MS);
    try {
      const entry = await work();
      problem = null;
      known.take(entry);
      return entry;
    } catch (error) {
      problem = error;
      throw error;
    } finally {
      open -= 1;
      clearTimeout(slow);
      if (problem) tell(problem.message);
      else await tellState();
    }
  };
  let sending;
  const send = () => {
    const sync = new Sync(journal, endpoint, { headers: () => csrfHeaders(csrf) });
    return keepSending(sync, async ({ error, refused = [], isComplete, walk: told }) => {
      if (open || problem || isGone) return;
      const { saved, received } = await journal.state();
      if (refused.length) tell("refused", { count: refused.length });
      else if (error && [401, 403].includes(error.status)) tell("signedOut", { saved });
      else if (error) tell(error.status >= 400 ? "failed" : "offline", { saved, received });
      else await tellState();
      if (told) await hear(told, isComplete);
    });
  };

  // What the server says of the walk as a whole. Where it is in, and everything is received, nothing stays here.
  const hear = async (told, isComplete) => {
    tellDifferences(told.differences);
    if (await isEnded()) ending.answered(told);
    if (!told.is_submitted || !isComplete || !(await journal.forget())) return;
    isGone = true;
    sending.stop();
    await forgetPage(account, walk);
    ending.answered(told);
    tell("gone");
  };
  const keepHere = async () => {
    const { worker, scope } = place.dataset;
    page.dataset.kept = await keepPage({ account, walk, plan, worker, scope }).catch(() => false);
  };
  const isEnded = async () => (await journal.entries()).at(-1)?.kind === "submit";
  const tellDifferences = (count) => {
    const line = page?.querySelector("[data-walk-differ]");
    if (!line) return;
    line.hidden = !count;
    line.firstElementChild.textContent = fill(said.differences, { count });
  };

  const append = async (kind, payload) => {
    try {
      return await keep(() => journal.append(kind, payload));
    } catch {
      return null;
    } finally {
      sending?.soon();
    }
  };
  // Before a list of another device is changed here, it is this device's own.
  const takeOver = (path) => {
    for (const [kind, payload] of lists?.takeOver(path) ?? []) append(kind, payload);
  };
  const setting = (path, value) => {
    const planOf = facts.places[path]?.[1] === "pin" && facts.plan ? { plan: facts.plan } : {};
    return { path, value, ...known.over(path), ...planOf };
  };
  let view;
  const items = new Items({
    facts,
    session,
    words: said,
    act: (path, value) => view.act({ set: path, value }),
    keep: async (path, value) => {
      await append("set", setting(path, value));
      items.refreshAt(path);
    },
  });
  const zones = new Zones({ form, items, words: said, page: page ?? document });
  const ending = new HandingIn({
    page,
    zones,
    items,
    words: said,
    check: () => view.check(),
    submit: () => append("submit", { answered: zones.progress.done, of: zones.progress.all }),
    lock: (isLocked) => (place.inert = isLocked),
  });
  const refresh = (path) => {
    items.refreshAt(path);
    zones.refresh();
    ending.refresh();
  };

  const photos = new Set();
  view = new View(session, place, {
    words: said,
    isReady: false,
    async onStep(step) {
      const kind = Object.keys(step).find((key) => key !== "value");
      queueMicrotask(() => refresh(step.set));
      if (!journal) return;
      takeOver(step[kind]);
      // A photo is in the journal with its bytes before it is an answer.
      if (kind === "set" && photos.delete(`${step.set} ${step.value}`)) return;
      await append(kind, kind === "set" ? setting(step.set, step.value) : { path: step[kind] });
      if (kind === "set") items.refreshAt(step.set);
    },
    async onPhoto(path, file) {
      if (!journal) return file.name;
      takeOver(path);
      const bytes = await file.arrayBuffer();
      const type = page ? pictureType(bytes, said) : file.type;
      const entry = await keep(() => journal.appendPhoto(bytes, type, { path }));
      const { name } = JSON.parse(entry.payload);
      photos.add(`${path} ${name}`);
      sending?.soon();
      return name;
    },
    fieldFor(question) {
      const part = question.instance && facts.places[session.path(question.instance)]?.[1];
      if (part === "photo") return (of) => photoField(of, (hash) => journal?.photo(hash));
      if (part === "pin" && plan) return (of) => pinField(of, plan);
      return undefined;
    },
    onBuilt(part) {
      if (part.list) zones.built(part);
      else items.built(part);
    },
  });
  zones.list(view);
  tellDifferences(facts.differences);
  if (!plan) place.classList.add("has-no-plan");
  await view.begun;
  let entries;
  try {
    [journal, entries] = await opening;
  } catch {
    tell("unavailable");
    view.ready();
    return { session, view, journal };
  }
  replay(session, entries);
  known = items.known = new Known(facts, journal.record.strand, entries);
  takeIn(session, known);
  lists = new Lists(facts, journal.record.strand, entries);
  takeInLists(session, lists);
  view.ready({ isRefused: !journal.isWriter });
  items.refreshAll();
  zones.refresh();
  ending.refresh();
  if (journal.isWriter) {
    sending = endpoint ? send() : null;
    await tellState();
    if (await isEnded()) ending.tell(said.handedIn);
    sending?.now();
    prepare();
    if (page) keepHere();
  } else {
    tell("elsewhere");
    place.inert = true;
    // When the other tab is closed, what it wrote is read anew.
    journal.waitForTurn().then(() => location.reload());
  }
  return { session, view, journal };
}
