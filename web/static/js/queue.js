// j and k walk through the queue; Enter opens, as for every link.
import { shortcuts } from "./shortcuts.js";

const links = [...document.querySelectorAll("[data-row] h2 a")];

const move = (step) => {
  if (!links.length) return;
  const now = links.indexOf(document.activeElement);
  const start = step > 0 ? -1 : links.length;
  const next = (now < 0 ? start : now) + step;
  links[Math.min(links.length - 1, Math.max(0, next))].focus();
};

shortcuts({ j: () => move(1), k: () => move(-1) });
