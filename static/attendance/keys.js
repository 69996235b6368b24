// The register by keyboard: up and down move, a letter says how it was, Enter or t opens the times, Escape goes back.

const LETTERS = { p: "present", a: "absent", x: "not_established" };
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

// `choose(row, outcome)` and `finish(row)` (its times are typed) are what the keys lead to.
export function listen(form, rows, choose, finish) {
  const order = [...rows.values()];

  form.addEventListener("keydown", (event) => {
    const row = rows.get(event.target.closest("[data-person]")?.dataset.person);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("select, input:not([type=radio])")) typing(event, row);
    else if (!event.target.closest("button, a")) choosing(event, row);
  });

  function typing(event, row) {
    if (event.key !== "Escape" && !(event.key === "Enter" && event.target.matches("input"))) return;
    event.preventDefault();
    row.closeTimes();
    finish(row);
  }

  function choosing(event, row) {
    const step = STEPS[event.key], outcome = LETTERS[event.key.toLowerCase()];
    const opens = event.key.toLowerCase() === "t" || (event.key === "Enter" && event.target.matches("[type=radio]"));
    if (step) order[order.indexOf(row) + step]?.focus();
    else if (outcome) choose(row, outcome);
    else if (opens) row.openTimes();
    else if (event.key === "Escape" && row.details.open) row.closeTimes();
    else return;
    event.preventDefault();
  }
}
