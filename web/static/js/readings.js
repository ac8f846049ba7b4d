// Takes over what Brug read in somebody's text as an answer, or calls it wrong, at once on the page.
//
// Without it the same buttons send the form, and the page comes back with the answer filled in.

const form = document.querySelector("form[data-readings]");

const copiesOf = (family) => form.querySelectorAll(`[data-reading="${CSS.escape(family)}"]`);

const controlsOf = (name) => [...form.elements].filter((control) => control.name === name);

// Puts what was read in the questions, and returns the first of them.
function fillIn(answers) {
  const filled = Object.entries(answers).flatMap(([name, values]) => {
    const controls = controlsOf(name);
    controls.forEach((control) => {
      if (["checkbox", "radio"].includes(control.type)) {
        control.checked ||= values.includes(control.value);
      } else {
        [control.value] = values;
      }
      ["input", "change"].forEach((kind) => {
        control.dispatchEvent(new Event(kind, { bubbles: true }));
      });
    });
    return controls.filter((control) => control.type !== "checkbox" || control.checked);
  });
  return filled[0];
}

function take(families) {
  const filled = families.map((family) => {
    const [first, ...others] = copiesOf(family);
    const control = fillIn(JSON.parse(first.dataset.answers));
    [first, ...others].forEach((copy) => copy.remove());
    return control;
  });
  filled[0]?.closest("details")?.setAttribute("open", "");
  filled[0]?.focus();
}

function judge(family, isWrong, pressed) {
  copiesOf(family).forEach((copy) => {
    copy.querySelector(".reading-used").hidden = isWrong;
    copy.querySelector(".reading-wrong").hidden = !isWrong;
    copy.querySelector('input[name="unread"]').disabled = !isWrong;
  });
  const now = isWrong ? ".reading-wrong button" : ".reading-used button";
  pressed.closest("[data-reading]").querySelector(now).focus();
}

function usable() {
  const shown = [...form.querySelectorAll("[data-reading]")].filter(
    (copy) => !copy.querySelector(".reading-used").hidden && copy.dataset.answers !== "{}",
  );
  return [...new Set(shown.map((copy) => copy.dataset.reading))];
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="action"]');
  const [verb, family] = (button?.value ?? "").split("-");
  if (!["take", "wrong", "right"].includes(verb)) return;
  event.preventDefault();
  if (verb === "take") take(family === "all" ? usable() : [family]);
  else judge(family, verb === "wrong", button);
  const all = form.querySelector("[data-take-all]");
  if (all && usable().length < 2) all.hidden = true;
});
