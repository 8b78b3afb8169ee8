// What the server gave to this page: its form, its one live region, and words and figures as attributes of that.

export const said = document.getElementById("say");
export const given = said.dataset;
export const source = document.currentScript.src;
export const main = document.getElementById("main");
export const form = document.getElementById("answer");
// `form.action` would be its buttons, which have that name.
export const address = form?.getAttribute("action");
// Practice saves in the same way, into a cookie of this browser.
export const saves = /^\/sitting\/(question|practice\/question|practice\/lesson)\/[\w-]+(\?|$)/.test(address);

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// A key that is held with another belongs to the browser, the reader or the keyboard's own layout.
export const held = (event) =>
  event.ctrlKey || event.altKey || event.metaKey || event.getModifierState("AltGraph");

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// A moment that also means something on the next page: monotonic within a page.
export const moment = () => performance.timeOrigin + performance.now();

const notices = {};

// A notice for the eyes at the top of main; its words are spoken by `say`. Without words it goes.
export const show = (name, words) => {
  notices[name]?.remove();
  delete notices[name];
  if (!words) return;
  const box = (notices[name] = document.createElement("div"));
  box.className = "notice";
  box.append(document.createElement("p"));
  box.firstChild.textContent = words;
  main.prepend(box);
};

export const go = (to) => {
  const [path, place] = to.split("#");
  if (path !== location.pathname + location.search) return location.assign(to);
  if (place) history.replaceState(null, "", to);
  location.reload(); // an address that differs by its fragment alone would not be asked for again
};
