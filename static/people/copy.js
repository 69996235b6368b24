// Copy a link that is shown once. Without this script it can be selected and copied by hand.

const field = document.getElementById("link");
const button = document.getElementById("copy-link");
if (field && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    document.getElementById("copied").textContent = button.dataset.copied;
  });
}
