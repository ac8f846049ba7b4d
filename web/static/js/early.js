// What somebody did before a script came, on a slow line, or what the browser put back on a reload
// or on going back. No event of that reaches a script that loads afterwards.

const ANSWER = "input, textarea, select";

const isChanged = (control) => {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    const sent = options.findIndex((option) => option.defaultSelected);
    // Where the server chose none, a list begins with its first.
    return control.selectedIndex !== (sent < 0 ? Math.min(0, options.length - 1) : sent);
  }
  if (["checkbox", "radio"].includes(control.type)) return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
};

// Calls `act` now when one of these controls is not as the server sent it, and once more when the
// page is shown: some browsers put answers back only then.
export const whenFilledEarly = (controls, act) => {
  const look = () => {
    if ([...controls].some((control) => control.matches(ANSWER) && isChanged(control))) act();
  };
  look();
  addEventListener("pageshow", look);
};

// Whether somebody is at work in the page already, so that no script may take the focus from him.
export const isBusy = () =>
  Boolean(document.activeElement?.matches("input, textarea, select, button, summary, a"));
