/** /ny/lagret: «Angre» goes when it is too late for it. */
import { takeAwayInTime } from "./take-away.js";

takeAwayInTime(document);
