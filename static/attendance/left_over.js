// A register that is signed off: what this phone could not send any more is handed to correction, person by person.

import * as keeping from "./keeping.js";
import * as queue from "./queue.js";
import { said } from "./rows.js";
import { Sender } from "./sending.js";

export async function showLeftOver(me, token, words) {
  const place = document.getElementById("left-over"), path = window.location.pathname;
  const isLeft = (mark) => mark.by === me && mark.session_id === place.dataset.session;

  async function show() {
    const left = (await queue.list()).filter(isLeft);
    place.hidden = !left.length;
    place.querySelector("ul").replaceChildren(...left.map(line));
  }

  function line(mark) {
    const item = place.querySelector("template").content.cloneNode(true).firstElementChild;
    const name = document.querySelector(`[data-person="${mark.enrollment_id}"] .person__name`);
    const person = item.querySelector("a");
    person.textContent = name?.textContent ?? place.dataset.unknown;
    person.href = `${path}/${mark.enrollment_id}`;
    item.querySelector("[data-said]").textContent = said(mark, words);
    item.querySelector("button").addEventListener("click", async () => {
      await queue.revise((each) => (each.client_key === mark.client_key ? null : each));
      await show();
      if (!place.hidden) place.focus();
    });
    return item;
  }

  if (keeping.canKeep) await keeping.forget(path);
  await show();
  await new Sender(me, token, show).send();
}
