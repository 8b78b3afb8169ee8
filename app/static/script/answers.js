// The answers on the page in their order: native radios or boxes, buttons that each choose one, or covers over them.
import { form } from "./page.js";

export const group = form?.querySelector("fieldset");
const PRESSED = "aria-pressed";

export const isAnswer = (one) => one.matches("input[name=answer]:not([type=hidden]), button[name=choose]");
export const isChosen = (one) => (one.type === "submit" ? one.getAttribute(PRESSED) === "true" : one.checked);

// One for each letter, a cover for an answer that is not open yet.
export const places = () => [...group.querySelectorAll("[id^=a]")].filter((one) => /^a\d$/.test(one.id));

export const chosen = () => {
  const found = places().filter((one) => isAnswer(one) && isChosen(one));
  // What a refused page holds for buttons, until one is pressed.
  return (found.length ? found : [...group.querySelectorAll("input[type=hidden][name=answer]")]).map((one) => one.value);
};

export const letter = (one) => (one.labels?.[0] ?? one).querySelector(".letter").textContent;

// Choose as the person's own click would; each kind tells of it by a change event.
export const choose = (one) => {
  if (one.type !== "submit") return void (isChosen(one) && one.type === "radio" ? 0 : one.click());
  if (isChosen(one)) return;
  for (const other of places()) if (other.hasAttribute(PRESSED)) other.setAttribute(PRESSED, other === one);
  one.dispatchEvent(new Event("change", { bubbles: true }));
};

export const restore = (values) => {
  for (const one of places().filter(isAnswer)) {
    const wanted = values.includes(one.value);
    if (one.type === "submit") one.setAttribute(PRESSED, wanted);
    else one.checked = wanted;
  }
};
