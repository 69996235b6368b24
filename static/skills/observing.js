// One skill, person by person, without waiting for the server: what is chosen goes into the queue and from there to the
// server. Without this script, or on a page that answers a form that was sent, each form is saved as any other.

import * as keeping from "../attendance/keeping.js";
import { offerKeeping } from "../attendance/keeping_here.js";
import * as queue from "../attendance/queue.js";
import { reveal, say, time } from "../attendance/saying.js";
import { Sender } from "../attendance/sending.js";

const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content;
const me = meta("person"), path = window.location.pathname;
const keptCopyOf = document.documentElement.dataset.keptAt;
const list = document.getElementById("observing"), bar = document.getElementById("save-bar");
const words = { ...document.getElementById("register-words")?.dataset, ...document.getElementById("skill-words")?.dataset };

if (list && bar && me && !("answered" in list.dataset)) live();
if (keeping.canKeep) navigator.serviceWorker.register("/service-worker.js").catch(() => {});

function live() {
  const rows = new Map([...list.querySelectorAll("[data-person]")].map((element) => [element.dataset.person, rowOf(element)]));
  const sender = new Sender(me, meta("form-token"), told);
  const isMine = (mark) => mark.by === me && mark.place === path;
  let isOld = Boolean(keptCopyOf);

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const row = rows.get(event.target.closest("[data-person]").dataset.person);
    const said = read(event.target, event.submitter?.value ?? "not_yet");
    const before = (await queue.list()).filter((mark) => isMine(mark) && mark.enrollment_id === row.id && mark.state === "conflict");
    // Said again of somebody in dispute: what was said before is let go.
    await queue.revise((mark) => (before.some((each) => each.client_key === mark.client_key) ? null : mark));
    await queue.add([{
      client_key: newKey(), by: me, place: path, enrollment_id: row.id, base_version: row.version,
      device_at: `${new Date().toISOString().slice(0, 19)}Z`, ...said,
    }]);
    row.element.querySelector("details").open = false;
    row.element.querySelector("summary").focus();
    await refresh();
    sender.send();
  });

  list.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-decides]")?.dataset.decides;
    if (!choice) return;
    const row = rows.get(event.target.closest("[data-person]").dataset.person);
    await queue.revise((mark) => {
      if (!isMine(mark) || mark.enrollment_id !== row.id || !mark.state) return mark;
      if (choice !== "mine") return null;
      const { state, field, message, theirs, ...again } = mark;
      return { ...again, base_version: Math.max(row.version, theirs?.version ?? 0) };
    });
    await refresh();
    row.element.querySelector("summary").focus();
    sender.send();
  });

  document.getElementById("save").addEventListener("click", () => sender.send());

  async function told(answer) {
    if (answer?.group === path) {
      for (const { enrollment_id, mark } of answer.results) use(enrollment_id, mark);
      if (isOld) await load();
      await keepMarks();
    }
    await refresh();
  }

  function use(id, mark) {
    const row = rows.get(id);
    if (!row || !mark || mark.version < row.version) return;
    row.mark = mark;
    row.version = mark.version;
  }

  const keepMarks = async () => {
    const known = [...rows].filter(([, row]) => row.mark).map(([id, row]) => [id, row.mark]);
    if (keeping.canKeep) await keeping.keepMarks(path, Object.fromEntries(known));
  };

  // The skill as the server has it now, for a copy and for whoever comes back to a page that stood open.
  async function load() {
    const loaded = await sender.load(path);
    if (!loaded) return;
    isOld = false;
    for (const [id, mark] of Object.entries(loaded.marks)) use(id, mark);
    if (Object.keys(loaded.marks).every((id) => rows.has(id))) document.getElementById("copy-notice").hidden = true;
    await keepMarks();
    await refresh();
    sender.send();
  }

  async function refresh() {
    const mine = (await queue.list()).filter(isMine);
    for (const row of rows.values()) show(row, mine.filter((mark) => mark.enrollment_id === row.id));
    const held = mine.some((mark) => mark.state || sender.heldFor(mark));
    bar.hidden = !mine.length && !sender.problem;
    say("save-now", mine.length ? words.unsent.replace("{n}", mine.length) : words.saved);
    const kind = queue.isFull() ? "full" : mine.length && sender.problem?.kind;
    say("save-problem", kind ? words[camel(`problem_${kind}`)] ?? "" : "");
    document.getElementById("save-sign-in").hidden = kind !== "signed_out";
    document.getElementById("save").hidden = !["server", "unread", "full"].includes(kind) || held;
  }

  async function start() {
    for (const input of list.querySelectorAll("input[name$=observed_on]")) input.value = today();
    if (keptCopyOf) {
      reveal("copy-notice", time(Number(keptCopyOf)));
      for (const [id, mark] of Object.entries((await keeping.keptMarks(path)) ?? {})) use(id, mark);
    }
    await refresh();
    await Promise.all([keptCopyOf ? load() : null, sender.send(), offerKeeping(path, me, !keptCopyOf)]);
  }

  window.addEventListener("pageshow", (event) => { if (event.persisted) load(); });
  window.addEventListener("online", () => { if (isOld) load(); });
  start();
}

function rowOf(element) {
  return {
    element, id: element.dataset.person, version: Number(element.dataset.version), mark: null,
    state: element.querySelector(".seen__state"), note: element.querySelector(".seen__note"),
    told: element.querySelector(".seen__told"), shown: "",
  };
}

// What the form says. The day it opened on may be yesterday's: an empty one is today.
function read(form, outcome) {
  const value = (name) => form.querySelector(`input[name$=${name}]`).value;
  return {
    rubric_id: value("rubric_id"),
    outcome,
    met: [...form.querySelectorAll("[type=checkbox]:checked")].map((box) => Number(box.value)),
    observed_on: value("observed_on") || today(),
    next_try_on: (outcome === "not_yet" && value("next_try_on")) || null,
  };
}

// The server's word, what waits to be sent, and what a person has to look at.
function show(row, waiting) {
  const last = waiting.at(-1), held = waiting.find((mark) => mark.state);
  row.element.classList.toggle("seen--waiting", Boolean(last));
  if (last) row.note.textContent = `${words.waiting} ${words[last.outcome]}`;
  else if (row.mark) {
    row.state.replaceChildren(tag(row.mark));
    row.note.textContent = row.mark.note;
    // What is signed is not signed again: the form goes once it was sent.
    row.element.querySelector("form")?.toggleAttribute("hidden", row.mark.is_signed);
  }
  const key = held ? JSON.stringify(held) : "";
  if (row.shown === key) return;
  row.shown = key;
  row.told.replaceChildren(...(held ? [held.state === "conflict" ? choice(row, held, last) : refusal(held)] : []));
  if (held) row.element.querySelector("details").open = true;
}

function choice(row, held, last) {
  const piece = document.getElementById("seen-conflict").content.cloneNode(true);
  const name = row.element.querySelector(".seen__name").textContent;
  piece.querySelector("legend").textContent = words.which.replace("{name}", name);
  piece.querySelector("[data-by]").textContent = words.asRecorded;
  piece.querySelector("[data-theirs]").textContent = `${row.mark?.label ?? ""} ${held.theirs?.said ?? ""}`.trim();
  piece.querySelector("[data-mine]").textContent = words[last.outcome];
  return piece;
}

function refusal(held) {
  const piece = document.getElementById("seen-refused").content.cloneNode(true);
  piece.querySelector("[data-sentence]").textContent = held.message;
  return piece;
}

function tag({ state, label }) {
  const made = document.createElement("span");
  made.className = `tag tag--${state === "signed" ? "good" : "plain"}`;
  made.textContent = label;
  return made;
}

function camel(name) {
  return name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

// The day where the cohort trains, which a device in another time zone may not have.
function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: list.dataset.timeZone }).format(new Date());
}

// Random, also where the address is not a secure one and the browser makes none by itself.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
