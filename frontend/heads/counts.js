// Counts of heads on a device: what the page says is saved is on the disk, and what it says was received the server has named.
//
// A tally is what is being counted, one for each session; saving it makes a count, which is never changed but for its state:
// waiting, taken (received), refused (with the server's reason) or aside (replaced or given up by its user). The server's side
// is docs/reference/attendance-journal.md.
import { deviceNow } from "../forms/moments.js";
import { databaseOf, inTransaction, openDatabase, resultOf } from "../offline/store.js";

const MOST_SEEN = 500;
const BOTH = ["tallies", "counts"];
const SENT = ["id", "session", "attended", "adults", "minutes", "over", "moment"];

/** Open the counts of an account. */
export const openHeads = (indexedDB, account) =>
  openDatabase(indexedDB, databaseOf("schoolward-heads", account), {
    tallies: { keyPath: "session" },
    counts: { keyPath: "place", autoIncrement: true },
  });

/** Whether something of it is not at an end: it waits, or was refused and its user has not decided. */
export const isOpen = ({ state }) => state === "waiting" || state === "refused";

/** The count as it is sent: nothing of what this device notes beside it. */
export const sent = (count) => Object.fromEntries(SENT.map((name) => [name, count[name]]));

/** Give up what the server has, or its user gave up; with `day`, only what is of an earlier day. Resolves with how much is left. */
export async function forgetReceived({ tallies, counts }, day) {
  let left = 0;
  for (const count of await resultOf(counts.getAll())) {
    if (isOpen(count) || (day && count.moment.slice(0, 10) >= day)) left += 1;
    else counts.delete(count.place);
  }
  return left + (await resultOf(tallies.count()));
}

// The receipts of a session that its user has seen: the device's own, and those that were shown and decided over.
function seen(counts) {
  const shown = counts.filter(({ state, refusal }) => state === "aside" && refusal?.standing).map(({ refusal }) => refusal.standing.receipt);
  return [...new Set(counts.flatMap(({ id, over }) => [...over, id]).concat(shown))].slice(-MOST_SEEN);
}

export class Counts {
  /** Open the counts of an account. `environment` stands in for what the browser gives: indexedDB, now, uuid. */
  static async open(account, environment = {}) {
    const opened = new Counts();
    opened.now = environment.now ?? deviceNow;
    opened.uuid = environment.uuid ?? (() => crypto.randomUUID());
    opened.database = await openHeads(environment.indexedDB ?? globalThis.indexedDB, account);
    opened.database.onversionchange = () => opened.database.close();
    await opened.forgetEarlier();
    return opened;
  }

  /** Give up what was received on an earlier day. */
  forgetEarlier() {
    return this.change((stores) => forgetReceived(stores, this.now().slice(0, 10)));
  }

  change(work) {
    return inTransaction(this.database, BOTH, "readwrite", work);
  }

  /** Everything that is kept: {tallies, counts}, counts in the order in which they were made. */
  all() {
    return inTransaction(this.database, BOTH, "readonly", async ({ tallies, counts }) => ({
      tallies: await resultOf(tallies.getAll()),
      counts: await resultOf(counts.getAll()),
    }));
  }

  /** Keep what is being counted. `about` says in words which session it is. */
  tally(session, numbers, about) {
    return this.change(async ({ tallies }) => tallies.put({ session, ...numbers, about }));
  }

  /** Make a count of these numbers. Whatever of the session was refused before is replaced by it. */
  save(session, numbers, about) {
    return this.change(async (stores) => {
      const earlier = await this.of(stores, session);
      for (const count of earlier) if (count.state === "refused") stores.counts.put({ ...count, state: "aside", refusal: null });
      this.add(stores, session, numbers, about, seen(earlier));
    });
  }

  /** Say what holds where another count stands: mine, which corrects it, or the other one. */
  decide(session, isMine) {
    return this.change(async (stores) => {
      const all = await this.of(stores, session);
      const last = all.findLast(({ state }) => state === "refused");
      if (!last) return;
      const decided = all.map((count) => (count.state === "refused" ? { ...count, state: "aside" } : count));
      for (const count of decided) stores.counts.put(count);
      const { attended, adults, minutes, about } = last;
      if (isMine) this.add(stores, session, { attended, adults, minutes }, about, seen(decided));
    });
  }

  /** Give up what was refused of a session, and what is being counted there. */
  giveUp(session) {
    return this.change(async (stores) => {
      for (const count of await this.of(stores, session)) if (count.state === "refused") stores.counts.put({ ...count, state: "aside", refusal: null });
      stores.tallies.delete(session);
    });
  }

  /** Send again what was refused, of one session or of all, but for what its user has to decide. */
  tryAgain(session) {
    return this.change(async ({ counts }) => {
      for (const count of await resultOf(counts.getAll())) {
        const isMeant = session === undefined || count.session === session;
        if (isMeant && count.state === "refused" && count.refusal.code !== "differs") counts.put({ ...count, state: "waiting", refusal: null });
      }
    });
  }

  /** At most `most` counts that wait, in their order. */
  async waiting(most) {
    return (await this.all()).counts.filter(({ state }) => state === "waiting").slice(0, most);
  }

  /** Take answers in. What the server has taken is taken, whatever was thought of it here. Resolves with how many were news. */
  take(answers) {
    return this.change(async ({ counts }) => {
      const given = new Map(answers.map((answer) => [answer.id, answer]));
      let news = 0;
      for (const count of await resultOf(counts.getAll())) {
        const answer = given.get(count.id);
        if (!answer || count.state === "taken" || (!answer.is_taken && count.state !== "waiting")) continue;
        const { code, text, field, standing } = answer;
        counts.put(answer.is_taken ? { ...count, state: "taken", refusal: null, receivedAt: this.now() } : { ...count, state: "refused", refusal: { code, text, field, standing } });
        news += 1;
      }
      return news;
    });
  }

  async of({ counts }, session) {
    return (await resultOf(counts.getAll())).filter((count) => count.session === session);
  }

  add({ tallies, counts }, session, { attended, adults, minutes }, about, over) {
    counts.add({ id: this.uuid(), session, attended, adults, minutes, about, over, moment: this.now(), state: "waiting", refusal: null });
    tallies.delete(session);
  }
}
