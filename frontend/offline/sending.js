// Sending what a device keeps: again and again until the server has it. What was received is for the sender to say.

// What is done quickly one after the other is sent together, and a tap does not wait for the network.
const SOON_MS = 1_500;
const PAUSES_S = [2, 5, 15, 30, 60, 120, 300];

/** The server answered, but not with what can be gone on with; `status` is that of HTTP, `problem` what it said. */
export class SyncFailed extends Error {
  constructor(status, message, problem = {}) {
    super(message);
    this.name = "SyncFailed";
    this.status = status;
    this.problem = problem;
  }
}

/** The headers of a page that writes. The token changes when somebody signs in again; the page may be older than that. */
export const csrfHeaders = (given) => {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? given;
  return token ? { "X-CSRFToken": token } : {};
};

/**
 * Ask the server for JSON. `headers` go with it; a function gives them anew for each request, since signing in again changes
 * them. Throws SyncFailed where the answer is no success, and what `fetch` throws where there is no network.
 */
export async function ask({ fetch, headers = {} }, method, address, body, type) {
  const own = typeof headers === "function" ? headers() : headers;
  const named = { Accept: "application/json", ...own, ...(type ? { "Content-Type": type } : {}) };
  const response = await fetch(address, { method, headers: named, body, credentials: "same-origin", redirect: "error" });
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new SyncFailed(response.status, `The server answered ${response.status}.`, problem);
}

/**
 * Keep sending: now, when the network comes back, and after pauses that grow while it fails. `onState` is told
 * {isComplete, saved, received, refused} or {error}. Gives {now, soon, stop}.
 */
export function keepSending(sync, onState, target = globalThis) {
  let failures = 0;
  let timer;
  let isStopped = false;
  const now = async () => {
    clearTimeout(timer);
    try {
      const state = await sync.run();
      failures = state.isComplete ? 0 : failures + 1;
      onState(state);
    } catch (error) {
      failures += 1;
      onState({ error });
    }
    if (failures && !isStopped) {
      clearTimeout(timer);
      timer = setTimeout(now, PAUSES_S[Math.min(failures, PAUSES_S.length) - 1] * 1000);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(now, SOON_MS);
  };
  target.addEventListener?.("online", now);
  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
    target.removeEventListener?.("online", now);
  };
  return { now, soon, stop };
}
