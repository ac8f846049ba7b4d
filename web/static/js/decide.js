// Deciding by keyboard. Everything here only presses what is on the page already.
import { isBusy } from "./early.js";
import { shortcuts } from "./shortcuts.js";

const cards = [...document.querySelectorAll("[data-card]")];
let current = -1;

const choose = (index) => {
  if (!cards.length) return;
  current = Math.min(cards.length - 1, Math.max(0, index));
  cards.forEach((card, place) => card.classList.toggle("current", place === current));
  cards[current].focus({ preventScroll: true });
  cards[current].scrollIntoView({ block: "start" });
};

const focused = () => {
  const card = document.activeElement?.closest?.("[data-card]");
  if (card) current = cards.indexOf(card);
  return current;
};

// A form that asks something opens; one that asks nothing is sent.
const use = (root, name) => {
  const found = root?.querySelector(`[data-action="${name}"]`);
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  } else {
    found?.requestSubmit();
  }
};

const inCard = (name) => () => {
  if (focused() < 0) choose(0);
  else use(cards[current], name);
};

// Whoever thinks better of it leaves the form with Escape; what was typed stays in it.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" && event.target.closest?.("details[data-action][open]");
  if (!form) return;
  form.open = false;
  form.querySelector("summary").focus();
});

const help = document.querySelector("[data-keys-help]");
if (help) help.hidden = false;

shortcuts({
  j: () => choose(focused() + 1),
  k: () => choose(focused() < 0 ? 0 : focused() - 1),
  a: inCard("approve"),
  r: inCard("refuse"),
  u: inCard("undo"),
  l: () => use(document, "later"),
  "?": () => {
    if (!help) return;
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
});

// A field that is to be mended has the focus already.
const meant = cards.findIndex((card) => `#${card.id}` === location.hash);
if (meant >= 0 && !isBusy()) choose(meant);
