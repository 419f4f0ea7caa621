// Keeps the page of hand-overs at hand while the line is down: the page, its style and its script, and nothing else.
const KEPT = "probity-handover-1";
const PAGE = "/exhibits/scan";

self.addEventListener("install", event => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === PAGE || url.pathname.startsWith("/assets/")) event.respondWith(freshOrKept(event.request));
});

// From the server where it answers; what it answered last where it does not. A sign-in page or an error is not kept.
async function freshOrKept(request) {
  // The page is the same whatever its list is narrowed down to.
  const url = new URL(request.url);
  const key = url.pathname === PAGE ? url.origin + PAGE : request.url;
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await kept.put(key, answer.clone());
    return answer;
  } catch (fault) {
    const copy = await kept.match(key);
    if (copy) return copy;
    throw fault;
  }
}
