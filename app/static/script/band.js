// The band around a few lines: two buttons move it, and it goes where the focus or a tap goes. No dragging.
import { main } from "./page.js";

const HALF = 8, EDGE = 4;

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
  let at = 0;
  aid.hidden = false;
  const move = (to) => {
    const all = lines(under);
    at = Math.max(0, Math.min(to, all.length - 1));
    const { top, bottom } = all[at];
    main.style.setProperty("--band-top", `${Math.round(top - EDGE)}px`);
    main.style.removeProperty("--band-height");
    // Something higher than the lines of the band, such as a picture, is shown whole.
    const high = parseFloat(getComputedStyle(main, "::after").top) - top;
    if (bottom - top > high) main.style.setProperty("--band-height", `${Math.round(bottom - top + 2 * EDGE)}px`);
  };
  const moveTo = (one) => {
    const top = one.getBoundingClientRect().top - main.getBoundingClientRect().top;
    const found = lines(under).findIndex((line) => line.bottom > top + HALF);
    if (found >= 0) move(found);
  };
  aid.addEventListener("click", ({ target }) => target.dataset.move && move(at + Number(target.dataset.move)));
  under.addEventListener("focusin", ({ target }) => moveTo(target.labels?.[0] ?? target));
  under.addEventListener("click", ({ target }) => moveTo(target.labels?.[0] ?? target));
  addEventListener("resize", () => move(at));
  move(0);
};
