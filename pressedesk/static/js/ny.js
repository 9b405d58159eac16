/** /ny: who answers, while the call is being written down. Without this the button «Vis hvem som svarer» does it. */
import { askWhatMatters } from "./ask-what-matters.js";
import { followTyping } from "./follow-typing.js";
import { saveByKey } from "./save-by-key.js";
import { takeAwayInTime } from "./take-away.js";
import { hearWhoIsThere } from "./who-is-there.js";

const form = document.getElementById("samtale");
for (const e of document.querySelectorAll("[data-without-script]")) e.remove();
for (const e of document.querySelectorAll("[data-with-script]")) e.hidden = false;
askWhatMatters(form);
followTyping(form, () => askWhatMatters(form));
saveByKey(form);
hearWhoIsThere(form);
takeAwayInTime(document);
