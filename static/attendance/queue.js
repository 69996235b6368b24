// Marks that wait to be sent, in the browser's own database: opaque ids and typed times, never a name. What was seen of a
// skill waits here too (kinds.js).
//
// A mark is { client_key, by, session_id, enrollment_id, base_version, device_at, way, fills_unmarked, outcome, arrived,
// left, absences, mode, order } and, once the server answered that a person has to look at it, `state` ("conflict",
// "refused" or "closed") with what there is to say of it. Nothing is taken out but what `revise` is told to.

import { groupOf } from "./kinds.js";

const STORE = "marks";
const JOTTED = "mark ";

// What the disk had no room for: the mark as it is now, or null where it is done with. Lost when the page closes.
const unstored = new Map();
let opening;
let turn = Promise.resolve();

// One after the other, so that two taps never get the same place in the line.
const inTurn = (work) => {
  turn = turn.then(work, work);
  return turn;
};

export const isFull = () => [...unstored.values()].some(Boolean);

// Every mark that waits, whoever made it, in the order in which they were made.
export const list = () => inTurn(current);

async function current() {
  const stored = await read().catch(() => []);
  const marks = new Map(stored.map((mark) => [mark.client_key, mark]));
  for (const [key, mark] of unstored) marks.set(key, mark);
  return [...marks.values()].filter(Boolean).sort((one, other) => one.order - other.order);
}

// Two who share a device do not touch each other's marks.
export const personOf = (mark) => `${mark.by} ${groupOf(mark)} ${mark.enrollment_id}`;

// Puts marks at the end of the line. A mark that was refused is mended by the next one of the same person.
export function add(marks) {
  jot(marks);
  return inTurn(() => place(marks));
}

async function place(marks) {
  const before = await current(), people = new Set(marks.map(personOf));
  let order = Math.max(Date.now(), before.at(-1)?.order ?? 0);
  for (const mark of marks) mark.order = (order += 1);
  const mended = before.filter((mark) => mark.state === "refused" && people.has(personOf(mark)));
  await write([...marks, ...before.filter((mark) => unstored.has(mark.client_key))], mended);
}

// A page that is closing has no time for the database: a mark is jotted down before, and the next page takes it in.
function jot(marks) {
  try {
    for (const mark of marks) localStorage.setItem(JOTTED + mark.client_key, JSON.stringify(mark));
  } catch {
    // No room, or not allowed: then there is the database alone.
  }
}

function strike(mark) {
  try {
    localStorage.removeItem(JOTTED + mark.client_key);
  } catch {
    // Nothing was jotted down.
  }
}

async function takeIn() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(JOTTED));
  const jotted = keys.map((key) => JSON.parse(localStorage.getItem(key))).filter(Boolean);
  if (!jotted.length) return;
  const known = new Set((await current()).map((mark) => mark.client_key));
  for (const mark of jotted) if (known.has(mark.client_key)) strike(mark);
  const lost = jotted.filter((mark) => !known.has(mark.client_key));
  if (lost.length) await place(lost.sort((one, other) => one.device_at.localeCompare(other.device_at)));
}

// Walks the line in order: `judge` returns the mark to keep in its place, or null for one that is done with.
export function revise(judge) {
  return inTurn(async () => {
    const puts = [], done = [];
    for (const mark of await current()) {
      const judged = judge(mark);
      if (judged === null) done.push(mark);
      else if (judged !== mark) puts.push(judged);
    }
    await write(puts, done);
  });
}

async function write(puts, done) {
  // What is new first, so that nothing is lost between the two; and apart, so that no room for a change does not bring
  // back what is done with.
  for (const [marks, change] of [
    [puts.map((mark) => [mark, mark]), (store, mark) => store.put(mark)],
    [done.map((mark) => [mark, null]), (store, mark) => store.delete(mark.client_key)],
  ]) {
    if (!marks.length) continue;
    try {
      await changing((store) => marks.forEach(([mark]) => change(store, mark)));
      for (const [mark] of marks) unstored.delete(mark.client_key);
      for (const [mark] of marks) strike(mark);
    } catch {
      for (const [mark, now] of marks) unstored.set(mark.client_key, now);
    }
  }
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("attendance", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "client_key" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onclose = request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
  });
  opening.catch(() => { opening = undefined; });
  return opening;
}

async function read() {
  const database = await open();
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Resolves once the disk has it: a phone may be off a moment later.
async function changing(change) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    try {
      change(transaction.objectStore(STORE));
    } catch (error) {
      transaction.abort();
      reject(error);
    }
  });
}

inTurn(takeIn).catch(() => {});
