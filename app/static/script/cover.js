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

const draw = () => {
  for (const one of [...main.children, ...document.querySelectorAll("aside, footer")]) one.hidden = true;
  const [heading, ...words] = given.cover.split("|");
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

// Cover the page until the server has answered. The cover stays: whatever comes next is another page.
export const coverUntilHeard = async (tried) => {
  const covered = { id: name(), since: moment() };
  keep(covered);
  hold(true);
  halt(true);
  if (!main.querySelector(".cover-page")) draw();
  await pause(delay(tried));
  await claim(covered);
};

// A page that was left while it was covered: the next one claims its time, before it sends anything else.
export const claimWhatIsLeft = async () => {
  const covered = JSON.parse(sessionStorage.getItem(COVERED));
  if (covered && given.part) await claim(covered);
};
