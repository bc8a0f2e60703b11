// Counts heads on phones whose tabs die, whose network fails and whose disk is full: the real heads/counts.js and sending.js over
// an IndexedDB in memory. {"run": seed} is answered by requests for the server ({"method", …}, {"toggle": session}) and at last
// by {"done": …}.
import { createInterface } from "node:readline";
import { IDBFactory } from "../../frontend/node_modules/fake-indexeddb/build/esm/index.js";
import { Counts, isOpen } from "../../frontend/heads/counts.js";
import { Sending } from "../../frontend/heads/sending.js";
import { NotSaved } from "../../frontend/offline/store.js";
import { Chance, Network, Tab } from "../assessments/fault_world.mjs";

const MOST_TRIES = 60;
const SESSIONS = [1, 2, 3];
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function ask(message) {
  tell(message);
  return JSON.parse((await lines.next()).value);
}

/** The network of walks; what something between makes up names no count. */
class Roads extends Network {
  pretended() {
    return { answers: [{ id: "00000000-0000-4000-8000-000000000000", is_taken: true }] };
  }
}

/** One phone with its disk, its wrong clock, and whoever counts with it. */
class Phone {
  constructor(world) {
    Object.assign(this, { world, chance: world.chance });
    this.disk = new IDBFactory();
    this.isFull = false;
    this.clock = Date.UTC(2026, 10, 26, 16) + this.chance.between(-400, 400) * 86_400_000;
    this.tab = null;
  }

  now() {
    // Clocks jump, backwards as well; but never into another day, which would erase what the end of the run looks at.
    this.clock += this.chance.between(-1_000, 1_000);
    return new Date(this.clock).toISOString().replace("Z", "+00:00");
  }

  // The tab that is open; a new one where there is none, or it has died.
  async open(isSafe = false) {
    if (this.tab && !this.tab.isDead && !(isSafe && this.tab.fuse < Infinity)) return this.tab;
    this.tab?.die();
    for (;;) {
      const tab = (this.tab = new Tab(this, isSafe ? Infinity : this.chance.fuse()));
      const environment = { indexedDB: tab.indexedDB(this.disk), now: () => this.now(), uuid: () => this.chance.uuid() };
      tab.counts = await tab.alive(Counts.open("7", environment).catch((error) => error));
      if (tab.isDead || tab.counts instanceof Error) continue;
      const fetch = (address, options) => this.world.network.fetch(tab, address, options);
      tab.sending = new Sending(tab.counts, "/attendance", { account: "7", words: {}, fetch });
      // Small batches, so that there are many to lose.
      tab.sending.most = this.chance.between(1, 4);
      return tab;
    }
  }

  /** Count and save, until the page has said that it is saved. */
  async save(session, attended) {
    const { told } = this.world;
    told.written.push({ session, attended });
    for (let tries = 0; ; tries += 1) {
      const tab = await this.open();
      // After a crash people look at what the page shows before they do it again.
      const shown = tries ? await tab.alive(tab.counts.all()) : { counts: [] };
      if (tab.isDead) continue;
      if (shown.counts.some((count) => count.attended === attended)) break;
      try {
        await tab.alive(tab.counts.tally(session, { attended, adults: null, minutes: 50 }, {}));
        if (!tab.isDead) await tab.alive(tab.counts.save(session, { attended, adults: null, minutes: 50 }, {}));
        if (!tab.isDead) break;
      } catch (error) {
        if (!(error instanceof NotSaved)) throw error;
        told.notSaved += 1;
        if (this.chance.happens(0.5)) this.isFull = false;
        if (tries > MOST_TRIES) throw error;
      }
    }
    told.acknowledged.push({ session, attended });
  }

  async send() {
    const tab = await this.open();
    try {
      if (!(await tab.alive(tab.sending.run()))) return;
      const { counts } = (await tab.alive(tab.counts.all())) ?? { counts: [] };
      await ask({ check: counts.filter(({ state }) => state === "taken").map(({ id }) => id) });
    } catch {
      // What failed is tried again later; nothing is concluded from it.
    }
  }

  // Whoever is asked decides; a tab that dies on the way asks again.
  async decide(tab) {
    const { counts } = (await tab.alive(tab.counts.all())) ?? { counts: [] };
    for (const session of new Set(counts.filter(({ refusal }) => refusal?.code === "differs").map((count) => count.session))) {
      const isMine = this.chance.happens(0.5);
      if (!tab.isDead) await tab.alive(tab.counts.decide(session, isMine));
    }
    if (!tab.isDead) await tab.alive(tab.counts.tryAgain());
  }

  /** With everything in order at last, nothing may be left open. */
  async sendEverything() {
    this.isFull = false;
    const tab = await this.open(true);
    let counts;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await tab.sending.run();
      ({ counts } = await tab.counts.all());
      if (!counts.some(isOpen)) break;
      await this.decide(tab);
    }
    return counts.map(({ id, session, attended, state }) => ({ id, session, attended, state }));
  }
}

async function play(seed) {
  const chance = new Chance(seed);
  const told = { written: [], acknowledged: [], devices: [], notSaved: 0, deaths: 0 };
  const world = { chance, told, network: new Roads(chance, ask) };
  const phones = Array.from({ length: chance.between(1, 3) }, () => new Phone(world));
  for (let number = chance.between(4, 14); number > 0; number -= 1) {
    const phone = chance.of(phones);
    if (chance.happens(0.1)) phone.isFull = true;
    if (chance.happens(0.15)) await ask({ toggle: chance.of(SESSIONS) });
    // Every count has a number of its own, by which it is known again.
    await phone.save(chance.of(SESSIONS), number);
    if (chance.happens(0.6)) await chance.of(phones).send();
    const tab = await phone.open();
    await phone.decide(tab).catch(() => {});
  }
  world.network.isFaulty = false;
  await world.network.deliverLate();
  await ask({ toggle: null });
  for (const phone of phones) told.devices.push(await phone.sendEverything());
  tell({ done: { ...told, faults: world.network.faults } });
}

for await (const line of { [Symbol.asyncIterator]: () => lines }) await play(JSON.parse(line).run);
