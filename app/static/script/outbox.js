// Choices that the server has not confirmed, kept in this tab until it has: values, order, time left and page token only.
import { given } from "./page.js";

const BOX = "outbox";

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(BOX)) ?? {};
  } catch {
    return {};
  }
};

const write = (box) => {
  if (Object.keys(box).length) sessionStorage.setItem(BOX, JSON.stringify(box));
  else sessionStorage.removeItem(BOX);
};

// `address` is the question's; there is one entry for each: {values, seq, made, rev}.
export const put = (address, entry) => write({ ...read(), [address]: entry });

export const get = (address) => read()[address];

export const waiting = () => Object.entries(read());

// A newer choice made meanwhile stays.
export const drop = (address, seq) => {
  const box = read();
  if (box[address]?.seq <= seq) delete box[address];
  write(box);
};

export const unsaved = () => waiting().length > 0;

// Before the test and after it this computer keeps nothing of it.
export const forgetOthers = () => given.part || sessionStorage.clear();
