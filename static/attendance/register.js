// The register without waiting for the server: what is tapped or typed goes into the queue and from there to the server.
// Without this script, or on a page that answers a form that was sent, the form is saved as any other.

import { Drafts } from "./drafts.js";
import * as keeping from "./keeping.js";
import { offerKeeping } from "./keeping_here.js";
import { listen } from "./keys.js";
import { showLeftOver } from "./left_over.js";
import * as queue from "./queue.js";
import { Row } from "./rows.js";
import { reveal, say, time } from "./saying.js";
import { Sender } from "./sending.js";

const PAUSE = 2000; // whoever stops typing has said it
const FLICKER = 700; // shorter than this is not told
const AWAY = 20000;
const MINUTE = 60000;

const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content;
const me = meta("person");
const path = window.location.pathname;
const keptCopyOf = document.documentElement.dataset.keptAt;
const form = document.getElementById("register");
const words = document.getElementById("register-words")?.dataset;

if (form && me && !form.querySelector("[data-pending]") && !document.getElementById("conflict-summary")) live();
else document.getElementById("conflict-summary")?.focus();
if (document.getElementById("left-over")) showLeftOver(me, meta("form-token"), words);
if (keeping.canKeep) navigator.serviceWorker.register("/service-worker.js").catch(() => {});

function live() {
  const session = form.dataset.session;
  const people = [...form.querySelectorAll("[data-person]")];
  const drafts = new Drafts(me, session);
  const rows = new Map(people.map((person) => [person.dataset.person, new Row(person, words, drafts)]));
  const sender = new Sender(me, meta("form-token"), told);
  const timers = new Map();
  const everyone = form.querySelector("[name=everyone]"), save = document.getElementById("save");
  let isLeaving = false, isOld = Boolean(keptCopyOf), hiddenAt = 0, waitsSince = 0, unsent = 0;

  const isMine = (mark) => mark.by === me && mark.session_id === session;
  const rowOf = (element) => rows.get(element.closest("[data-person]")?.dataset.person);
  const touched = () => [...rows.values()].filter((row) => row.isTouched && row.outcome);

  // Into the queue, and from there on its way.
  async function record(marked, fields, fills_unmarked = false) {
    if (!marked.length) return;
    const device_at = `${new Date().toISOString().slice(0, 19)}Z`;
    const way = navigator.onLine && !isOld && sender.problem?.kind !== "network" ? "register" : "offline";
    const marks = marked.map((row) => {
      clearTimeout(timers.get(row));
      return {
        client_key: newKey(), by: me, session_id: session, enrollment_id: row.id, base_version: row.mark.version,
        device_at, way, fills_unmarked, ...(fields ?? row.read()),
      };
    });
    for (const row of marked) {
      row.keepTimes();
      row.taken();
    }
    showUnsent(unsent + marks.length);
    await queue.add(marks);
    await refresh();
    sender.send();
  }

  async function told(answer) {
    if (answer?.session_id === session) {
      useMarks(answer.results.filter((each) => each.mark).map((each) => [each.enrollment_id, each.mark]));
      if (isOld) await load();
      await keepMarks();
    }
    await refresh();
  }

  // The register as the server has it now: for a copy, and for whoever comes back to a page that stood open.
  async function load() {
    const loaded = await sender.load(session);
    if (!loaded) return;
    isOld = false;
    useMarks(Object.entries(loaded.marks));
    // With everybody's mark as it is now this is no copy any more, unless somebody was added since.
    if (Object.keys(loaded.marks).every((id) => rows.has(id))) document.getElementById("copy-notice").hidden = true;
    if (sender.problem?.kind === "closed") sender.problem = null;
    if (loaded.is_open) await queue.revise((mark) => (isMine(mark) && mark.state === "closed" ? opened(mark) : mark));
    else if (!form.querySelector("[data-opens-at]")) sender.problem = { kind: "closed", session_id: session };
    await keepMarks();
    await refresh();
    sender.send();
  }

  // An answer may be overtaken by a later one.
  function useMarks(marks) {
    for (const [id, mark] of marks) {
      const row = rows.get(id);
      if (row && mark.version >= row.mark.version) row.mark = mark;
    }
  }

  const keepMarks = async () => {
    if (keeping.canKeep) await keeping.keepMarks(path, Object.fromEntries([...rows].map(([id, row]) => [id, row.mark])));
  };

  async function refresh() {
    const all = await queue.list(), mine = all.filter(isMine);
    for (const row of rows.values()) {
      row.show(mine.filter((mark) => mark.enrollment_id === row.id), Boolean(sender.problem) || isLate());
    }
    count();
    countMinutes();
    tell(mine);
    showSignOff();
  }

  function count() {
    const outcomes = [...rows.values()].map((row) => row.outcome ?? "none");
    for (const place of form.querySelectorAll("[data-count]")) {
      place.textContent = outcomes.filter((outcome) => outcome === place.dataset.count).length;
    }
    const unmarked = [...rows.values()].filter((row) => !row.outcome && !row.isOwn).length;
    everyone.disabled = !unmarked;
    const fill = document.getElementById("fill");
    const sentence = unmarked ? fill.dataset.some.replace("{n}", unmarked) : fill.dataset.none;
    if (fill.dataset.n !== String(unmarked)) fill.textContent = sentence;
    fill.dataset.n = unmarked;
  }

  // How many took part in all of a module, and in a part of it, by the marks that the server has.
  function countMinutes() {
    for (const line of document.querySelectorAll("[data-module]")) {
      const minutes = [...rows.values()].map((row) => row.mark.minutes?.[line.dataset.module] ?? 0);
      const full = minutes.filter((count) => count >= Number(line.dataset.planned)).length;
      line.querySelector("[data-total=full]").textContent = full;
      line.querySelector("[data-total=part]").textContent = minutes.filter(Boolean).length - full;
    }
  }

  // A register that was opened before the class leads to its sign-off once it has begun.
  function showSignOff() {
    const { from } = document.getElementById("to-sign-off").dataset;
    if (from) document.getElementById("to-sign-off").hidden = Date.now() < Date.parse(from);
  }

  const isLate = () => waitsSince && Date.now() - waitsSince >= FLICKER;

  function tell(mine) {
    const held = mine.filter((mark) => mark.state === "conflict" || mark.state === "refused" || sender.heldFor(mark));
    if (!mine.length) waitsSince = 0;
    else if (!waitsSince) {
      waitsSince = Date.now();
      setTimeout(refresh, FLICKER);
    }
    const isTold = mine.length && (sender.problem || held.length || queue.isFull() || isLate());
    const state = showUnsent(mine.length);
    if (isTold || (!mine.length && !touched().length)) say("save-state", state);
    const kind = queue.isFull() ? "full" : (mine.length || sender.problem?.kind === "closed") && sender.problem?.kind;
    // What closed it, the server knows best.
    const sentence = (kind === "closed" && sender.problem.message) || words[camel(`problem_${kind}`)];
    say("save-problem", kind ? sentence : "");
    document.getElementById("save-sign-in").hidden = kind !== "signed_out";
    document.getElementById("save-reload").hidden = kind !== "closed";
    const look = document.getElementById("save-look");
    look.hidden = !held.length;
    if (held.length) {
      // Of what cannot be sent the page beside tells.
      look.href = kindOf(held[0]) === "cannotBeSent" ? words.unsentPage : `#person-${held[0].enrollment_id}`;
      say("save-look", ["toCorrect", "toDecide", "cannotBeSent"].map((kind) => lookAt(kind, held)).filter(Boolean).join(" · "));
    }
    save.hidden = !["server", "unread", "full"].includes(kind); // for the rest there is nothing to press
  }

  function kindOf(mark) {
    if (!mark.state || !rows.has(mark.enrollment_id)) return "cannotBeSent";
    return mark.state === "refused" ? "toCorrect" : "toDecide";
  }

  function lookAt(kind, held) {
    const people = new Set(held.filter((mark) => kindOf(mark) === kind).map((mark) => mark.enrollment_id));
    return people.size ? words[kind].replace("{n}", people.size) : "";
  }

  // Never "saved" while a row says something else than what is stored or waits.
  function showUnsent(count) {
    unsent = count;
    const isTyped = touched().length > 0;
    const state = count ? words.unsent.replace("{n}", count) : isTyped ? words.typed : words.saved;
    say("save-now", state);
    if (isTyped) say("save-state", "");
    return state;
  }

  form.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (row && event.target.matches("[type=radio], select")) record(row.outcome && row.isTouched ? [row] : []);
  });

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    // Times are typed of somebody who came after all: they are here from then on, as the row shows at once.
    if (event.target.type === "text" && event.target.value) row.choose("present");
    row.keepTimes();
    row.look();
    count();
    showUnsent(unsent);
    clearTimeout(timers.get(row));
    timers.set(row, setTimeout(() => record(row.isTouched && row.outcome ? [row] : []), PAUSE));
  });

  // From one time to the next of the same person nothing is finished yet.
  form.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && event.target.matches("[type=text]") && !row.details.contains(event.relatedTarget)) finish(row);
  });

  const finish = (row) => (row.isTouched && row.outcome ? record([row]) : refresh());

  listen(form, rows, (row, outcome) => {
    if (!row.choose(outcome)) return;
    row.focus();
    if (row.isTouched) record([row]);
  }, finish);

  everyone.addEventListener("click", (event) => {
    event.preventDefault();
    const unmarked = [...rows.values()].filter((row) => !row.outcome && !row.isOwn);
    for (const row of unmarked) row.choose("present");
    record(unmarked, { outcome: "present", arrived: "", left: "", absences: [], mode: null }, true);
  });

  form.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-decides]")?.dataset.decides, row = rowOf(event.target);
    if (!choice || !row) return;
    await decide(row, choice);
    row.focus();
    sender.send();
  });

  // Of a conflict theirs or mine; of a refused time that it is let go.
  async function decide(row, choice) {
    const theirs = (await queue.list()).filter(isMine).filter((mark) => mark.enrollment_id === row.id);
    const last = theirs.at(-1), held = theirs.find((mark) => mark.state);
    await queue.revise((mark) => {
      if (!isMine(mark) || mark.enrollment_id !== row.id) return mark;
      if (choice === "let-go") return mark.state === "refused" ? null : mark;
      if (choice === "theirs" || mark.client_key !== last.client_key) return null;
      const seen = Math.max(row.mark.version, held.theirs?.version ?? 0);
      return { ...opened(mark), base_version: seen, fills_unmarked: false };
    });
    await refresh();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(touched());
    sender.send();
  });

  const flush = () => record(touched());
  document.getElementById("quick-exit")?.addEventListener("click", () => { isLeaving = true; flush(); }, { capture: true });
  window.addEventListener("beforeunload", (event) => {
    // Never held up by a question where somebody leaves in haste.
    if (!isLeaving && (queue.isFull() || touched().length)) event.preventDefault();
    flush();
  });
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => { if (event.persisted) load(); });
  window.addEventListener("online", () => { if (isOld) load(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      flush();
    } else if (isOld || Date.now() - hiddenAt > AWAY) load();
  });

  async function start() {
    openInTime();
    document.getElementById("save").textContent = save.dataset.live;
    if (keptCopyOf) {
      reveal("copy-notice", time(Number(keptCopyOf)));
      useMarks(Object.entries((await keeping.keptMarks(path)) ?? {}));
    }
    const hasHeld = (await queue.list()).some((mark) => isMine(mark) && mark.state);
    await refresh();
    await Promise.all([keptCopyOf || hasHeld ? load() : null, sender.send(), offerKeeping(path, me, !keptCopyOf)]);
    await keepMarks();
  }

  function openInTime() {
    const sheet = form.querySelector("[data-opens-at]");
    if (!sheet) return;
    const left = Date.parse(sheet.dataset.opensAt) - Date.now();
    sheet.disabled = left > 0;
    document.getElementById("opens-notice").hidden = !sheet.disabled;
    if (sheet.disabled) setTimeout(openInTime, Math.min(left, MINUTE)); // a phone that slept counts wrong
  }

  start();
}

function opened({ state, field, message, theirs, ...mark }) {
  return mark;
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

// Random, also where the address is not a secure one and the browser makes none by itself.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
