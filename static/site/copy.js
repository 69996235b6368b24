// Copy what a button names. Without this script, or where the clipboard refuses, it can be selected and copied by hand.

const said = document.getElementById("copied");

function select(element) {
  if (element.select) element.select();
  else document.getSelection().selectAllChildren(element);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const source = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
        said.textContent = button.dataset.copied;
      } catch {
        select(source);
        said.textContent = said.dataset.refused;
      }
    });
  }
}
