// A walk in a page: the form, its journal, and what the page says of both.
//
// The place has data-walk (the walk's id) and data-journal (where its journal is sent to); inside or beside it stand
// script[data-walk-form] (the compiled form as JSON) and [data-walk-state], which is told what is saved and received.
import { Program } from "../forms/program.js";
import { Session } from "../forms/session.js";
import { StepRefused } from "../forms/steps.js";
import { idle, pause, shown } from "../forms/slices.js";
import { View } from "../forms/view.js";
import { fill } from "../forms/markup.js";
import { hashOf } from "./entry.js";
import { Journal } from "./journal.js";
import { Sync, keepSending } from "./sync.js";

const SLOW_MS = 300;
const WORDS = {
  saving: "Saving …",
  saved: "{saved} saved on this device, {received} of them received.",
  received: "All {saved} saved and received.",
  offline: "{saved} saved on this device, {received} of them received. No connection at the moment.",
  signedOut: "{saved} saved on this device. Sign in again to send them.",
  refused: "{count} could not be taken by the server. They stay saved on this device; tell your office.",
  elsewhere: "This walk is open in another tab. Go on there; here it can only be read.",
  unavailable: "This browser cannot save on this device (a private window, perhaps). Nothing written here is kept.",
};

/** What the journal has already, done again in a new session; steps that no longer fit are left out and counted. */
export function replay(session, entries) {
  let left = 0;
  for (const { kind, payload } of entries) {
    const said = JSON.parse(payload);
    const step = { set: () => ({ set: said.path, value: said.value }), photo: () => ({ set: said.path, value: said.name }), add: () => ({ add: said.path }), remove: () => ({ remove: said.path }) }[kind]?.();
    if (!step) continue;
    try {
      session.step(step);
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error;
      left += 1;
    }
  }
  return left;
}

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
  const { walk, journal: endpoint, csrf } = place.dataset;
  const state = document.querySelector("[data-walk-state]");
  const tell = (kind, values = {}) => {
    state.dataset.walkState = kind;
    state.textContent = fill(said[kind] ?? kind, values);
  };
  // The journal is opened while the first questions are built; what is done before it is read waits for it.
  const opening = Journal.open(walk, environment).then(async (opened) => [opened, await opened.entries()]);
  opening.catch(() => {});
  // What the page came with is shown, and can be tapped, before anything else is made of the form; and then in parts.
  const rest = place.firstElementChild ? pause : () => {};
  if (place.firstElementChild) await shown();
  const form = JSON.parse(document.querySelector("script[data-walk-form]").textContent);
  await rest();
  const program = new Program(form);
  await rest();
  const session = new Session(program, { language: place.dataset.language ?? "", isGradual: true });
  let journal = null;

  // Steps are kept one after the other; only when all are on the disk the page says so.
  let open = 0;
  let problem = null;
  const tellState = async () => {
    if (open || problem) return;
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
    const sync = new Sync(journal, endpoint, { headers: csrf ? { "X-CSRFToken": csrf } : {} });
    return keepSending(sync, async ({ error, refused = [] }) => {
      if (open || problem) return;
      const { saved, received } = await journal.state();
      if (refused.length) tell("refused", { count: refused.length });
      else if (error && [401, 403].includes(error.status)) tell("signedOut", { saved });
      else if (error) tell("offline", { saved, received });
      else await tellState();
    });
  };

  await rest();
  const photos = new Set();
  const view = new View(session, place, {
    isReady: false,
    async onStep(step) {
      if (!journal) return;
      const kind = Object.keys(step).find((key) => key !== "value");
      // A photo is in the journal with its bytes before it is an answer.
      if (kind === "set" && photos.delete(`${step.set} ${step.value}`)) return;
      const payload = kind === "set" ? { path: step.set, value: step.value } : { path: step[kind] };
      try {
        await keep(() => journal.append(kind, payload));
      } catch {
        return;
      }
      sending?.soon();
    },
    async onPhoto(path, file) {
      if (!journal) return file.name;
      const bytes = await file.arrayBuffer();
      const entry = await keep(() => journal.appendPhoto(bytes, file.type, { path }));
      const { name } = JSON.parse(entry.payload);
      photos.add(`${path} ${name}`);
      sending?.soon();
      return name;
    },
  });
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
  view.ready({ isRefused: !journal.isWriter });
  if (journal.isWriter) {
    sending = endpoint ? send() : null;
    await tellState();
    sending?.now();
    prepare();
  } else {
    tell("elsewhere");
    place.inert = true;
    // When the other tab is closed, what it wrote is read anew.
    journal.waitForTurn().then(() => location.reload());
  }
  return { session, view, journal };
}
