// Second step of a need: explains at once what "not my core activity" means for an enclave.
//
// Without it the same explanation comes when the need is published.

import { whenFilledEarly } from "./early.js";

const panel = document.getElementById("not-core");
if (panel) {
  const answers = document.querySelectorAll('input[name="core_activity"]');
  const follow = () => {
    panel.hidden = ![...answers].some((answer) => answer.checked && answer.value === "no");
  };
  answers.forEach((answer) => answer.addEventListener("change", follow));
  follow();
  whenFilledEarly(answers, follow);
}
