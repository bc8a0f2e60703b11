// Opens pages without a network, from what they have kept themselves (offline/pages.js). It keeps nothing itself. The same
// script stands at an address of each kind of page, and answers for nothing but that kind: its address is its scope.
const PAGE = /\/(\d+\/offline|programs\/attendance)\/$/;
const WAITS_MS = 5_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (PAGE.test(pathname)) {
    if (request.mode === "navigate") event.respondWith(page(request, pathname));
    return;
  }
  // The journal of a walk is asked of the server, always.
  if (request.mode !== "navigate" && !pathname.includes("/journal/")) event.respondWith(file(request));
});

// The page as the server has it now; as it was kept where there is no network, or a very slow one.
async function page(request, pathname) {
  const late = new Promise((resolve) => setTimeout(resolve, WAITS_MS));
  const fetched = fetch(request).then(
    (answer) => (answer.status >= 500 ? undefined : answer),
    () => undefined,
  );
  const first = await Promise.race([fetched, late]);
  if (first) return first;
  const kept = await caches.match(pathname);
  return kept ?? (await fetched) ?? new Response("There is no network, and this page is not kept on this device. Open it once with a network.", { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

// What a page keeps never changes under its address, but for the page itself.
async function file(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  return kept ?? fetch(request);
}
