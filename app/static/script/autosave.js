// A choice is saved when the hand rests, silently; a press of a button carries it too, and never meets an error page.
import { chosen, isAnswer, places, restore } from "./answers.js";
import { correct, leftNow, runs } from "./clock.js";
import { claimWhatIsLeft, coverUntilHeard } from "./cover.js";
import { drop, get, put } from "./outbox.js";
import { address, fill, form, given, go, pause, saves, source } from "./page.js";
import { fields, hold, mine, post, send, sendIn, startSending } from "./sending.js";

const REST = 800, NEW = ["flag", "unflag", "clear"];
let last, number, pressing = false, plain = false, over = false;

// By the clock, so that of two tabs the newer choice counts; past what is stored, should the clock have been set back.
const next = () => (number = Math.max(number + 1, Date.now()));

const choice = () => ({
  values: chosen(),
  seq: next(),
  made: runs ? Math.round(leftNow()) : 0,
  rev: form.elements.rev.value,
});

// The line below the buttons is for the eyes alone.
const saved = (address, entry, reply) => {
  if (address !== mine) return;
  if (reply.left_ms <= 0) return go(reply.to);
  over = false;
  const line = form.querySelector("p.saved") ?? form.appendChild(document.createElement("p"));
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  line.className = "saved";
  line.textContent = fill(given.saved, { time });
};

// To where the press of a button would lead: the server's own page tells what happened.
const pressPlainly = (button) => {
  plain = true;
  form.requestSubmit(button);
};

const refused = (address, { code }) => {
  if (code === "too_many" && !over) return; // still choosing; the press says how many are too many
  if (address === mine && saves) pressPlainly(form.querySelector("[value=stay]"));
  else if (code === "signed_out") location.reload();
};

const press = async (button) => {
  pressing = true;
  // Mostly the save that is on its way or there already, once more: the server knows it again.
  if (!last || NEW.includes(button?.value)) last = choice();
  const sent = last; // what is chosen from now on waits for the next page
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  for (let tried = 0; ; tried++) {
    const reply = await post(address, body);
    if (reply.status) drop(mine, sent.seq);
    if (reply.ok && reply.to) return go(reply.to);
    if (reply.status) return pressPlainly(button);
    if (button?.value === "clear") drop(mine, sent.seq);
    else put(mine, last);
    await coverUntilHeard(tried, reply.busy);
  }
};

// A choice that waits is shown again, under this page's token. One with answers that are not here is another test's; where
// answers are still covered nobody can know, and the server judges it by its own token.
const takeUp = (kept) => {
  const shown = places();
  if (kept.seq <= number) return drop(mine, kept.seq);
  if (kept.values.every((value) => shown.some((one) => one.value === value))) {
    restore(kept.values);
    number = kept.seq;
    put(mine, (last = { ...kept, rev: form.elements.rev.value }));
  } else if (shown.every(isAnswer)) drop(mine, kept.seq);
};

const startForm = () => {
  number = Number(form.dataset.seq);
  if (get(mine)) takeUp(get(mine));
  form.addEventListener("change", ({ target }) => {
    if (!isAnswer(target)) return;
    put(mine, (last = choice()));
    sendIn(REST);
  });
  form.addEventListener("formdata", ({ formData }) => {
    if (!last) return;
    formData.set("seq", last.seq);
    formData.set("made", last.made);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || plain) return;
    event.preventDefault();
    if (!pressing) press(event.submitter);
  });
  // Left within the 800 ms: sent all the same. Should that fail too, the next page sends it.
  addEventListener("pagehide", () => {
    if (get(mine) && !pressing) post(mine, fields(get(mine)), { keepalive: true, signal: null });
  });
};

// A page on which nothing was chosen has nothing to send: it asks, for the time may have been changed elsewhere.
const lookAgain = async () => {
  try {
    const reply = await fetch(location.href, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!reply.ok) return location.reload();
    correct(Number(/data-left="(\d+)"/.exec(await reply.text())?.[1]));
  } catch {
    await pause(5000);
  }
  over = false;
};

// At zero nothing that is chosen from now on can count: what is there is sent once, and the reply leads where any press
// would lead now. Nobody is taken from an answer that still counts: should the server know of more time, the page stays.
export const atZero = () => {
  if (over || pressing || !saves) return;
  over = true;
  if (!last) return lookAgain();
  if (!get(mine)) put(mine, last);
  send();
};

const reached = async () => {
  try {
    await fetch(source, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10000) });
    return true;
  } catch {
    return false;
  }
};

// Whether a form may be sent now. Nobody finishes while an answer still waits; help and breaks wait for no answer.
const mayPass = async (form) => {
  if (!(await reached())) return false;
  hold(false);
  return (await send()) || !form.getAttribute("action").endsWith("/finish");
};

// Any other form of the test: whatever waits is sent first, and no press meets an error page.
const guard = () => {
  let passing = false, asking = false;
  document.addEventListener("submit", async (event) => {
    const { target, submitter, defaultPrevented } = event;
    if (defaultPrevented || passing || target === form || target.method !== "post") return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    for (let tried = 0; !(await mayPass(target)); tried++) await coverUntilHeard(tried, await reached());
    passing = true;
    target.requestSubmit(submitter);
  });
};

export const startSaving = async () => {
  if (saves) startForm();
  if (!given.part) return void (saves && startSending(refused, saved)); // practice
  guard();
  await claimWhatIsLeft();
  startSending(refused, saved);
};
