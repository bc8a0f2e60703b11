// Plays walks on devices whose tabs die, whose network fails and whose disk is full: the real journal.js and sync.js over
// an IndexedDB in memory. {"run": seed} is answered by requests for the server ({"method", …}) and at last by {"done": …}.
import { createInterface } from "node:readline";
import { IDBFactory, IDBKeyRange } from "../../frontend/node_modules/fake-indexeddb/build/esm/index.js";
import { Journal, NotSaved } from "../../frontend/walk/journal.js";
import { Sync } from "../../frontend/walk/sync.js";
import { Chance, Locks, Network, Tab } from "./fault_world.mjs";

const MOST_TRIES = 60;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function ask(message) {
  tell(message);
  return JSON.parse((await lines.next()).value);
}

/** One device with its disk, its wrong clock, and whoever fills walks on it. */
class Device {
  constructor(world, number) {
    Object.assign(this, { world, number, chance: world.chance });
    this.disk = new IDBFactory();
    this.locks = new Locks();
    this.isFull = false;
    this.clock = Date.UTC(2026, 10, 26, 16) + this.chance.between(-400, 400) * 86_400_000;
    this.tabs = new Map();
  }

  now() {
    // Clocks jump, backwards as well.
    this.clock += this.chance.happens(0.05) ? this.chance.between(-5_000_000, 5_000_000) : this.chance.between(1, 60_000);
    return new Date(this.clock).toISOString().replace("Z", "+00:00");
  }

  // The tab that has a walk open; a new one where there is none, or it has died.
  async tab(walk, isSafe = false) {
    const known = this.tabs.get(walk);
    if (known && !known.isDead && !(isSafe && known.fuse < Infinity)) return known;
    known?.die();
    for (;;) {
      const tab = new Tab(this, isSafe ? Infinity : this.chance.fuse());
      this.tabs.set(walk, tab);
      const environment = {
        indexedDB: tab.indexedDB(this.disk),
        IDBKeyRange,
        locks: tab.locks(this.locks),
        now: () => this.now(),
        uuid: () => this.chance.uuid(),
      };
      tab.journal = await tab.alive(Journal.open(walk, environment));
      if (tab.isDead) continue;
      if (!tab.journal.isWriter) throw new Error("A tab that is alone is not the writer.");
      const fetch = (address, options) => this.world.network.fetch(tab, address, options);
      tab.sync = new Sync(tab.journal, `/${walk}/`, { fetch });
      // Small batches, so that there are many to lose.
      tab.sync.most = this.chance.between(1, 6);
      return tab;
    }
  }

  /** Do something until the page has said that it is saved. */
  async write(walk, doing) {
    const { told } = this.world;
    told.written.push({ walk, ...doing });
    for (let tries = 0; ; tries += 1) {
      const tab = await this.tab(walk);
      // After a crash people look at what the page shows before they do it again.
      const shown = tries ? await tab.alive(tab.journal.entries()) : [];
      if (tab.isDead) continue;
      if (shown.some((entry) => entry.payload.includes(doing.token))) break;
      if (this.chance.happens(0.1)) await this.secondTab(walk);
      try {
        await tab.alive(this.append(tab.journal, doing));
        if (!tab.isDead) break;
      } catch (error) {
        if (!(error instanceof NotSaved)) throw error;
        told.notSaved += 1;
        if (error.reason === "quota" && this.chance.happens(0.5)) this.isFull = false;
        if (tries > MOST_TRIES) throw error;
      }
    }
    told.acknowledged.push({ walk, ...doing });
  }

  append(journal, { kind, path, token, content }) {
    if (kind === "photo") return journal.appendPhoto(new TextEncoder().encode(content).buffer, "image/jpeg", { path, token });
    return journal.append(kind, kind === "note" ? { path, text: token } : { path, value: token });
  }

  // Another tab with the same walk must not write.
  async secondTab(walk) {
    const tab = new Tab(this, Infinity);
    const journal = await Journal.open(walk, { indexedDB: tab.indexedDB(this.disk), IDBKeyRange, locks: tab.locks(this.locks), now: () => this.now() });
    try {
      await journal.append("set", { path: "/data/x", value: "from a second tab" });
      this.world.told.secondWriters += 1;
    } catch (error) {
      if (error.reason !== "elsewhere") throw error;
    }
    tab.die();
  }

  async send(walk) {
    const tab = await this.tab(walk);
    try {
      if (!(await tab.alive(tab.sync.run()))) return;
      // What the page calls received now, the server must have now.
      const entries = (await tab.alive(tab.journal.entries())) ?? [];
      await ask({ check: entries.filter((each) => each.isReceived).map(({ id, sha256 }) => ({ id, sha256 })) });
    } catch (error) {
      // What failed is tried again later; nothing is concluded from it.
      if (error instanceof NotSaved && error.reason !== "quota") throw error;
    }
  }

  /** With everything in order at last, all must arrive. */
  async sendEverything(walk) {
    this.isFull = false;
    const tab = await this.tab(walk, true);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { isComplete } = await tab.sync.run();
      if (isComplete) break;
    }
    const entries = await tab.journal.entries();
    for (const entry of entries) this.world.told.devices.push({ id: entry.id, sha256: entry.sha256, isReceived: entry.isReceived });
  }
}

const FIRST = { walks: ["walk-a", "walk-b"], paths: null };

async function play(seed, { walks, paths } = FIRST) {
  const chance = new Chance(seed);
  const told = { written: [], acknowledged: [], devices: [], notSaved: 0, secondWriters: 0, deaths: 0 };
  const world = { chance, told, network: new Network(chance, ask) };
  const devices = Array.from({ length: chance.happens(0.3) ? 2 : 1 }, (_, number) => new Device(world, number));
  for (let number = chance.between(4, 12); number > 0; number -= 1) {
    const device = chance.of(devices);
    const walk = chance.of(walks);
    const kind = chance.of(["set", "set", "note", "photo", "photo"]);
    const token = `token-${seed}-${number}.`;
    // Now and then the same picture twice, in one walk or in both.
    const content = chance.happens(0.2) ? "GIF89a the same picture" : `GIF89a picture ${token} ${"x".repeat(chance.between(0, 300))}`;
    if (chance.happens(0.1)) device.isFull = true;
    const path = paths ? chance.of(paths[kind]) : `/data/q${chance.between(1, 4)}`;
    await device.write(walk, { kind, path, token, ...(kind === "photo" ? { content } : {}) });
    if (chance.happens(0.5)) await device.send(chance.of(walks));
    if (chance.happens(0.04)) await ask({ restore: chance.between(1, 4) });
  }
  world.network.isFaulty = false;
  await world.network.deliverLate();
  for (const device of devices) for (const walk of walks) await device.sendEverything(walk);
  for (const device of devices) for (const tab of device.tabs.values()) tab.die();
  tell({ done: { ...told, faults: world.network.faults } });
}

for (;;) {
  const { value, done } = await lines.next();
  if (done) break;
  const { run, ...world } = JSON.parse(value);
  await play(run, world.walks ? world : FIRST);
}
