// What every page does: leave fast, bring a screen reader to the errors, and close the menu by Escape.

const exit = document.getElementById("quick-exit");
exit?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(exit.href);
});

document.getElementById("error-summary")?.focus();

const menu = document.getElementById("menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
