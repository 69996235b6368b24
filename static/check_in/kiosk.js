// The kiosk: large keys on the screen, an answer that goes away by itself, and nothing left of whoever went on.

import { forgetAll } from "../attendance/keeping.js";

const ANSWER_SECONDS = 5;
const DIGITS = 6;
const PATIENCE = 4000; // a network that hangs is none
const main = document.querySelector("main");
const form = document.getElementById("kiosk");
const said = document.getElementById("said");

// Whoever gave the tablet away may have kept a register on it: everybody at the door could read it.
forgetAll().catch(() => {});

// Without a network the screen stays: a page that cannot be loaded would be the end of it.
async function isReached() {
  try {
    await fetch(window.location.pathname, {
      method: "HEAD", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
    return true;
  } catch {
    return false;
  }
}

async function again() {
  if (await isReached()) window.location.replace(window.location.pathname);
  else setTimeout(again, Number(main.dataset.idle) * 1000);
}

function say(text) {
  said.textContent = text;
  setTimeout(() => { said.textContent = ""; }, ANSWER_SECONDS * 1000);
}

if (said.textContent.trim()) setTimeout(() => { said.textContent = ""; }, ANSWER_SECONDS * 1000);

if (form) {
  const code = document.getElementById("code");
  const keys = document.getElementById("keys");
  keys.hidden = false;
  document.getElementById("send").hidden = true;
  code.inputMode = "none"; // the keys are on the page; a keyboard that is plugged in still types
  code.select();
  let idle;

  const stirs = () => {
    clearTimeout(idle);
    idle = setTimeout(again, Number(main.dataset.idle) * 1000);
  };
  if (code.getAttribute("aria-invalid")) stirs(); // the sentence goes, too

  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    if (code.selectionStart !== code.selectionEnd) code.value = ""; // what was refused gives way to the next digit
    code.value = key === "back" ? code.value.slice(0, -1) : (code.value + key).slice(0, DIGITS);
    code.setSelectionRange(code.value.length, code.value.length);
  });
  for (const kind of ["pointerdown", "keydown", "input"]) form.addEventListener(kind, stirs);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return; // pressed twice
    form.dataset.sent = "yes";
    if (await isReached()) {
      form.submit();
    } else {
      delete form.dataset.sent;
      code.value = "";
      say(main.dataset.lost);
    }
  });
} else {
  setTimeout(again, Number(main.dataset.idle) * 1000);
}
window.addEventListener("pageshow", (event) => { if (event.persisted) again(); });
