// Whatever this person's device could not send, of any session: also where there is no register to see it in any more.

import { groupOf, pageOf } from "./kinds.js";
import * as queue from "./queue.js";
import { said as saidOfMark } from "./rows.js";
import { say } from "./saying.js";
import { Sender } from "./sending.js";

const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
const place = document.getElementById("unsent");
const words = { ...document.getElementById("register-words").dataset, ...place.dataset };
const sender = new Sender(meta("person"), meta("form-token"), show);

async function show() {
  const mine = (await queue.list()).filter((mark) => mark.by === meta("person"));
  const stuck = new Map(); // by session or skill, and reason
  for (const mark of mine) {
    const why = reasonOf(mark), key = `${groupOf(mark)} ${why}`;
    if (why) stuck.set(key, [...(stuck.get(key) ?? []), mark]);
  }
  say("unsent-state", mine.length ? words.unsent.replace("{n}", mine.length) : words.saved);
  document.getElementById("unsent-parts").replaceChildren(...[...stuck.values()].map(part));
}

// Nothing for a mark that is only waiting for its turn or the network: it goes by itself.
function reasonOf(mark) {
  if (mark.state === "conflict") return words.different;
  if (mark.state) return mark.message || words.refused;
  const kind = sender.heldFor(mark);
  return kind && (kind === "unread" ? words.problemUnread : words.problemNotAllowed);
}

function part(marks) {
  const section = copy("unsent-part");
  section.querySelector("h2").textContent = words.on.replace("{day}", on(marks[0], { dateStyle: "full" }));
  section.querySelector("[data-why]").textContent = reasonOf(marks[0]);
  section.querySelector("a").href = pageOf(marks[0]);
  section.querySelector("ul").append(...marks.map(line));
  const all = section.querySelector("details");
  all.hidden = marks.length === 1;
  all.querySelector("button").addEventListener("click", () => remove(marks));
  return section;
}

function line(mark) {
  const item = copy("unsent-line");
  item.querySelector("[data-at]").textContent = on(mark, { timeStyle: "short" });
  item.querySelector("[data-said]").textContent = said(mark);
  item.querySelector("button").addEventListener("click", () => remove([mark]));
  return item;
}

const said = (mark) => (mark.place ? words[mark.outcome] ?? "" : saidOfMark(mark, words));
const copy = (id) => document.getElementById(id).content.cloneNode(true).firstElementChild;
const on = (mark, form) => new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(mark.device_at));

async function remove(marks) {
  const keys = new Set(marks.map((mark) => mark.client_key));
  await queue.revise((mark) => (keys.has(mark.client_key) ? null : mark));
  await show();
  place.focus();
  await sender.send(); // what stood behind it
}

await show();
await sender.send();
