// The buttons of a register that keep it on this phone, and remove it again.

import * as keeping from "./keeping.js";
import { say, time } from "./saying.js";

// `isFresh`: this page comes from the server, so an earlier copy is renewed from it.
export async function offerKeeping(path, person, isFresh) {
  if (!keeping.canKeep) return;
  const place = document.getElementById("keep"), words = place.dataset;
  const now = document.getElementById("keep-now"), remove = document.getElementById("keep-remove");

  async function show() {
    const about = await keeping.keptAt(path);
    place.hidden = false;
    now.hidden = Boolean(about);
    remove.hidden = !about;
    say("keep-state", about ? words.kept.replace("{time}", time(keeping.endOf(about))) : "");
    return about;
  }

  now.addEventListener("click", async () => {
    say("keep-state", words.keeping);
    try {
      await navigator.serviceWorker.ready;
      await keeping.keep(path, { by: person, label: words.label });
      navigator.storage?.persist?.();
      await show();
      remove.focus();
    } catch (error) {
      say("keep-state", error.name === "QuotaExceededError" ? words.full : words.failed);
    }
  });

  remove.addEventListener("click", async () => {
    await keeping.forget(path);
    await show();
    now.focus();
  });

  const about = await show();
  // It ends when it was to end, and holds who is on the register by now.
  if (about && isFresh) await keeping.keep(path, about).catch(() => {});
}
