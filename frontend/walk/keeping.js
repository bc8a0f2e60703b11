// What stays of walks on a device: their pages, so that they open without a network, and their journals.
//
// Pages go when their walk is handed in and received, when somebody signs out, and when somebody else signs in. What the
// server does not have yet stays with its account, and nobody else sees it.
import { KeptPages } from "../offline/pages.js";
import { inTransaction, resultOf } from "../offline/store.js";
import { forgetWalk, openWalks } from "./journal.js";

const pages = new KeptPages("schoolward-walk", "schoolward-walks");

/** Keep the page of a walk. Resolves with whether it is kept. */
export const keepPage = ({ account, walk, plan, worker, scope }) => pages.keep({ account, name: walk, worker, scope, more: plan ? [plan] : [], never: "/journal/" });

/** Give up the page of a walk. */
export const forgetPage = (account, walk) => pages.forget(account, walk);

/** Somebody has signed in: the pages of others can no longer be opened here. Their journals stay theirs. */
export const forgetOthers = (account) => pages.forgetOthers(account);

/** Somebody signs out: nothing stays but what the server does not have. */
export const forgetAtSignOut = (account) =>
  pages.forgetAtSignOut(account, async () => {
    const database = await openWalks(indexedDB, account);
    const left = await inTransaction(database, ["walks", "entries", "photos"], "readwrite", async (stores) => {
      const walks = await resultOf(stores.walks.getAllKeys());
      const gone = [];
      for (const walk of walks) gone.push(await forgetWalk(stores, walk, IDBKeyRange));
      return gone.filter((isGone) => !isGone).length;
    });
    database.close();
    return left;
  });
