// The one voice of the page: a sentence at a time, at most one in five seconds, emptied after ten.
//
// Of answers that were chosen the newest is said; what must not be missed, such as the time, is said before them.
import { said } from "./page.js";

const APART = 5000, STAYS = 10000, LATE = 30000;
let firm = [], newest, timer, emptying, last = -APART;

// Sound of the page is never talked over.
const sounding = () => [...document.querySelectorAll("audio, video")].some((one) => !one.paused && !one.ended);

export const say = (words) => {
  newest = { words, since: performance.now() };
  speak();
};

// `done` is called once it was said.
export const sayForSure = (words, done = () => {}) => {
  firm.push({ words, done, since: performance.now() });
  speak();
};

const speak = () => {
  clearTimeout(timer);
  const now = performance.now();
  firm = firm.filter(({ since }) => now - since <= LATE);
  if (newest && now - newest.since > LATE) newest = null;
  const next = firm[0] ?? newest;
  if (!next) return;
  const wait = sounding() ? 500 : last + APART - now;
  if (wait > 0) return void (timer = setTimeout(speak, wait));
  if (next === newest) newest = null;
  else firm.shift();
  // The same words twice are no change, and nobody would hear them.
  said.textContent = next.words + (said.textContent === next.words ? "\u00a0" : "");
  last = now;
  next.done?.();
  clearTimeout(emptying);
  emptying = setTimeout(() => (said.textContent = ""), STAYS);
  speak();
};
