// Pages that a device keeps, so that they open without a network (offline-worker.js): each in a cache that bears its kind, its
// account and its name. A mark says whose pages of a kind are here, so that other pages need not look.

export class KeptPages {
  /** `kind` begins the caches' names; `mark` is where the accounts stand in localStorage. */
  constructor(kind, mark) {
    this.prefix = `${kind} `;
    this.mark = mark;
  }

  nameOf(account, name) {
    return `${this.prefix}${account}${name ? ` ${name}` : ""}`;
  }

  /** The accounts that keep something here. */
  marked() {
    try {
      return JSON.parse(localStorage.getItem(this.mark) ?? "[]");
    } catch {
      return [];
    }
  }

  /** Note whose pages and entries are here. */
  note(accounts) {
    try {
      if (accounts.length) localStorage.setItem(this.mark, JSON.stringify(accounts));
      else localStorage.removeItem(this.mark);
    } catch {
      // A browser that keeps no marks: the pages are cleared by their names all the same.
    }
  }

  /**
   * Keep the page that is open with all that it shows, and `more` beside it, whole or not at all; nothing under `never`.
   * Resolves with whether it is kept.
   */
  async keep({ account, name, worker, scope, more = [], never }) {
    if (!globalThis.caches || !navigator.serviceWorker) return false;
    if (!this.marked().includes(account)) this.note([...this.marked(), account]);
    await navigator.serviceWorker.register(worker, { scope });
    const address = location.pathname;
    const page = await fetch(address, { credentials: "same-origin" });
    // Somebody who is signed out is sent to another page: that is not this one.
    if (!page.ok || page.redirected) return false;
    const text = await page.clone().text();
    const parts = new DOMParser().parseFromString(text, "text/html");
    const named = [...parts.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon], link[rel=modulepreload]")].map((each) => each.getAttribute("src") ?? each.getAttribute("href"));
    const loaded = performance.getEntriesByType("resource").filter(({ initiatorType }) => ["css", "script", "link", "other"].includes(initiatorType));
    const files = new Set([...named, ...loaded.map((each) => each.name), ...more].map((each) => new URL(each, location.href)).filter((each) => each.origin === location.origin && !each.pathname.includes(never)).map(String));
    files.delete(location.href);
    files.delete(new URL(worker, location.href).href);
    const answers = await Promise.all([...files].map(async (file) => [file, await fetch(file, { credentials: "same-origin" })]));
    const cache = await caches.open(this.nameOf(account, name));
    await Promise.all(answers.filter(([, answer]) => answer.ok && !answer.redirected).map(([file, answer]) => cache.put(file, answer)));
    await cache.put(address, page);
    const wanted = new Set([...files, new URL(address, location.href).href]);
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
    return answers.every(([, answer]) => answer.ok);
  }

  /** Give up one page. */
  async forget(account, name) {
    await globalThis.caches?.delete(this.nameOf(account, name));
  }

  /** Give up all pages of this kind, or those of everybody but one account. */
  async forgetAll(except) {
    if (!globalThis.caches) return;
    const isOther = (name) => except === undefined || !`${name} `.startsWith(`${this.prefix}${except} `);
    for (const name of await caches.keys()) if (name.startsWith(this.prefix) && isOther(name)) await caches.delete(name);
  }

  /** Somebody has signed in: the pages of others can no longer be opened here. What they have written stays theirs. */
  async forgetOthers(account) {
    if (this.marked().some((each) => each !== account)) await this.forgetAll(account);
  }

  /**
   * Somebody signs out: all pages go, and `forgetRecords` gives up what the server has of the account's records; it resolves with
   * how many are left.
   */
  async forgetAtSignOut(account, forgetRecords) {
    if (!this.marked().length) return;
    await this.forgetAll();
    const left = await forgetRecords();
    this.note(this.marked().filter((each) => each !== account || left));
  }
}
