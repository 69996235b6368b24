// On every page: whose phone this is now, what was recorded on it and is not sent yet, and sending it.

import * as keeping from "./keeping.js";
import * as queue from "./queue.js";
import { Sender } from "./sending.js";

// Undefined where the page itself does not know: the page for no network, and one that tells of a failure.
const me = document.querySelector("meta[name=person]")?.content;
const place = document.getElementById("waiting");
const isRegister = Boolean(document.querySelector("#register, #left-over"));

async function show() {
  const marks = await queue.list();
  const mine = me ? marks.filter((mark) => mark.by === me) : [];
  const others = marks.length - mine.length;
  const parts = [];
  // The register itself tells more.
  if (mine.length && !isRegister) {
    const link = document.createElement("a");
    link.href = `/sessions/${mine[0].session_id}/attendance`;
    link.textContent = place.dataset.open;
    parts.push(`${place.dataset.unsent.replace("{n}", mine.length)} · `, link);
  }
  if (others) parts.push(place.dataset[me ? "others" : me === "" ? "nobody" : "unknown"].replace("{n}", others));
  const said = parts.map((part) => part.textContent ?? part).join("");
  if (place.textContent !== said) place.replaceChildren(...parts.flatMap((part, n) => (n === 2 ? [" ", part] : [part])));
}

// Whoever signs out leaves no names on the phone. What is not sent stays: it has none.
document.querySelector('form[action$="/sign-out"]')?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await keeping.forgetAll().catch(() => {});
  event.target.submit();
});

if (me !== undefined) keeping.meet(me).catch(() => {});
await show();
if (me && !isRegister) {
  const token = document.querySelector("meta[name=form-token]").content;
  if ((await queue.list()).some((mark) => mark.by === me)) await new Sender(me, token, show).send();
}
