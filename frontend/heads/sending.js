// Sending counts: in batches, in their order, until each has its answer. What was received, an answer that names the id says.
import { SyncFailed, ask } from "../offline/sending.js";
import { sent } from "./counts.js";

const MOST = 20;

export class Sending {
  /** `endpoint` is where counts are sent to (docs/reference/attendance-journal.md); `account` whose they are. */
  constructor(counts, endpoint, { account, words, fetch = globalThis.fetch.bind(globalThis), headers = {} }) {
    Object.assign(this, { counts, endpoint, account, words, fetch, headers });
    this.most = MOST;
    this.running = null;
  }

  /** Send what waits. Rejects where the network or the server fails, which loses nothing. A call during another is that one. */
  run() {
    this.isAsked = true;
    this.running ??= this.sendAll();
    return this.running;
  }

  async sendAll() {
    try {
      for (;;) {
        this.isAsked = false;
        const batch = await this.counts.waiting(this.most);
        if (batch.length) {
          // Without progress the same would be sent for ever: the next run tries again.
          if (!(await this.counts.take(await this.post(batch)))) return { isComplete: false };
        } else if (!this.isAsked) {
          // What was saved while this looked for more is sent as well.
          return { isComplete: true };
        }
      }
    } finally {
      this.running = null;
    }
  }

  async post(batch) {
    const body = JSON.stringify({ sent: this.counts.now(), account: Number(this.account), counts: batch.map(sent) });
    try {
      return (await ask(this, "POST", this.endpoint, body, "application/json")).answers;
    } catch (error) {
      if (!(error instanceof SyncFailed) || ![413, 422].includes(error.status)) throw error;
      // One that cannot be read must not hold up the others: they go one at a time, and it is refused alone.
      if (batch.length > 1) {
        this.most = 1;
        return this.post(batch.slice(0, 1));
      }
      return [{ id: batch[0].id, is_taken: false, code: "unreadable", text: error.problem.detail ?? this.words.unreadable, field: "", standing: null }];
    }
  }
}
