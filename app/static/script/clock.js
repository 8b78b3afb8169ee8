// The time left, counted from what the server said with a clock of the browser's own, and its words in the header.
import { fill, given } from "./page.js";

const MINUTE = 60000, NEARLY = 58000;
const band = document.querySelector(".band__clock[data-left]");
let left = Number(band?.dataset.left), since = performance.now();
let halted = false, changed = -Infinity, drawn = NaN, at = () => {};

export const runs = Boolean(band && given.minutes);

export const leftNow = () => left - (halted ? 0 : performance.now() - since);

// Whole minutes, rounded up, never more than was arranged: as the server counts them.
const minutesNow = () => Math.max(0, Math.min(Math.ceil(leftNow() / MINUTE), Number(band.dataset.most)));

export const inWords = () => {
  if (leftNow() <= 0) return given.none;
  return leftNow() < 2 * MINUTE ? given.few : fill(given.minutes, { minutes: minutesNow() });
};

const draw = () => {
  const { clock } = band.dataset, minutes = minutesNow(), bar = band.querySelector("progress");
  const seen = ["minutes", "bar"].includes(clock) || (clock === "last" && minutes <= 10);
  const words = [halted && given.halted, seen && inWords()].filter(Boolean).join(" ");
  const place = band.querySelector(".band__left");
  if (words === place.textContent) return;
  place.textContent = words;
  band.hidden = !words;
  if (bar) bar.value = minutes;
  drawn = minutes;
  changed = performance.now();
};

// At most once a minute, unless the time was given, taken back or stopped.
const tick = () => {
  if (performance.now() - changed > NEARLY || Math.abs(drawn - minutesNow()) > 1) draw();
  if (!halted) at(leftNow());
};

// What a reply of the server says holds from now on.
export const correct = (ms) => {
  if (!runs || !Number.isFinite(ms)) return;
  left = ms;
  since = performance.now();
  tick();
};

export const halt = (stop) => {
  if (!runs) return;
  left = leftNow();
  since = performance.now();
  halted = stop;
  draw();
};

// `told` is called each second with the milliseconds left; not at once, while readers still take the new page in.
export const startClock = (told) => {
  if (!runs) return;
  at = told;
  setInterval(tick, 1000);
};
