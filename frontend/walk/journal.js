// The receipted journal of a walk: what the page says is saved is on the disk, and what it says was received has a receipt.
//
// Entries are only ever added. Sending them is sync.js; the server's side is docs/reference/walk-journal.md.
import { deviceNow } from "../forms/moments.js";
import { hashOf, hashOfBytes, isReceiptFor } from "./entry.js";
import { NotSaved, databaseOf, inTransaction, openDatabase, resultOf } from "../offline/store.js";

export { NotSaved } from "../offline/store.js";

const KINDS = ["set", "add", "remove", "note", "photo", "submit"];
const EXTENSIONS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic" };

/** Open the walks of an account. */
export const openWalks = (indexedDB, account) =>
  openDatabase(indexedDB, databaseOf("schoolward-walks", account), {
    walks: { keyPath: "walk" },
    entries: { keyPath: ["walk", "sequence"] },
    photos: { keyPath: ["walk", "hash"] },
  });

/** Remove a walk from the stores, unless something of it has not been received. */
export async function forgetWalk({ walks, entries, photos }, walk, range) {
  const record = await resultOf(walks.get(walk));
  if (!record || record.last !== record.received) return !record;
  const all = range.bound([walk], [walk, []]);
  entries.delete(all);
  photos.delete(all);
  walks.delete(walk);
  return true;
}

export class Journal {
  /**
   * Open the journal of a walk, as its writer where no other tab is. `environment` stands in for what the browser gives:
   * indexedDB, IDBKeyRange, locks, now, uuid. `account` says whose journals these are: each has a database of its own.
   */
  static async open(walk, environment = {}) {
    const journal = new Journal(walk, environment);
    await journal.takeTurn({ ifAvailable: true });
    try {
      journal.database = await openWalks(journal.indexedDB, environment.account);
    } catch (error) {
      journal.close();
      throw error;
    }
    // A newer page wants to change the database: this one lets go of it.
    journal.database.onversionchange = () => journal.close();
    await journal.register();
    return journal;
  }

  constructor(walk, environment) {
    this.walk = walk;
    this.indexedDB = environment.indexedDB ?? globalThis.indexedDB;
    this.range = environment.IDBKeyRange ?? globalThis.IDBKeyRange;
    this.locks = environment.locks ?? globalThis.navigator?.locks;
    this.now = environment.now ?? deviceNow;
    this.uuid = environment.uuid ?? (() => crypto.randomUUID());
    this.isWriter = false;
    this.isClosed = false;
  }

  // One tab writes a walk. The lock is held until the journal is closed or the tab is gone.
  takeTurn(options) {
    if (!this.locks) {
      this.isWriter = true;
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      this.locks
        .request(`walk:${this.walk}`, options, (lock) => {
          this.isWriter = Boolean(lock);
          resolve(this.isWriter);
          return lock && new Promise((release) => (this.release = release));
        })
        .catch(reject);
    });
  }

  /** Wait until no other tab writes this walk, then be its writer. */
  waitForTurn() {
    return this.isWriter ? Promise.resolve(true) : this.takeTurn({});
  }

  close() {
    this.isClosed = true;
    this.isWriter = false;
    this.release?.();
    this.database?.close();
  }

  /** The record of the walk on this device: its strand, which is new with every device and every emptied store. */
  register() {
    return inTransaction(this.database, ["walks"], "readwrite", async ({ walks }) => {
      this.record = await resultOf(walks.get(this.walk));
      if (this.record) return;
      this.record = { walk: this.walk, strand: this.uuid(), last: 0, received: 0 };
      walks.add(this.record);
    });
  }

  /** Keep an entry. Resolves with it once it is on the disk; throws NotSaved where it is not. */
  append(kind, payload) {
    if (!KINDS.includes(kind)) throw new TypeError(`A journal has no entries of the kind ${kind}.`);
    return this.keep(["walks", "entries"], (stores) => this.add(stores, kind, payload));
  }

  /** Keep a photo with the entry that names it, both or none; `payload` says where it belongs. */
  async appendPhoto(bytes, type, payload) {
    const hash = await hashOfBytes(bytes);
    const name = `${hash}.${EXTENSIONS[type] ?? "bin"}`;
    const said = { ...payload, photo: hash, type, bytes: bytes.byteLength, name };
    return this.keep(["walks", "entries", "photos"], async (stores) => {
      const known = await resultOf(stores.photos.get([this.walk, hash]));
      if (!known?.content) stores.photos.put({ walk: this.walk, hash, type, content: bytes, isSent: known?.isSent ?? false });
      return this.add(stores, "photo", said);
    });
  }

  async keep(names, work) {
    if (this.isClosed) throw new NotSaved("storage", "This page has been closed. Load it anew.");
    if (!this.isWriter) throw new NotSaved("elsewhere", "This walk is open in another tab. Go on there, or close it.");
    try {
      return await inTransaction(this.database, names, "readwrite", work);
    } catch (error) {
      // Photos that the server has can go; then there may be room.
      if (error.reason !== "quota" || !(await this.dropReceivedPhotos())) throw error;
      return inTransaction(this.database, names, "readwrite", work);
    }
  }

  async add({ walks, entries }, kind, payload) {
    const record = await resultOf(walks.get(this.walk));
    const entry = {
      id: this.uuid(),
      walk: this.walk,
      strand: record.strand,
      sequence: record.last + 1,
      moment: this.now(),
      kind,
      payload: JSON.stringify(payload),
      isReceived: false,
    };
    entry.sha256 = hashOf(entry);
    entries.add(entry);
    walks.put({ ...record, last: entry.sequence });
    return entry;
  }

  // Give up the bytes of photos whose entries have receipts; resolves with whether there were any.
  async dropReceivedPhotos() {
    const entries = await this.entries();
    const waiting = new Set(entries.filter((each) => !each.isReceived && each.kind === "photo").map((each) => JSON.parse(each.payload).photo));
    return inTransaction(this.database, ["photos"], "readwrite", async ({ photos }) => {
      const all = await resultOf(photos.getAll(this.all()));
      const spare = all.filter((each) => each.content && each.isSent && !waiting.has(each.hash));
      for (const photo of spare) photos.put({ ...photo, content: null });
      return spare.length > 0;
    });
  }

  all() {
    return this.range.bound([this.walk], [this.walk, []]);
  }

  /** All entries in their order. */
  entries() {
    return inTransaction(this.database, ["entries"], "readonly", ({ entries }) => resultOf(entries.getAll(this.all())));
  }

  /** At most `most` entries that wait for a receipt, in their order. */
  waiting(most) {
    return inTransaction(this.database, ["walks", "entries"], "readonly", async ({ walks, entries }) => {
      const { received } = await resultOf(walks.get(this.walk));
      return resultOf(entries.getAll(this.range.bound([this.walk, received + 1], [this.walk, []]), most));
    });
  }

  /** How much is saved here, and how much of it the server has: {saved, received, strand}. */
  state() {
    return inTransaction(this.database, ["walks"], "readonly", async ({ walks }) => {
      const { last, received, strand } = await resultOf(walks.get(this.walk));
      return { saved: last, received, strand };
    });
  }

  photo(hash) {
    return inTransaction(this.database, ["photos"], "readonly", ({ photos }) => resultOf(photos.get([this.walk, hash])));
  }

  /** Note whether the server has a photo. */
  markPhoto(hash, isSent) {
    return inTransaction(this.database, ["photos"], "readwrite", async ({ photos }) => {
      const photo = await resultOf(photos.get([this.walk, hash]));
      if (photo) photos.put({ ...photo, isSent });
    });
  }

  /**
   * Take receipts in. An entry counts as received when a receipt names its id and its hash; `received` is the last one
   * before which none is missing. Resolves with how many were new.
   */
  take(receipts) {
    return inTransaction(this.database, ["walks", "entries"], "readwrite", async ({ walks, entries }) => {
      const record = await resultOf(walks.get(this.walk));
      const given = new Map(receipts.map((receipt) => [receipt.id, receipt]));
      let news = 0;
      let { received } = record;
      const rest = await resultOf(entries.getAll(this.range.bound([this.walk, received + 1], [this.walk, []])));
      for (const entry of rest) {
        if (!entry.isReceived && isReceiptFor(given.get(entry.id), entry)) {
          entry.isReceived = true;
          entries.put(entry);
          news += 1;
        }
      }
      for (const entry of rest) {
        if (!entry.isReceived) break;
        received = entry.sequence;
      }
      walks.put({ ...record, received });
      return news;
    });
  }

  /** Give up everything of this walk that is kept here, where the server has all of it. Resolves with whether it is gone. */
  forget() {
    return inTransaction(this.database, ["walks", "entries", "photos"], "readwrite", (stores) => forgetWalk(stores, this.walk, this.range));
  }

  /** The server waits for an entry that it gave a receipt for, so it has lost it: send again from there on. */
  sendAgainFrom(sequence) {
    return inTransaction(this.database, ["walks", "entries"], "readwrite", async ({ walks, entries }) => {
      const record = await resultOf(walks.get(this.walk));
      if (sequence > record.received) return;
      const rest = await resultOf(entries.getAll(this.range.bound([this.walk, sequence], [this.walk, []])));
      for (const entry of rest) entries.put({ ...entry, isReceived: false });
      walks.put({ ...record, received: sequence - 1 });
    });
  }
}
