// Sending a journal: in batches, in order, again and again until every entry has its receipt.
//
// Nothing here decides what was received: a receipt that names id and hash does (journal.take).
import { SyncFailed, ask } from "../offline/sending.js";
import { sent } from "./entry.js";

const MOST_ENTRIES = 50;

export class Sync {
  /** `endpoint` is the address of the walk's journal, ending in "/"; `headers` go with everything that is sent;
   * a function gives them anew for each request, since signing in again changes them. */
  constructor(journal, endpoint, { fetch = globalThis.fetch.bind(globalThis), headers = {} } = {}) {
    Object.assign(this, { journal, endpoint, fetch, headers });
    this.most = MOST_ENTRIES;
    this.running = null;
    // What the server said last of the walk as a whole.
    this.walk = null;
  }

  /**
   * Send what waits. Resolves with {isComplete, received, saved, refused, walk}; rejects where the network or the server fails,
   * which loses nothing. A call during another one is that one.
   */
  run() {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async sendAll() {
    await this.resume();
    let refused = [];
    for (;;) {
      const batch = await this.nextBatch();
      if (!batch.length) break;
      await this.sendPhotos(batch);
      const answer = await this.post(batch);
      const news = await this.journal.take(answer.receipts ?? []);
      const isMended = await this.mend(answer.refused ?? []);
      refused = (answer.refused ?? []).filter((each) => each.code !== "gap");
      // Without progress the same would be sent for ever: the next run tries again.
      if (!news && !isMended) break;
    }
    const { saved, received } = await this.journal.state();
    return { isComplete: saved === received, saved, received, refused, walk: this.walk };
  }

  // What was done after the end takes it back: a batch never ends with the end where more follows.
  async nextBatch() {
    let batch = [];
    for (let most = this.most; ; most += 1) {
      batch = await this.journal.waiting(most);
      if (batch.at(-1)?.kind !== "submit" || batch.length < most) return batch;
    }
  }

  // Answers that were lost on the way: the receipts that the server has given since the last one that is known here.
  async resume() {
    const { strand, received } = await this.journal.state();
    const address = `${this.endpoint}?strand=${strand}&after=${received}`;
    const answer = await this.request("GET", address);
    if (answer.following <= received) await this.journal.sendAgainFrom(answer.following);
    else await this.journal.take(answer.receipts ?? []);
  }

  async post(batch) {
    const body = JSON.stringify({ sent: this.journal.now(), entries: batch.map(sent) });
    try {
      return await this.request("POST", this.endpoint, body, "application/json");
    } catch (error) {
      // Too much at once: half of it next time.
      if (error.status === 413 && this.most > 1) this.most = Math.ceil(this.most / 2);
      throw error;
    }
  }

  // Photos go before the entries that name them, each once, by its hash.
  async sendPhotos(batch) {
    for (const entry of batch) {
      if (entry.kind !== "photo") continue;
      const { photo: hash } = JSON.parse(entry.payload);
      const photo = await this.journal.photo(hash);
      if (!photo?.content || photo.isSent) continue;
      const answer = await this.request("PUT", `${this.endpoint}photo/${hash}`, photo.content, photo.type);
      if (answer.sha256 !== hash || answer.bytes !== photo.content.byteLength) throw new SyncFailed(0, "A photo arrived damaged.");
      await this.journal.markPhoto(hash, true);
    }
  }

  // What the server lacks is sent again; resolves with whether something can be done about a refusal at once.
  async mend(refused) {
    let isMended = false;
    for (const { code, following, photo } of refused) {
      if (code === "gap") {
        const { received } = await this.journal.state();
        isMended ||= following <= received;
        await this.journal.sendAgainFrom(following);
      } else if (code === "photo-missing") {
        const known = await this.journal.photo(photo);
        isMended ||= Boolean(known?.isSent && known.content);
        await this.journal.markPhoto(photo, false);
      }
    }
    return isMended;
  }

  async request(method, address, body, type) {
    const answer = await ask(this, method, address, body, type);
    if (answer.walk) this.walk = answer.walk;
    return answer;
  }
}
