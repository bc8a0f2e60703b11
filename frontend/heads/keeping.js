// What stays of attendance on a device: the page, and counts. What the server does not have stays with its account.
import { KeptPages } from "../offline/pages.js";
import { inTransaction } from "../offline/store.js";
import { forgetReceived, openHeads } from "./counts.js";

const pages = new KeptPages("schoolward-attendance", "schoolward-heads");

/** Keep the page. Resolves with whether it is kept. */
export const keepPage = ({ account, worker, scope, journal }) => pages.keep({ account, name: "", worker, scope, never: journal });

/** Somebody has signed in: the page of others can no longer be opened here. Their counts stay theirs. */
export const forgetOthers = (account) => pages.forgetOthers(account);

/** Somebody signs out: nothing stays but what the server does not have. */
export const forgetAtSignOut = (account) =>
  pages.forgetAtSignOut(account, async () => {
    const database = await openHeads(indexedDB, account);
    const left = await inTransaction(database, ["tallies", "counts"], "readwrite", (stores) => forgetReceived(stores));
    database.close();
    return left;
  });
