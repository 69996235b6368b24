// Registers kept on this phone to be opened without a network: the page itself and the files it names, in one cache each,
// with names only there. The service worker shows them; here they are made, listed and removed.

const KEPT = "register ";
const NOBODY = "nobody is signed in";
const LONGEST = 24 * 60 * 60 * 1000;
const STATIC = /(?:href|src)="(\/static\/[^"]+)"/g;

// One after the other: what is written while a copy is removed would bring a part of it back.
let turn = Promise.resolve();
const inTurn = (work) => {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
};

export const canKeep = "caches" in window && "serviceWorker" in navigator;
export const endOf = (about) => new Date(about.at + LONGEST);

// Keeps the page at this path as the server gives it now. `about` is { by, label, at? }; `at` of an earlier copy stays.
export const keep = (path, about) => inTurn(async () => {
  // It may have been removed in another window meanwhile.
  if (about.at && !(await caches.has(KEPT + path))) return;
  try {
    await store(path, { at: Date.now(), ...about });
  } catch (error) {
    if (!about.at) await caches.delete(KEPT + path); // never half a page
    throw error;
  }
});

async function store(path, about) {
  const answer = await fetch(path, { headers: { Accept: "text/html" }, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(`the register answered ${answer.status}`);
  const text = await answer.text();
  const files = [...new Set([...text.matchAll(STATIC)].map(([, file]) => file))];
  const cache = await caches.open(KEPT + path);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Length", "Content-Encoding"]) headers.delete(name);
  await cache.put(path, new Response(text.replace("<html ", `<html data-kept-at="${Date.now()}" `), { headers }));
  await cache.put("/about", Response.json(about));
}

// What is kept: [{ path, by, label, at }], soonest to go first. Nothing while nobody is signed in.
export async function kept() {
  if (!canKeep || (await caches.has(NOBODY))) return [];
  return (await all()).sort((one, other) => one.at - other.at);
}

export const keptAt = async (path) => (await kept()).find((each) => each.path === path);

export const forget = (path) => inTurn(() => caches.delete(KEPT + path));

export async function forgetAll() {
  if (canKeep) for (const { path } of await all()) await forget(path);
}

// Called by every page that knows who is signed in ("" for nobody): another person's copies go at once; while nobody is
// signed in they stay, but are not shown until their owner is back.
export async function meet(person) {
  if (!canKeep) return;
  const found = await all();
  if (!person) {
    if (found.length) await caches.open(NOBODY);
    return;
  }
  for (const { path, by } of found) if (by !== person) await forget(path);
  await caches.delete(NOBODY);
}

// The marks as the server last told them, beside the page that was kept before they were made.
export const keepMarks = (path, marks) => inTurn(async () => {
  if (await caches.has(KEPT + path)) await (await caches.open(KEPT + path)).put("/marks", Response.json(marks));
});

export async function keptMarks(path) {
  if (!(await caches.has(KEPT + path))) return null;
  return (await (await caches.open(KEPT + path)).match("/marks"))?.json() ?? null;
}

async function all() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const path = name.slice(KEPT.length);
    const about = await (await (await caches.open(name)).match("/about"))?.json();
    if (Math.abs(Date.now() - (about?.at ?? 0)) > LONGEST) await caches.delete(name);
    else found.push({ path, ...about });
  }
  return found;
}
