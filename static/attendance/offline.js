// The page for no network: which registers can be opened all the same, by day and time alone.

import { kept } from "./keeping.js";

const place = document.getElementById("kept");
const items = (await kept().catch(() => [])).map(({ path, label }) => {
  const item = document.createElement("li"), link = document.createElement("a");
  link.href = path;
  link.textContent = label;
  item.append(link);
  return item;
});
place.querySelector("ul").replaceChildren(...items);
place.hidden = !items.length;

// A device says that it is online before it is: the page is loaded again once the server has answered.
async function tryAgain() {
  const answer = document.hidden ? null : await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) window.location.reload();
}

window.addEventListener("online", tryAgain);
if (window.location.pathname !== "/offline") setInterval(tryAgain, 3000);
