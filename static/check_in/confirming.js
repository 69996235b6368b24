// How many marks the button confirms.

const form = document.getElementById("arrivals");
const button = document.getElementById("confirm");

function count() {
  const ticked = form.querySelectorAll("input[type=checkbox]:checked").length;
  button.textContent = form.dataset.label.replace("{n}", ticked);
}

if (form) {
  form.addEventListener("change", count);
  count();
}
document.getElementById("conflict-summary")?.focus();
