// Shows what Brug makes of the words while they are typed, on the first step of a need.
//
// Without it the page works with its buttons. The server draws the recognised part; this module
// puts it in place, keeps the focus where it was, and moves the proposed kind along until the
// person picks one himself.

import { whenFilledEarly } from "./early.js";

const WAIT_MS = 400;

const form = document.querySelector("form[data-recognise]");
if (form) enhance(form);

function enhance(form) {
  const seen = form.querySelector("#seen");
  const aside = seen.closest(".need-aside");
  const add = form.elements.add;
  const guessed = form.elements.guessed;
  const state = { timer: 0, request: null };

  form.querySelectorAll("[data-without-script]").forEach((button) => button.remove());

  function later() {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, WAIT_MS);
  }

  async function ask() {
    state.request?.abort();
    state.request = new AbortController();
    const body = new FormData(form);
    aside.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.recognise, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": body.get("csrf_token") },
        signal: state.request.signal,
      });
      if (answer.ok && answer.headers.get("content-type")?.includes("json")) {
        show(await answer.json());
      }
      aside.removeAttribute("aria-busy");
    } catch (error) {
      // A newer question took over, or there is no connection: the page stays as it was.
      if (error.name !== "AbortError") aside.removeAttribute("aria-busy");
    }
  }

  function show({ html, kind }) {
    const focused = seen.contains(document.activeElement) ? document.activeElement.id : "";
    seen.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus();
    propose(kind);
  }

  function propose(kind) {
    const cards = [...form.querySelectorAll('input[name="kind"]')];
    const picked = cards.find((card) => card.checked);
    const card = cards.find((candidate) => candidate.value === kind);
    if (!form.elements.text.value.trim() || !card) return;
    if (picked && picked.value !== guessed.value) return;
    card.checked = true;
    guessed.value = kind;
  }

  async function addActivity() {
    if (!add.value.trim()) return;
    clearTimeout(state.timer);
    await ask();
    add.value = "";
    add.focus();
  }

  form.addEventListener("input", (event) => {
    if (event.target !== add) later();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind" && event.target.value === guessed.value) guessed.value = "";
    // What is typed in the field counts when it is asked for; a suggestion that is chosen counts
    // at once, and comes as an event that complete.js made.
    if (event.target !== add) later();
    else if (!event.isTrusted) addActivity();
  });
  whenFilledEarly([...form.elements].filter((control) => control !== add), later);
  add.addEventListener("keydown", (event) => {
    // Enter would send the whole form; here it adds what was looked up.
    if (event.key === "Enter" && !event.defaultPrevented) {
      event.preventDefault();
      addActivity();
    }
  });
  form.querySelector('button[value="add"]').addEventListener("click", (event) => {
    event.preventDefault();
    addActivity();
  });
}
