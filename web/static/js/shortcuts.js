// Single keys as shortcuts: never while somebody types, and off for whoever turns them off.
const SETTING = "brug-shortcuts";
const TYPING = "input, textarea, select, [contenteditable]";

export const shortcutsOn = () => {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
};

const keep = (on) => {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing simply asks again next time.
  }
};

const showHints = () => {
  document.querySelectorAll("[data-keys]").forEach((hint) => {
    hint.hidden = !shortcutsOn();
  });
};

export const shortcuts = (actions) => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.defaultPrevented || event.target.closest?.(TYPING)) return;
    const act = actions[event.key];
    // Help stays within reach: it is where they are turned on again.
    if (!act || !(shortcutsOn() || event.key === "?")) return;
    event.preventDefault();
    act();
  });
  const setting = document.querySelector("[data-keys-setting]");
  if (setting) {
    setting.checked = shortcutsOn();
    setting.addEventListener("change", () => {
      keep(setting.checked);
      showHints();
    });
  }
  showHints();
};
