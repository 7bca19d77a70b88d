// Parts of a page that htmx fetches: when that fails the page stays as it is, and says so.
import htmx from "htmx.org";
import { say, unsay } from "./notice.js";

const NO_ANSWER = "没连上，刚才的操作没有做成，您填的都还在。请再试一次。";
const REFUSED = "刚才的操作没有做成，您填的都还在。请过一会儿再试一次。";
// At 400 kbit/s the largest page is here in three seconds; longer is a line that is gone.
htmx.config.timeout = 20_000;

addEventListener("htmx:sendError", () => say(NO_ANSWER));
addEventListener("htmx:timeout", () => say(NO_ANSWER));
addEventListener("htmx:responseError", () => say(REFUSED));
addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (detail.successful) unsay();
});
