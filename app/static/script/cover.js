// What stands in place of the page while a press cannot reach the server: no question, and the clock is stopped.
//
// How long that lasted is told to the server, which gives the time back as far as it heard nothing meanwhile.
import { halt } from "./clock.js";
import { given, main, moment, pause } from "./page.js";
import { delay, hold, post } from "./sending.js";

const COVERED = "covered", ADDRESS = "/sitting/contact";

const line = (page, tag, look, words) => {
  const one = page.appendChild(document.createElement(tag));
  one.className = look;
  one.textContent = words;
  return one;
};

export const isCovered = () => Boolean(main.querySelector(".cover-page"));

const draw = (told) => {
  for (const one of [...main.children, ...document.querySelectorAll("aside, footer")]) one.hidden = true;
  const [heading, ...words] = told.split("|");
  const page = main.appendChild(document.createElement("div"));
  page.className = "cover-page";
  const top = line(page, "h1", "govuk-heading-l", heading);
  for (const one of words) line(page, "p", "govuk-body", one);
  document.title = `${heading} – ${document.title.split(" – ").at(-1)}`;
  scrollTo(0, 0);
  top.tabIndex = -1;
  top.focus();
};

const keep = (covered) => sessionStorage.setItem(COVERED, JSON.stringify(covered));

// Tell how long it was, until there is any reply.
const claim = async ({ id, since }) => {
  for (let tried = 0; ; tried++) {
    const reply = await post(ADDRESS, { csrf: given.csrf, id, ms: Math.round(moment() - since) });
    if (reply.status) break;
    await pause(delay(tried));
  }
  sessionStorage.removeItem(COVERED);
};

const name = () => [...crypto.getRandomValues(new Uint8Array(12))].map((one) => (one % 36).toString(36)).join("");

let covered;

// Cover the page until the server has answered. The cover stays: whatever comes next is another page. One covering is
// one claim, from its first moment; the server gives nothing twice. `busy`: the service is there, but cannot save.
export const coverUntilHeard = async (tried, busy) => {
  covered ??= { id: name(), since: moment() };
  keep(covered);
  hold(true);
  halt(true);
  if (!isCovered()) draw(busy ? given.busy : given.cover);
  await pause(delay(tried));
  await claim(covered);
};

// A page that was left while it was covered: the next one claims its time, before it sends anything else.
export const claimWhatIsLeft = async () => {
  const left = JSON.parse(sessionStorage.getItem(COVERED));
  if (!left || !given.part) return;
  hold(true);
  await claim(left);
  hold(false);
};
