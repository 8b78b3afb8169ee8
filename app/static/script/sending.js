// How choices get to the server: one post at a time, again and again until it answers, and what is said when it does not.
import { correct, inWords, leftNow } from "./clock.js";
import { drop, waiting } from "./outbox.js";
import { address, fill, given, show } from "./page.js";
import { sayForSure } from "./say.js";

const PATIENCE = 10000, MORE = 30000, TRIES = [500, 1000, 2000, 4000, 8000, 10000];
export const mine = address?.split("?")[0];
let failing = false, held = false, tries = 0, timer, sending;

// Up to a fifth sooner or later, so that a whole room does not come back at the same moment.
export const delay = (tried) => (TRIES[tried] ?? TRIES.at(-1)) * (0.8 + 0.4 * Math.random());

// The reply as {ok, status, …its JSON}; no status: {gone} without a connection, {busy} where the server cannot save.
export const post = async (to, body, more) => {
  try {
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    const reply = await fetch(to, { method: "POST", body: new URLSearchParams(body), headers, signal, ...more });
    if (reply.status >= 500) return { busy: true };
    const isOurs = reply.headers.get("content-type")?.includes("json");
    if (reply.ok && !isOurs) return { gone: true }; // somebody else's page, such as a network's own sign-in
    return { ...(isOurs && (await reply.json())), ok: reply.ok, status: reply.status };
  } catch {
    return { gone: true };
  }
};

export const fields = ({ values, seq, made, rev }) => [
  ["csrf", given.csrf], ["rev", rev], ["seq", seq], ["made", made], ["action", "stay"],
  ...values.map((value) => ["answer", value]),
];

const failed = (reply) => {
  if (failing) return;
  failing = true;
  const words = reply.gone ? given.stopped : given.unsaved;
  show("trouble", words);
  sayForSure(words);
};

export const worked = (reply) => {
  const more = reply.left_ms - leftNow();
  correct(reply.left_ms);
  if (more > MORE) sayForSure(fill(given.more, { left: inWords() }));
  tries = 0;
  if (!failing) return;
  failing = false;
  show("trouble");
  sayForSure(given.back);
};

const attempt = async (refused, saved) => {
  for (const [address, entry] of waiting()) {
    const reply = await post(address, fields(entry));
    if (reply.ok) {
      drop(address, entry.seq);
      worked(reply);
      saved(address, entry, reply);
    } else if (reply.status) {
      drop(address, entry.seq); // what the server keeps of it, it has kept
      refused(address, reply);
    } else {
      failed(reply);
      return false;
    }
  }
  return true;
};

let whenRefused = () => {}, whenSaved = () => {};

// Send all that waits; whether all of it came through. What does not is tried again by itself.
export const send = async () => {
  clearTimeout(timer);
  if (held) return false;
  if (sending) return sending;
  sending = attempt(whenRefused, whenSaved);
  const through = await sending;
  sending = null;
  if (!through) sendIn(delay(tries++));
  else if (waiting().length) return send(); // chosen meanwhile
  return through;
};

export const sendIn = (ms) => {
  clearTimeout(timer);
  timer = setTimeout(send, ms);
};

// While the page is covered nothing is sent: the server would take it for a sign of life, and give no time back.
export const hold = (on) => (held = on);

export const startSending = (refused, saved) => {
  whenRefused = refused;
  whenSaved = saved;
  addEventListener("online", send);
  send();
};
