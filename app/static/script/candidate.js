// The script of a candidate's pages: it only adds. Every page works the same without it; each file here adds one thing.
import { atZero, startSaving } from "./autosave.js";
import { startBand } from "./band.js";
import { startClock } from "./clock.js";
import { listenToAnswers } from "./enter.js";
import { listenToKeys } from "./keys.js";
import { forgetOthers } from "./outbox.js";
import { moveFocus } from "./skip.js";
import { tellTimes } from "./told.js";

// A page that Back brings out of the browser's memory shows what was, not what is.
addEventListener("pageshow", (event) => event.persisted && location.reload());
forgetOthers();
moveFocus();
listenToAnswers();
startSaving();
startClock((left) => (left > 0 ? tellTimes(left) : atZero()));
listenToKeys();
startBand();
