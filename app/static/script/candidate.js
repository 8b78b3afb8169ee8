// The script of a candidate's pages: it only adds. Every page works the same without it; each file here adds one thing.
import { moveFocus } from "./skip.js";

moveFocus();
