// The one voice of the page: a sentence at a time, at most one in five seconds, the newest wins, emptied after ten.
import { said } from "./page.js";

const APART = 5000, STAYS = 10000, LATE = 30000;
let waiting, timer, emptying, last = -APART;

// Sound of the page is never talked over.
const sounding = () => [...document.querySelectorAll("audio, video")].some((one) => !one.paused && !one.ended);

export const say = (words) => {
  waiting = { words, since: performance.now() };
  speak();
};

const speak = () => {
  clearTimeout(timer);
  if (!waiting) return;
  const now = performance.now();
  if (now - waiting.since > LATE) return void (waiting = null);
  const wait = sounding() ? 500 : last + APART - now;
  if (wait > 0) return void (timer = setTimeout(speak, wait));
  // The same words twice are no change, and nobody would hear them.
  said.textContent = waiting.words + (said.textContent === waiting.words ? "\u00a0" : "");
  waiting = null;
  last = now;
  clearTimeout(emptying);
  emptying = setTimeout(() => (said.textContent = ""), STAYS);
};
