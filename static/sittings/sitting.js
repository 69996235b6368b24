// A test that saves itself: each change at once, kept on this device until the server has it.

import { TimeLeft } from "./time_left.js";
import * as unsent from "./unsent.js";

const PATIENCE = 15000, TYPING = 1000, LONGEST_WAIT = 30000;
const form = document.getElementById("sitting"), words = form.dataset;
const me = document.querySelector("meta[name=person]").content;
const state = document.getElementById("saved-state");
const cards = new Map([...form.querySelectorAll(".question-card")].map((card) => [Number(card.dataset.position), card]));
const alone = (work) => (navigator.locks ? navigator.locks.request(`answers ${words.sitting}`, work) : work());
let token = document.querySelector("meta[name=form-token]").content;
let wait = 1000, timer, isSending = false, isAskedAgain = false, problem = "", order = Date.now();

const fieldsIn = (card) => [...card.querySelectorAll("input:not([type=hidden]), select, textarea")];
const baseOf = (card) => card.querySelector(`input[name="base-${card.dataset.position}"]`);

function read(card) {
  const fields = {};
  for (const field of fieldsIn(card)) {
    fields[field.name] ??= [];
    if (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value) fields[field.name].push(field.value);
  }
  return fields;
}

function fill(card, fields) {
  for (const field of fieldsIn(card)) {
    const values = fields[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function keep(card) {
  const position = Number(card.dataset.position);
  const before = unsent.list(words.sitting, me).filter((save) => save.position === position);
  const follows = before.flatMap((save) => [...save.follows, save.client_key]).slice(-20);
  order = Math.max(order + 1, Date.now());
  unsent.put({
    sitting: words.sitting, by: me, position, client_key: crypto.randomUUID(), base: Number(baseOf(card).value), follows,
    fields: read(card), device_at: new Date().toISOString(), order,
  });
  for (const save of before) unsent.drop(save.client_key);
  send();
}

function show() {
  const waiting = unsent.list(words.sitting, me).length;
  const text = problem || (waiting ? (isSending && wait === 1000 ? words.saving : words.unsaved.replace("{n}", waiting)) : words.saved);
  state.classList.toggle("saved-state--waiting", Boolean(waiting || problem));
  if (state.textContent !== text) state.textContent = text;
}

async function ask(options = {}) {
  try {
    const answer = await fetch(words.address, {
      ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-Form-Token": token },
    });
    if (answer.type === "opaqueredirect") return { status: 401, data: {} };
    return { status: answer.status, data: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, data: {} };
  }
}

async function send() {
  clearTimeout(timer);
  if (isSending) {
    isAskedAgain = true;
    return;
  }
  isSending = true;
  show();
  let isDone = true;
  do {
    isAskedAgain = false;
    isDone = await alone(round);
  } while (isDone && isAskedAgain);
  isSending = false;
  wait = isDone ? 1000 : Math.min(2 * wait, LONGEST_WAIT);
  if (!isDone) timer = setTimeout(send, wait);
  show();
}

// One save of a question at a time, in the order in which they were made.
async function round() {
  const answers = [...new Map(unsent.list(words.sitting, me).reverse().map((save) => [save.position, save])).values()];
  if (!answers.length) return true;
  const body = JSON.stringify({ by: me, answers: answers.map(({ sitting, by, order: _order, ...save }) => save) });
  const { status, data } = await ask({ method: "POST", body });
  if (status === 200 || (status === 409 && data.results)) {
    problem = data.is_over ? data.message : "";
    clock.set(data.seconds_left);
    for (const result of data.results) settle(result);
    if (!data.is_over && unsent.list(words.sitting, me).length) isAskedAgain = true;
    return true;
  }
  if (status === 401) problem = words.signedOut;
  if (status === 400 || status === 401) {
    const fresh = await ask();
    if (fresh.status === 200 && fresh.data.by === me) {
      token = fresh.data.form_token;
      problem = "";
    }
  }
  return false;
}

function settle({ client_key, position, state: became, version, fields, message }) {
  const card = cards.get(position), sent = unsent.list(words.sitting, me).find((save) => save.client_key === client_key);
  unsent.drop(client_key);
  if (!card) return;
  const isNewer = unsent.list(words.sitting, me).some((save) => save.position === position);
  if (became === "saved" || became === "unchanged" || became === "conflict") baseOf(card).value = version;
  if (became === "conflict" && !isNewer && sent) tell(card, words.conflict, sent.fields, fields);
  else if (became === "refused") tell(card, `${words.refused} ${message}`);
  else if (became !== "late") card.querySelector(".usa-error-message")?.remove();
}

// What to look at, and what was typed here before the newer answer came.
function tell(card, text, mine, theirs) {
  card.querySelector(".usa-error-message")?.remove();
  const said = document.createElement("p");
  said.className = "usa-error-message";
  said.role = "alert";
  const was = mine ? inWords(card, mine) : "";
  if (theirs) fill(card, theirs);
  said.textContent = `${text} ${was}`.trim();
  card.querySelector("h2").after(said);
}

function inWords(card, fields) {
  fill(card, fields);
  const chosen = fieldsIn(card).filter((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value));
  return chosen.map((field) => (field.type === "radio" || field.type === "checkbox" ? field.labels[0]?.textContent.trim()
    : field.selectedOptions?.[0].textContent ?? field.value)).join("; ");
}

const clock = new TimeLeft(words, async () => {
  await send();
  problem = words.over;
  show();
  if (!unsent.list(words.sitting, me).length) location.assign(words.result);
});

// What a closed tab left behind is shown and sent.
for (const save of unsent.list(words.sitting, me)) if (cards.has(save.position)) fill(cards.get(save.position), save.fields);
let typing;
form.addEventListener("change", ({ target }) => { clearTimeout(typing); const card = target.closest(".question-card"); if (card) keep(card); });
form.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea, input:not([type])")) return;
  clearTimeout(typing);
  typing = setTimeout(() => keep(target.closest(".question-card")), TYPING);
});
window.addEventListener("online", send);
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return;
  const { status, data } = await ask();
  if (status === 200) clock.set(data.seconds_left);
  send();
});
show();
if (unsent.list(words.sitting, me).length) send();
