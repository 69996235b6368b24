// The total at the foot follows what is typed into the form of a module.

const bar = document.getElementById("total");
const form = document.getElementById("module");

function hours(minutes) {
  return bar.dataset.hours.replace("{h}", Math.floor(minutes / 60)).replace("{m}", String(minutes % 60).padStart(2, "0"));
}

function show() {
  const typed = form.elements.contact_minutes.value.trim();
  const own = form.elements.required.checked && /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  const total = Number(bar.dataset.others) + own;
  const difference = total - Number(bar.dataset.required);
  const verdict = bar.querySelector("[data-verdict]");
  bar.querySelector("[data-total]").textContent = hours(total);
  const pattern = difference < 0 ? bar.dataset.few : bar.dataset.many;
  verdict.textContent = difference ? pattern.replace("{hours}", hours(Math.abs(difference))) : verdict.dataset.exact;
  verdict.className = `tag ${difference ? "tag--warn" : "tag--good"}`;
}

if (bar && form) {
  form.addEventListener("input", show);
  show();
}
