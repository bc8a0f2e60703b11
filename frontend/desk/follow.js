// Follows a topic for every tab of the browser over one stream: the tab that holds the lock reads it and tells the
// others. Where no stream flows it asks every two seconds instead, and it always says which of these it is.
const POLL_MS = 2000;
const REOPEN_MS = 15000;
const SILENT_MS = 20000;
const PATIENCE_MS = 6000;

export function follow({ url, after, channel, onChange, onState }) {
  let number = Number(after) || 0;
  let source = null;
  let leads = false;
  let state = "reconnecting";
  let heardAt = Date.now();
  let brokenAt = Date.now();
  let polling = false;
  const name = `schoolward-alarms-${channel}`;
  const bus = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;

  function say(next) {
    if (next !== "stale" && next !== "signed-out") heardAt = Date.now();
    if (leads) bus?.postMessage({ state: next });
    if (next === state) return;
    state = next;
    onState(state, heardAt);
  }

  function deliver(at, data) {
    if (at <= number) return false;
    number = at;
    onChange(data, at);
    return true;
  }

  // Returns how many changes came. Throws where nobody answered.
  async function poll() {
    const answer = await fetch(`${url}?after=${number}`, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      cache: "no-store",
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      say("signed-out");
      return 0;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    let count = 0;
    for (const { number: at, ...data } of told.changes) {
      if (deliver(at, data)) count += 1;
      if (leads) bus?.postMessage({ at, data });
    }
    number = Math.max(number, told.newest);
    heardAt = Date.now();
    if (state === "signed-out") say("polling");
    return count;
  }

  function open() {
    source?.close();
    source = new EventSource(`${url}?after=${number}`);
    source.onopen = () => say("live");
    source.onmessage = (event) => {
      const at = Number(event.lastEventId);
      const data = JSON.parse(event.data);
      deliver(at, data);
      bus?.postMessage({ at, data });
      say("live");
    };
    source.onerror = () => {
      if (state === "live") brokenAt = Date.now();
      if (state === "live" || state === "reconnecting") say("reconnecting");
    };
  }

  async function pollUntilLive() {
    if (polling) return;
    polling = true;
    let openedAt = Date.now();
    while (leads && source?.readyState !== EventSource.OPEN) {
      try {
        await poll();
        if (state !== "signed-out" && source?.readyState !== EventSource.OPEN) say("polling");
      } catch {
        say("stale");
      }
      await new Promise((done) => setTimeout(done, POLL_MS));
      if (source?.readyState === EventSource.CLOSED && Date.now() - openedAt > REOPEN_MS) {
        openedAt = Date.now();
        open();
      }
    }
    polling = false;
    if (source?.readyState === EventSource.OPEN) say("live");
  }

  // A connection can be gone without anybody having said so: what the stream did not bring, asking does.
  async function check() {
    if (leads && source?.readyState === EventSource.CLOSED) void pollUntilLive();
    else if (leads && source?.readyState === EventSource.CONNECTING && Date.now() - brokenAt > PATIENCE_MS)
      void pollUntilLive();
    else if (Date.now() - heardAt > SILENT_MS) {
      try {
        if ((await poll()) && leads) open();
        else if (state !== "signed-out") say(leads ? "live" : state === "stale" ? "polling" : state);
      } catch {
        say("stale");
        if (leads) void pollUntilLive();
      }
    }
  }

  if (bus) {
    bus.onmessage = ({ data: told }) => {
      if (told.ask) {
        if (leads) bus.postMessage({ state });
      } else if (told.state) {
        if (!leads) say(told.state);
      } else {
        deliver(told.at, told.data);
        heardAt = Date.now();
      }
    };
    bus.postMessage({ ask: true });
  }
  function lead() {
    leads = true;
    brokenAt = Date.now();
    open();
    // Held until the tab is gone; then the next tab's turn comes.
    return new Promise(() => {});
  }
  if (bus && navigator.locks) {
    void navigator.locks.request(name, lead);
    // What came between the page and the first word of the tab that leads.
    poll().catch(() => {});
  } else void lead();
  setInterval(check, POLL_MS);
  window.addEventListener("online", () => leads && open());
}
