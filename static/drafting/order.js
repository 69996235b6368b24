// Modules are moved by their buttons without a new page, and by dragging. Without this script the buttons do it all.

const byId = (id) => document.getElementById(id);
let dragged = null;

function takeOver() {
  for (const handle of document.querySelectorAll("[data-handle]")) handle.hidden = false;
}

async function save(form, name, id) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set(name, id);
  try {
    const response = await fetch(form.action, { method: "POST", body: fields });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const draft = page.getElementById("draft");
    if (!draft) throw new Error("not the editor");
    byId("draft").replaceWith(draft);
    for (const words of page.querySelectorAll("main > [role=status]")) {
      document.querySelector("main > [role=status]").replaceChildren(...words.childNodes);
    }
    takeOver();
    const row = byId(`module-${id}`);
    const buttons = [...(row?.querySelectorAll("button:not([disabled])") ?? [])];
    (byId("error-summary") ?? buttons.find((button) => button.name === name) ?? buttons[0])?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  } catch {
    window.location.reload();
  }
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.target.id === "order" && button?.name) {
    event.preventDefault();
    save(event.target, button.name, button.value);
  }
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button > 0) return;
  event.preventDefault();
  const row = handle.closest("[data-module]");
  dragged = { row, handle, next: row.nextElementSibling };
  row.classList.add("draft-module--dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { row } = dragged;
  const others = [...row.parentElement.children].filter((other) => other !== row);
  const below = others.find((other) => {
    const box = other.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  if ((below ?? null) !== row.nextElementSibling) row.parentElement.insertBefore(row, below ?? null);
  if (event.clientY < 90) window.scrollBy(0, -12);
  if (event.clientY > window.innerHeight - 110) window.scrollBy(0, 12);
});

function drop(isKept) {
  if (!dragged) return;
  const { row, next } = dragged;
  dragged = null;
  row.classList.remove("draft-module--dragged");
  if (!isKept) row.parentElement.insertBefore(row, next);
  else if (row.nextElementSibling !== next) save(byId("order"), "moved", row.dataset.module);
}

document.addEventListener("pointerup", () => drop(true));
document.addEventListener("pointercancel", () => drop(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") drop(false);
});

takeOver();
