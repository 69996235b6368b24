// What every page does: leave fast, and bring a screen reader to the errors.

const exit = document.getElementById("quick-exit");
exit?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(exit.href);
});

document.getElementById("error-summary")?.focus();
