// A button that shows what was typed into a password field, for people who cannot see whether it is right.

for (const field of document.querySelectorAll("input[type=password]")) {
  const { show, hide } = document.getElementById("password-labels").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "usa-button usa-button--unstyled show-password";
  button.setAttribute("aria-controls", field.id);
  const label = () => { button.textContent = field.type === "password" ? show : hide; };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    label();
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
  label();
  field.after(button);
}
