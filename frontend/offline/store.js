// IndexedDB with promises: a transaction is done when it is complete, not when its requests are.

/** Something could not be kept on this device. `reason`: quota, elsewhere (another tab writes), or storage. */
export class NotSaved extends Error {
  constructor(reason, message) {
    super(message);
    this.name = "NotSaved";
    this.reason = reason;
  }
}

const SAID = {
  quota: "This device has no room left. The last step is not saved; free some space, then do it again.",
  storage: "This device could not save the last step. Do it again; if that fails too, note it on paper.",
};

/** The name of the database of an account: nobody sees what another one has written on the same device. */
export const databaseOf = (kind, account) => (account ? `${kind}-${account}` : kind);

/** Open a database; where it is new, with these object stores (their options by name). */
export function openDatabase(indexedDB, name, stores) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores)) request.result.createObjectStore(store, options);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(notSaved(request.error));
    request.onblocked = () => reject(new NotSaved("elsewhere", "An older copy of this page is open. Close it, then try again."));
  });
}

/** The result of a request, for use inside a transaction. */
export function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Do `work` (given the object stores by name) in one transaction. Resolves with what it gives once everything is on the
 * disk; rejects with NotSaved where nothing is.
 */
export function inTransaction(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    let given;
    let failed;
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    transaction.oncomplete = () => resolve(given);
    // Why the browser gave up says more than what then failed in our work.
    transaction.onabort = () => reject(notSaved(transaction.error ?? failed));
    work(stores).then(
      (result) => {
        given = result;
      },
      (error) => {
        failed = error;
        try {
          transaction.abort();
        } catch {
          // It has ended already, and onabort or oncomplete has said so.
        }
      },
    );
  });
}

function notSaved(error) {
  if (error instanceof NotSaved) return error;
  const reason = error?.name === "QuotaExceededError" ? "quota" : "storage";
  return new NotSaved(reason, SAID[reason]);
}
