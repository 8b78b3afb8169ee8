// The band around a few lines: two buttons move it, and it goes where the focus or a tap goes. No dragging.
import { main } from "./page.js";

const HALF = 8;

// The top of every line of words and of every control, once each, from the top of main.
const lines = (under) => {
  const from = main.getBoundingClientRect().top, found = [];
  for (const one of under.querySelectorAll("h1, .count, .flagged, label, button, img, figcaption, p")) {
    const range = document.createRange();
    range.selectNodeContents(one);
    const boxes = one.matches("img, button") ? [one.getBoundingClientRect()] : range.getClientRects();
    for (const { top, bottom, height } of boxes) if (height > HALF) found.push({ top: top - from, bottom: bottom - from });
  }
  found.sort((a, b) => a.top - b.top);
  return found.filter((one, n) => !n || one.top - found[n - 1].top > HALF);
};

export const startBand = () => {
  const aid = document.querySelector(".band-aid"), under = document.getElementById("answer");
  if (!aid || !under) return;
  const part = (name) => {
    const one = document.createElement("div");
    one.className = `band-aid__${name}`;
    return one;
  };
  const moves = part("moves");
  moves.append(...aid.children);
  aid.append(part("above"), part("below"), moves);
  main.append(aid); // last: its buttons come after the question
  aid.hidden = false;
  let at = 0;
  const move = (to) => {
    const all = lines(under);
    at = Math.max(0, Math.min(to, all.length - 1));
    main.style.setProperty("--band-top", `${Math.round(all[at].top - 4)}px`);
    main.style.removeProperty("--band-height");
    const low = all[at].bottom - all[at].top + 8;
    if (low > moves.offsetTop - all[at].top) main.style.setProperty("--band-height", `${Math.round(low)}px`);
  };
  const moveTo = (one) => {
    const top = one.getBoundingClientRect().top - main.getBoundingClientRect().top;
    const below = lines(under).findIndex((line) => line.bottom > top + HALF);
    if (below >= 0) move(below);
  };
  moves.addEventListener("click", ({ target }) => target.dataset.move && move(at + Number(target.dataset.move)));
  under.addEventListener("focusin", ({ target }) => moveTo(target.labels?.[0] ?? target));
  under.addEventListener("click", ({ target }) => moveTo(target.closest("label, button, p, h1, img") ?? target));
  addEventListener("resize", () => move(at));
  move(0);
};
