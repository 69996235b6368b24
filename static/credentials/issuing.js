// Follows the worker: moves the bar each second, and loads the page once more when everything is done.

const box = document.getElementById("issuing");

async function follow() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    const { done, is_finished: isFinished } = await answer.json();
    document.getElementById("bar").value = done;
    document.getElementById("done").textContent = done;
    if (isFinished) {
      window.location.reload();
      return;
    }
  } catch {
    // The network is away: try again with the next tick.
  }
  setTimeout(follow, 1000);
}

if (box) setTimeout(follow, 500);
