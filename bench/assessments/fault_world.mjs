// What can go wrong around a journal: chance by a seed, tabs that die at any step, a network that loses and repeats.

/** Numbers by a seed (mulberry32). */
export class Chance {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(share) {
    return this.next() < share;
  }

  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  of(list) {
    return list[this.between(0, list.length - 1)];
  }

  /** After how many steps a tab dies: most die, soon. */
  fuse() {
    return this.happens(0.4) ? Infinity : this.between(1, 60);
  }

  uuid() {
    const digits = Array.from({ length: 32 }, () => this.between(0, 15).toString(16)).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}

class Killed extends Error {}

/** A tab: every step burns its fuse; at the end of it, whatever was not committed is gone, and nothing answers any more. */
export class Tab {
  constructor(device, fuse) {
    this.device = device;
    this.fuse = fuse;
    this.isDead = false;
    this.transactions = new Set();
    this.releases = [];
    this.death = new Promise((resolve) => (this.announce = resolve));
  }

  die() {
    if (this.isDead) return;
    this.isDead = true;
    if (this.fuse <= 0) this.device.world.told.deaths += 1;
    for (const transaction of this.transactions) {
      try {
        transaction.abort();
      } catch {
        // It has been committed, and stays so.
      }
    }
    for (const release of this.releases) release();
    this.announce();
  }

  step() {
    if (this.isDead) throw new Killed("the tab is gone");
    this.fuse -= 1;
    if (this.fuse > 0) return;
    this.die();
    throw new Killed("the tab has died");
  }

  /** What a promise gives, unless the tab dies first. */
  async alive(promise) {
    const outcome = promise.then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
    const first = await Promise.race([outcome, this.death]);
    if (this.isDead || !first) return undefined;
    if (first.error) throw first.error;
    return first.value;
  }

  /** The disk as this tab sees it. */
  indexedDB(disk) {
    return {
      open: (...given) => {
        this.step();
        const request = disk.open(...given);
        request.addEventListener("success", () => this.watch(request.result));
        return request;
      },
    };
  }

  watch(database) {
    const begin = database.transaction.bind(database);
    database.transaction = (names, mode, options) => {
      this.step();
      const transaction = begin(names, mode, options);
      this.transactions.add(transaction);
      // Between the commit and the page hearing of it a tab can die as well.
      transaction.addEventListener("complete", () => {
        this.transactions.delete(transaction);
        try {
          this.step();
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
        }
      });
      transaction.addEventListener("abort", () => this.transactions.delete(transaction));
      const objectStore = transaction.objectStore.bind(transaction);
      transaction.objectStore = (name) => this.watchStore(objectStore(name), transaction, mode);
      return transaction;
    };
  }

  watchStore(store, transaction, mode) {
    for (const method of ["get", "getAll", "put", "add"]) {
      const plain = store[method].bind(store);
      store[method] = (...given) => {
        this.step();
        if (mode === "readwrite" && (method === "put" || method === "add")) this.write(store, given[0], transaction);
        return plain(...given);
      };
    }
    return store;
  }

  write(store, value, transaction) {
    const { device } = this;
    if (store.name === "photos" && value.content === null) {
      transaction.addEventListener("complete", () => (device.isFull = false));
      return;
    }
    if (!device.isFull || store.name === "walks") return;
    const error = new Error("no room");
    error.name = "QuotaExceededError";
    // Browsers say it at the request, or only when they commit.
    if (device.chance.happens(0.5)) throw error;
    Object.defineProperty(transaction, "error", { value: error });
    transaction.abort();
  }

  locks(manager) {
    return {
      request: async (name, options, work) => {
        this.step();
        if (manager.held.has(name)) {
          if (options.ifAvailable) return work(null);
          throw new Error("nobody waits for locks here");
        }
        manager.held.add(name);
        const release = () => manager.held.delete(name);
        this.releases.push(release);
        await work({ name });
        return release();
      },
    };
  }
}

export class Locks {
  held = new Set();
}

/** Requests that are lost, cut, repeated, late, or answered in vain. */
export class Network {
  constructor(chance, ask) {
    Object.assign(this, { chance, ask });
    this.isFaulty = true;
    this.late = [];
    this.faults = {};
  }

  count(name) {
    this.faults[name] = (this.faults[name] ?? 0) + 1;
  }

  async fetch(tab, address, { method, body }) {
    tab.step();
    const request = { method, address, body: typeof body === "string" ? body : null, bytes: body && typeof body !== "string" ? Buffer.from(body).toString("base64") : null };
    const answer = await (this.isFaulty ? this.deliverBadly(request) : this.ask(request));
    tab.step();
    return { ok: answer.status < 300, status: answer.status, json: async () => answer.body };
  }

  async deliverBadly(request) {
    const { chance } = this;
    if (chance.happens(0.2)) await this.deliverOne();
    if (chance.happens(0.08)) this.fail("lost on the way");
    if (chance.happens(0.08)) {
      this.late.push(request);
      this.fail("late");
    }
    if (chance.happens(0.04)) {
      this.count("server failed");
      return { status: 500, body: {} };
    }
    if (request.method === "POST" && chance.happens(0.03)) {
      // Something between has answered: receipts with the right ids, for nothing.
      this.count("false receipts");
      return { status: 200, body: this.pretended(JSON.parse(request.body)) };
    }
    const sent = this.cut(request);
    const first = await this.ask(sent);
    if (chance.happens(0.08)) {
      this.count("twice");
      const second = await this.ask(sent);
      if (chance.happens(0.5)) return second;
    }
    if (chance.happens(0.1)) this.fail("answer lost");
    return first;
  }

  pretended({ entries }) {
    const receipts = entries.map(({ id, sequence }) => ({ id, sequence, sha256: "0".repeat(64) }));
    return { receipts, refused: [] };
  }

  // A photo that is cut off, or an entry in which a letter has changed.
  cut(request) {
    if (!this.chance.happens(0.08)) return request;
    this.count("damaged");
    if (request.bytes) return { ...request, bytes: request.bytes.slice(0, Math.floor(this.chance.next() * (request.bytes.length / 4)) * 4) };
    if (request.method === "POST") return { ...request, body: request.body.replace("token", "tokem") };
    return request;
  }

  fail(name) {
    this.count(name);
    throw new TypeError(`network: ${name}`);
  }

  async deliverOne() {
    if (!this.late.length) return;
    const [request] = this.late.splice(this.chance.between(0, this.late.length - 1), 1);
    this.count("out of order");
    await this.ask(request);
  }

  async deliverLate() {
    while (this.late.length) await this.deliverOne();
  }
}
