// Copy what a button names. Without this script the links can be selected and copied by hand.

const said = document.getElementById("copied");

function textOf(element) {
  return element.value ?? element.textContent;
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(textOf(document.getElementById(button.dataset.copies)));
      said.textContent = button.dataset.copied;
    });
  }
}
