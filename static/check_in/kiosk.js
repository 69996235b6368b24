// The kiosk: large keys on the screen, an answer that goes away by itself, and nothing left of whoever went on.

const ANSWER_SECONDS = 5;
const DIGITS = 6;
const main = document.querySelector("main");
const form = document.getElementById("kiosk");
const said = document.getElementById("said");

const again = () => window.location.replace(window.location.pathname);

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

  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    if (code.selectionStart !== code.selectionEnd) code.value = ""; // what was refused gives way to the next digit
    code.value = key === "back" ? code.value.slice(0, -1) : (code.value + key).slice(0, DIGITS);
    code.setSelectionRange(code.value.length, code.value.length);
  });
  if (code.value) stirs();
  for (const kind of ["pointerdown", "keydown", "input"]) form.addEventListener(kind, stirs);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault(); // pressed twice
    form.dataset.sent = "yes";
  });
} else {
  setTimeout(again, Number(main.dataset.idle) * 1000);
}
window.addEventListener("pageshow", (event) => { if (event.persisted) again(); });
