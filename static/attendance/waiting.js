// On every page: whose phone this is now, what was recorded on it and is not sent yet, and sending it.

import * as keeping from "./keeping.js";
import { pageOf } from "./kinds.js";
import * as queue from "./queue.js";
import { Sender } from "./sending.js";

// Undefined where the page itself does not know: the page for no network, and one that tells of a failure.
const me = document.querySelector("meta[name=person]")?.content;
const place = document.getElementById("waiting");
const isTold = Boolean(document.querySelector("#register, #left-over, #unsent, #save-bar")); // the page itself tells more
let sender;

async function show() {
  const marks = await queue.list();
  const mine = me ? marks.filter((mark) => mark.by === me) : [];
  const others = marks.length - mine.length;
  const parts = [];
  if (mine.length && !isTold) {
    parts.push(place.dataset.unsent.replace("{n}", mine.length));
    parts.push(" · ", link(pageOf(mine[0]), mine[0].place ? place.dataset.openSkill : place.dataset.open));
    if (mine.some((mark) => mark.state || sender?.heldFor(mark))) parts.push(" · ", link(place.dataset.page, place.dataset.look));
  }
  if (parts.length && others) parts.push(" ");
  if (others) parts.push(place.dataset[me ? "others" : me === "" ? "nobody" : "unknown"].replace("{n}", others));
  const said = parts.map((part) => part.textContent ?? part).join("");
  if (place.textContent !== said) place.replaceChildren(...parts);
}

function link(href, text) {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
}

// Whoever signs out leaves no names on the phone. What is not sent stays: it has none.
document.querySelector('form[action$="/sign-out"]')?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await keeping.forgetAll().catch(() => {});
  event.target.submit();
});

if (me !== undefined) keeping.meet(me).catch(() => {});
await show();
if (me && !isTold) {
  const token = document.querySelector("meta[name=form-token]").content;
  sender = new Sender(me, token, show);
  if ((await queue.list()).some((mark) => mark.by === me)) await sender.send();
}
