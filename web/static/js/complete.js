// Completes what is typed in a text field with suggestions from an address of this app.
//
// Use: any form, no further code. base.html loads this module on every page.
//
//   <input name="plaats" id="plaats" data-complete="/plaatsen.json">
//   WTForms: {{ field(form.place, **{"data-complete": url_for("visitor.places")}) }}
//
// The address gets ?q=… and answers {"items": [{"label": "3460 Bekkevoort"}, …]}. Choosing an item
// puts its label in the field and fires `change`. Nothing depends on it: without JavaScript, or
// when the address does not answer, the field stays an ordinary text field.
//
// For screen readers the field becomes a combobox with a list (WAI-ARIA 1.2); how many suggestions
// there are is said through a status line, worded by data-complete-status on <body> ("{n}").

import { whenFilledEarly } from "./early.js";

const WAIT_MS = 150;
const SHORTEST = 2;

function enhance(input, number) {
  const list = document.createElement("ul");
  list.id = `complete-${number}`;
  list.className = "complete-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  // The question alone: whether an answer is required belongs to the field.
  list.setAttribute("aria-label", input.labels[0]?.firstChild.textContent.trim() ?? input.name);

  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");

  // After the field, which stays where it is: moving it would take the focus from who types in it.
  const holder = document.createElement("span");
  holder.className = "complete";
  holder.append(list, status);
  input.after(holder);

  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const state = { timer: 0, request: null, active: -1 };

  function close() {
    list.hidden = true;
    state.active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    input.value = option.textContent;
    close();
    status.textContent = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(items) {
    list.replaceChildren(
      ...items.map((item, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = item.label;
        // mousedown, not click: the field must not lose the focus first.
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return option;
      }),
    );
    close();
    if (items.length > 0) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
    const words = document.body.dataset.completeStatus ?? "{n}";
    status.textContent = words.replace("{n}", String(items.length));
  }

  function move(step) {
    const options = list.children;
    options[state.active]?.setAttribute("aria-selected", "false");
    state.active = (state.active + step + options.length) % options.length;
    const option = options[state.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    state.request?.abort();
    const typed = input.value.trim();
    if (typed.length < SHORTEST) {
      close();
      return;
    }
    state.request = new AbortController();
    const address = new URL(input.dataset.complete, document.baseURI);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: state.request.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function later() {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, WAIT_MS);
  }

  input.addEventListener("input", later);
  whenFilledEarly([input], () => {
    if (document.activeElement === input) later();
  });
  input.addEventListener("blur", () => {
    clearTimeout(state.timer);
    state.request?.abort();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(state.active < 0 ? 0 : -1);
    else if (event.key === "Enter" && state.active >= 0) choose(list.children[state.active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-complete]").forEach(enhance);
