// Shows, while an offer is typed, what Brug makes of it: activities, conditions, how many open needs
// could fit, and for a profile the words that give somebody away. Without JavaScript a button does
// the same.

import { whenFilledEarly } from "./early.js";

const WAIT_MS = 500;
const form = document.querySelector("form[data-recognise]");

function start() {
  const seen = document.getElementById("seen");
  const toldAway = document.getElementById("told-away");
  const state = { timer: 0, request: null };

  form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });

  // What is replaced may hold the focus; the box with the same id gets it back.
  function replace(target, html) {
    const focused = target.contains(document.activeElement) ? document.activeElement.id : "";
    target.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus();
  }

  // Below each question what was read about it now, and nothing where nothing was.
  function placeReadings(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    form.querySelectorAll("[data-reading-slot]").forEach((slot) => {
      const name = CSS.escape(slot.dataset.readingSlot);
      slot.innerHTML = read.querySelector(`[data-reading-slot="${name}"]`)?.innerHTML ?? "";
    });
  }

  async function ask(action = "") {
    state.request?.abort();
    state.request = new AbortController();
    const typed = new FormData(form);
    if (action) typed.set("action", action);
    try {
      const answer = await fetch(form.dataset.recognise, {
        method: "POST", body: typed, signal: state.request.signal,
      });
      if (!answer.ok) return;
      const found = await answer.json();
      replace(seen, found.html);
      placeReadings(found.slots);
      for (const [name, text] of Object.entries(found.rewritten ?? {})) {
        const field = form.elements[name];
        if (field && text !== null && field.value !== text) field.value = text;
      }
      if (toldAway) replace(toldAway, found.told_away);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function later() {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(), WAIT_MS);
  }

  // One click puts the proposed words in the text; what was typed elsewhere stays as it is.
  toldAway?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rewrite]");
    if (!button) return;
    event.preventDefault();
    clearTimeout(state.timer);
    ask(button.value);
    toldAway.tabIndex = -1;
    toldAway.focus();
  });

  const read = "textarea, select, input:not([name=shown], [name=added])";
  form.addEventListener("input", (event) => {
    if (event.target.matches(read)) later();
  });
  whenFilledEarly(form.querySelectorAll(read), later);
}

if (form) start();
