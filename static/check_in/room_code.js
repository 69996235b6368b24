// The code in the room, made anew by the server every half minute: only that part of the page is exchanged.

const RETRY_SECONDS = 5;
const lost = document.getElementById("room-code-lost");

function wait(seconds) {
  setTimeout(renew, seconds * 1000);
}

async function renew() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("room-code");
    const shown = document.getElementById("room-code");
    if (!answer.ok || answer.redirected || !fresh || "waits" in shown.dataset !== "waits" in fresh.dataset) {
      window.location.reload(); // signed out, or checking in opened or closed: the page itself says so
      return;
    }
    shown.replaceWith(document.adoptNode(fresh));
    lost.textContent = "";
    wait(Number(fresh.dataset.seconds));
  } catch {
    lost.textContent = lost.dataset.said;
    wait(RETRY_SECONDS);
  }
}

const first = document.getElementById("room-code");
if (first) wait(Number(first.dataset.seconds));
