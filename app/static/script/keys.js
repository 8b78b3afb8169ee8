// Single keys: in the answers those that choose one, on the whole page those that were turned on. Never with a modifier.
import { choose, isAnswer, places } from "./answers.js";
import { runs } from "./clock.js";
import { isCovered } from "./cover.js";
import { quietly } from "./enter.js";
import { form, given, held } from "./page.js";
import { tellNow } from "./told.js";

const TYPING = "textarea, select, input:not([type=radio], [type=checkbox], [type=submit])";

// With Shift only what needs it, such as a question mark.
const single = (event) => {
  const key = event.key.toLowerCase(), plain = key !== key.toUpperCase() || /\d/.test(key);
  return key.length > 1 || held(event) || event.repeat || event.isComposing || (event.shiftKey && plain) ? "" : key;
};

const chooseAt = (place) => {
  const one = places()[place];
  if (!one) return;
  one.focus();
  quietly();
  if (isAnswer(one)) choose(one);
};

// The page's own button or link does it; where it stands behind another, a button of the same kind.
const act = (code) => {
  if (code === "time" && runs) return tellNow();
  const button = document.querySelector(`[name=action]:is([value=${code}], [value=un${code}])`);
  const found = button ?? document.querySelector(`a[href="/sitting/${code}"]`);
  if (found || ["next", "back", "flag"].includes(code)) return found?.click();
  if (!form) return location.assign(`/sitting/${code}`);
  const own = form.appendChild(document.createElement("button"));
  Object.assign(own, { name: "action", value: code, hidden: true });
  own.click();
};

export const listenToKeys = () => {
  const letters = given.answerKeys?.split(" ") ?? [];
  const actions = given.keys ? JSON.parse(given.keys) : {};
  if (!letters.length && !given.keys) return;
  document.addEventListener("keydown", (event) => {
    const key = single(event), place = letters.findIndex((keys) => keys.includes(key));
    if (!key || event.defaultPrevented || isCovered() || event.target.matches(TYPING)) return;
    const code = Object.keys(actions).find((one) => actions[one] === key);
    const inside = form && places().includes(event.target);
    if (form && place >= 0 && (inside || given.keys)) chooseAt(place);
    else if (code) act(code);
    else return;
    event.preventDefault();
  });
};
