// The time left is told at the minutes that were chosen, each once in a part, and never late by more than half a minute.
//
// With it goes the number of the question, not how many are unanswered: that would cost each page one more read.
import { inWords, leftNow } from "./clock.js";
import { fill, given, show } from "./page.js";
import { say, sayForSure } from "./say.js";
import { unsaved } from "./outbox.js";

const MINUTE = 60000, LATE = 30000, TOLD = "told";

const times = () => (given.told ? given.told.split("|") : []).map((one) => {
  const [minutes, words] = one.split("=");
  return { minutes: Number(minutes), words };
});

const waiting = new Set();

// A time counts as told once it was said: a page that is left before that leaves it to the next.
export const tellTimes = (left) => {
  const told = new Set((sessionStorage.getItem(TOLD) ?? given.part).split(","));
  if (!told.has(given.part)) told.clear(); // another part has a time of its own
  for (const { minutes, words } of times()) {
    const late = minutes * MINUTE - left;
    if (late < 0 || late > LATE || told.has(String(minutes)) || waiting.has(minutes)) continue;
    waiting.add(minutes);
    sayForSure(words, () => {
      told.add(given.part).add(String(minutes));
      sessionStorage.setItem(TOLD, [...told].join(","));
    });
  }
};

// When it is asked for: said and shown.
export const tellNow = () => {
  const words = fill(given.now, { left: inWords(), saved: unsaved() ? given.notSaved : given.allSaved });
  show("now", words);
  say(words);
};
