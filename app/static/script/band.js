// The band around a few lines: two buttons move it, and it goes where the focus or a tap goes. No dragging.
import { main } from "./page.js";

const NEAR = 8;
const WHOLE = "[class$=__item], .buttons button, .covers, .cover, .answer, img", LINES = "h1, .count, .flagged, figcaption, p";

// Each line of words, and each answer, button and picture as a whole, from the top of main.
const units = (under) => {
  const from = main.getBoundingClientRect().top, found = [];
  for (const one of under.querySelectorAll(`${WHOLE}, ${LINES}`)) {
    const words = document.createRange();
    words.selectNodeContents(one);
    const boxes = one.matches(WHOLE) ? [one.getBoundingClientRect()] : words.getClientRects();
    for (const { top, bottom } of boxes) if (bottom > top) found.push({ top: top - from, bottom: bottom - from });
  }
  found.sort((a, b) => a.top - b.top);
  const all = [];
  for (const one of found) {
    const last = all.at(-1);
    if (last && one.top < last.bottom - NEAR) last.bottom = Math.max(last.bottom, one.bottom); // side by side
    else all.push(one);
  }
  return all;
};

export const startBand = () => {
  const aid = document.querySelector(".band-aid"), under = document.getElementById("answer");
  if (!aid || !under) return;
  const sheet = new CSSStyleSheet(); // of the page: nothing of ours has a style attribute
  let at = 0;
  document.adoptedStyleSheets.push(sheet);
  aid.hidden = false;
  const move = (to) => {
    const all = units(under), style = getComputedStyle(main), many = Number(style.getPropertyValue("--band-lines"));
    const edge = 2 * parseFloat(style.getPropertyValue("--ring")); // room for both tones of what has the focus
    at = Math.max(0, Math.min(to, all.length - 1));
    const top = all[at].top - edge, last = all[Math.min(at + many, all.length) - 1];
    const height = Math.round(last.bottom + edge - top);
    sheet.replaceSync(`#main#main { --band-top: ${Math.round(top)}px; --band-height: ${height}px }`);
  };
  const moveTo = ({ target }) => {
    const { top, height } = target.getBoundingClientRect(), middle = top + height / 2 - main.getBoundingClientRect().top;
    const found = units(under).findIndex((one) => one.bottom > middle);
    if (found >= 0) move(found);
  };
  aid.addEventListener("click", ({ target }) => target.dataset.move && move(at + Number(target.dataset.move)));
  under.addEventListener("focusin", moveTo);
  under.addEventListener("click", moveTo);
  addEventListener("resize", () => move(at));
  move(0);
};
