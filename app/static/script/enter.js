// Enter on an answer chooses it and never leaves the page. A choice that the person's own keys did not make is said once.
import { choose, chosen, group, isAnswer, isChosen, letter } from "./answers.js";
import { fill, form, given, held } from "./page.js";
import { say } from "./say.js";

let quietAt = -Infinity;

// The next change was made by arrows, Space or an answer key: the screen reader says it by itself.
export const quietly = () => (quietAt = performance.now());

export const listenToAnswers = () => {
  if (!group) return;
  const keep = (event) => {
    if (event.key === " " || event.key.startsWith("Arrow")) quietly();
  };
  form.addEventListener("keydown", (event) => {
    keep(event);
    const one = event.target;
    if (event.key !== "Enter" || held(event) || !isAnswer(one)) return;
    event.preventDefault();
    if (!event.repeat) choose(one);
  });
  form.addEventListener("keyup", keep); // Space chooses when it is let go
  form.addEventListener("change", ({ target }) => {
    if (!isAnswer(target) || performance.now() - quietAt < 100) return;
    say(fill(isChosen(target) ? given.chosen : given.unchosen, { letter: letter(target) }));
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "choose") return;
    event.preventDefault();
    choose(event.submitter);
  });
  // A button holds nothing by itself: what was chosen in place goes with whatever is sent.
  form.addEventListener("formdata", ({ formData }) => {
    if (group.querySelector("[aria-pressed]")) for (const value of chosen()) formData.set("choose", value);
  });
};
