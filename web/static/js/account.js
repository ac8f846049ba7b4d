// Shows a typed password on demand, and hides the questions that the chosen side does not need.
// Without scripts both pages work: the password stays dots and every question is there.

import { whenFilledEarly } from "./early.js";

for (const holder of document.querySelectorAll("[data-secret]")) {
  const input = holder.querySelector("input");
  const button = holder.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    input.focus();
  });
  // A browser keeps what was typed in an ordinary field; a password should not stay there.
  input.form.addEventListener("submit", () => {
    input.type = "password";
    button.setAttribute("aria-pressed", "false");
  });
}

const choices = document.querySelectorAll("[data-side] input[type=radio]");
function showSide() {
  const chosen = [...choices].find((choice) => choice.checked)?.value;
  for (const part of document.querySelectorAll("[data-side-only]")) {
    part.hidden = part.dataset.sideOnly !== chosen;
  }
}
for (const choice of choices) choice.addEventListener("change", showSide);
if (choices.length) showSide();
whenFilledEarly(choices, showSide);
