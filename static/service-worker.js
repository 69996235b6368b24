"use strict";
// Opens a kept register when the network fails, and says so for every other page. It keeps nothing but the page
// that says so: registers are kept by the page itself (attendance/keeping.js), one cache each.

const OFFLINE_PAGE = "/offline";
const OFFLINE = "offline page";
const KEPT = "register ";
const NOBODY = "nobody is signed in";
const LONGEST = 24 * 60 * 60 * 1000;
const PATIENCE = 4000;
const GATEWAY = [502, 503, 504]; // answered in place of the application
const GONE = [403, 404, 409]; // no register for whoever is signed in
const STATIC = /(?:href|src)="(\/static\/[^"]+)"/g;

// The windows that show a copy: they get the copy's own scripts, so that page and script are of one version.
const windowsOfCopies = new Set();

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), dropOld()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(asset(event));
});

async function keepOfflinePage() {
  // Without cookies: the page that everybody sees names nobody.
  const answer = await fetch(OFFLINE_PAGE, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(`the offline page answered ${answer.status}`);
  const text = await answer.clone().text();
  const cache = await caches.open(OFFLINE);
  await cache.addAll([...text.matchAll(STATIC)].map(([, path]) => new Request(path, { cache: "no-cache" })));
  await cache.put(OFFLINE_PAGE, answer);
}

async function page(event, path) {
  const kept = await copyOf(path);
  try {
    const answer = await (kept ? hurried(fetch(event.request)) : fetch(event.request));
    if (kept && GONE.includes(answer.status)) await caches.delete(KEPT + path);
    if (!kept || !GATEWAY.includes(answer.status)) return answer;
  } catch (error) {
    if (!kept) return (await caches.match(OFFLINE_PAGE, { cacheName: OFFLINE })) ?? Promise.reject(error);
  }
  windowsOfCopies.add(event.resultingClientId);
  return kept;
}

// A network that hangs is none.
function hurried(answer) {
  return Promise.race([answer, new Promise((_, reject) => { setTimeout(reject, PATIENCE, new Error("too slow")); })]);
}

async function asset(event) {
  if (windowsOfCopies.has(event.clientId)) {
    const kept = await caches.match(event.request);
    if (kept) return kept;
  }
  try {
    return await fetch(event.request);
  } catch (error) {
    return (await caches.match(event.request)) ?? Promise.reject(error);
  }
}

// The copy of this address, unless it is too old, or nobody or somebody unknown has the site open.
async function copyOf(path) {
  const name = KEPT + path;
  if (!(await caches.has(name)) || (await caches.has(NOBODY))) return undefined;
  const cache = await caches.open(name);
  const about = await (await cache.match("/about"))?.json();
  // Clocks are also set back, by a little: that is no reason to lose a copy.
  if (Math.abs(Date.now() - (about?.at ?? 0)) > LONGEST) {
    await caches.delete(name);
    return undefined;
  }
  return cache.match(path);
}

async function dropOld() {
  for (const name of await caches.keys()) {
    if (name.startsWith(KEPT)) await copyOf(name.slice(KEPT.length));
  }
}
