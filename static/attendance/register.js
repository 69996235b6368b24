// The register without waiting for the server: counts, what is not saved yet, and one-letter keys.

const form = document.getElementById("register");
const KEYS = { p: "present", a: "absent", x: "not_established" };

if (form) {
  const people = [...form.querySelectorAll("[data-person]")];
  const state = document.getElementById("save-state");
  const outcome = (person) => person.querySelector(".choices__input:checked")?.value ?? "";
  const fields = (person) => new URLSearchParams(
    [...person.querySelectorAll("input[name], select[name]")]
      .filter((field) => field.type !== "radio" || field.checked)
      .map((field) => [field.name, field.value]),
  ).toString();
  // What came back refused is not saved, even untouched.
  const before = new Map(people.map((person) => [person, "pending" in person.dataset ? null : fields(person)]));
  let isLeaving = false;

  const unsaved = () => people.filter((person) => fields(person) !== before.get(person)).length;

  function show(person) {
    person.className = `person person--${outcome(person) || "none"}`;
    person.classList.toggle("person--changed", fields(person) !== before.get(person));
  }

  function count() {
    for (const place of form.querySelectorAll("[data-count]")) {
      const value = place.dataset.count === "none" ? "" : place.dataset.count;
      place.textContent = people.filter((person) => outcome(person) === value).length;
    }
    const open = unsaved();
    state.textContent = open ? form.dataset.unsaved.replace("{n}", open) : form.dataset.saved;
  }

  function choose(person, value) {
    const input = person.querySelector(`.choices__input[value="${value}"]`);
    if (input && !input.matches(":disabled")) {
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    }
  }

  function move(person, step) {
    const next = people[people.indexOf(person) + step];
    const target = next?.querySelector(".choices__input:checked") ?? next?.querySelector(".choices__input");
    target?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("input", (event) => {
    const person = event.target.closest("[data-person]");
    // Times are typed of somebody who came after all: they are here from then on, as the row shows at once.
    if (person && event.target.type === "text" && event.target.value) {
      person.querySelector('.choices__input[value="present"]').checked = true;
    }
  });

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const person = event.target.closest("[data-person]");
      if (person) {
        show(person);
        count();
      }
    });
  }

  form.addEventListener("keydown", (event) => {
    const person = event.target.closest("[data-person]");
    const isTyping = event.target.matches("select, input:not([type=radio])");
    if (!person || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const value = KEYS[event.key.toLowerCase()];
    if (!step && !value) return;
    event.preventDefault();
    if (step) move(person, step);
    else choose(person, value);
  });

  const leave = () => { isLeaving = true; };
  form.addEventListener("submit", leave);
  // Saving loads the page again: whoever was half-way down the room stays there, unless something needs mending.
  const PLACE = `place of ${window.location.pathname}`;
  form.addEventListener("submit", () => {
    sessionStorage.setItem(PLACE, JSON.stringify([window.scrollY, document.activeElement?.id]));
  });
  const [top, focused] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (top && !document.querySelector("#error-summary, #conflict-summary")) {
    document.getElementById(focused)?.focus({ preventScroll: true });
    window.scrollTo(0, top);
  }
  document.getElementById("quick-exit")?.addEventListener("click", leave, { capture: true }); // never held up by a question
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && unsaved()) event.preventDefault();
  });
  document.getElementById("conflict-summary")?.focus();
  count();
}
