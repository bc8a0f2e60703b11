// What stays on a device: the pages of walks, so that they open without a network, and their journals.
//
// Pages go when their walk is handed in and received, when somebody signs out, and when somebody else signs in. What the
// server does not have yet stays with its account, and nobody else sees it.
import { forgetWalk } from "./journal.js";
import { databaseOf, inTransaction, openDatabase, resultOf } from "./store.js";

const PREFIX = "schoolward-walk ";
const MARK = "schoolward-walks";
const nameOf = (account, walk) => `${PREFIX}${account} ${walk}`;

function marked() {
  try {
    return JSON.parse(localStorage.getItem(MARK) ?? "[]");
  } catch {
    return [];
  }
}

function mark(accounts) {
  try {
    if (accounts.length) localStorage.setItem(MARK, JSON.stringify(accounts));
    else localStorage.removeItem(MARK);
  } catch {
    // A browser that keeps no marks: the pages are cleared by their names all the same.
  }
}

/** Keep the page of a walk with all that it shows, whole or not at all. Resolves with whether it is kept. */
export async function keepPage({ account, walk, plan, worker, scope }) {
  if (!globalThis.caches || !navigator.serviceWorker) return false;
  if (!marked().includes(account)) mark([...marked(), account]);
  await navigator.serviceWorker.register(worker, { scope });
  const address = location.pathname;
  const page = await fetch(address, { credentials: "same-origin" });
  // Somebody who is signed out is sent to another page: that is not the walk.
  if (!page.ok || page.redirected) return false;
  const text = await page.clone().text();
  const parts = new DOMParser().parseFromString(text, "text/html");
  const named = [...parts.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon], link[rel=modulepreload]")].map((each) => each.getAttribute("src") ?? each.getAttribute("href"));
  const loaded = performance.getEntriesByType("resource").filter(({ initiatorType }) => ["css", "script", "link", "other"].includes(initiatorType));
  const files = new Set([...named, ...loaded.map((each) => each.name), ...(plan ? [plan] : [])].map((each) => new URL(each, location.href)).filter((each) => each.origin === location.origin && !each.pathname.includes("/journal/")).map(String));
  files.delete(location.href);
  files.delete(new URL(worker, location.href).href);
  const answers = await Promise.all([...files].map(async (file) => [file, await fetch(file, { credentials: "same-origin" })]));
  const cache = await caches.open(nameOf(account, walk));
  await Promise.all(answers.filter(([, answer]) => answer.ok && !answer.redirected).map(([file, answer]) => cache.put(file, answer)));
  await cache.put(address, page);
  const wanted = new Set([...files, new URL(address, location.href).href]);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  return answers.every(([, answer]) => answer.ok);
}

/** Give up the page of a walk. */
export async function forgetPage(account, walk) {
  await globalThis.caches?.delete(nameOf(account, walk));
}

async function forgetPages(isOther) {
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && isOther(name)) await caches.delete(name);
}

/** Somebody has signed in: the pages of others can no longer be opened here. Their journals stay theirs. */
export async function forgetOthers(account) {
  if (!marked().some((each) => each !== account)) return;
  await forgetPages((name) => !name.startsWith(`${PREFIX}${account} `));
}

/** Somebody signs out: nothing stays but what the server does not have. */
export async function forgetAtSignOut(account) {
  if (!marked().length) return;
  await forgetPages(() => true);
  const database = await openDatabase(indexedDB, databaseOf(account));
  const left = await inTransaction(database, ["walks", "entries", "photos"], "readwrite", async (stores) => {
    const walks = await resultOf(stores.walks.getAllKeys());
    const gone = [];
    for (const walk of walks) gone.push(await forgetWalk(stores, walk, IDBKeyRange));
    return gone.filter((isGone) => !isGone).length;
  });
  database.close();
  mark(marked().filter((each) => each !== account || left));
}
