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
window.addEventListener("online", () => window.location.reload());
