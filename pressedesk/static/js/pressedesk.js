/** What every page has. Each behaviour is a module of its own; without them the pages work all the same. */
import { focusOnLoad } from "./focus.js";
import { closeMenus } from "./menu.js";
import { sendOnce } from "./send-once.js";

focusOnLoad(document);
closeMenus(document);
sendOnce(document);
