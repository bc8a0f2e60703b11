// Systems that are lost and in no open case: asked for anew when a case is closed over one or opened again, and every
// minute while any is shown.
const EVERY_MS = 60000;

export function startLost(desk) {
  const strip = desk.querySelector("[data-lost]");
  let askedAt = Date.now();

  async function refresh() {
    askedAt = Date.now();
    try {
      const answer = await fetch(location.pathname, {
        headers: { "X-Desk": "lost" },
        redirect: "manual",
        cache: "no-store",
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      strip.replaceChildren(...page.querySelector("[data-lost]").childNodes);
    } catch {
      // What there is stays; the next minute asks again.
    }
  }

  return {
    apply(change) {
      if (strip && (change.forgets || change.kind === "reopened")) void refresh();
    },
    tick() {
      if (strip?.childElementCount && Date.now() - askedAt > EVERY_MS && !document.hidden) void refresh();
    },
  };
}
