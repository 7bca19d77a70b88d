// A form that is sent as a page: once, and not into nothing.
import { stopWaiting, waitForPage } from "./busy.js";
import { say, unsay } from "./notice.js";

const OFFLINE = "现在没有网络，刚才的操作没有做成，您填的都还在。连上网络后，请再按一次。";
const NOT_SENT = "没连上，刚才的操作没有做成，您填的都还在。请再试一次。";
const BACK = "网络好了，请再按一次刚才的按钮。";
// The second half of a double click may land on the page that came in between: the button stands at the
// same place there and would skip a question nobody has read. Keys have no place: the next page has no focus.
const DOUBLE_CLICK = 300;
const LAST = "sent-at";

let isWaitingForNetwork = false;
let isByPointer = false;

addEventListener("click", (event) => (isByPointer = event.detail > 0), true);

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending || isSecondHalf(event)) return event.preventDefault();
  if (!navigator.onLine) {
    event.preventDefault();
    isWaitingForNetwork = true;
    return say(OFFLINE);
  }
  unsay();
  // A flag and not `disabled`: a button that is disabled now would not be sent with the form.
  form.dataset.sending = "yes";
  remember();
  waitForPage(() => delete form.dataset.sending);
});

addEventListener("online", () => {
  if (isWaitingForNetwork) say(BACK);
  isWaitingForNetwork = false;
});

// The worker tells when a form did not get through; the browser then stays where it is.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data !== "not-sent") return;
  stopWaiting();
  say(NOT_SENT);
});

function isSecondHalf(event) {
  const since = Date.now() - Number(read());
  return Boolean(event.submitter) && isByPointer && since >= 0 && since < DOUBLE_CLICK;
}

// A browser that keeps nothing throws here; then only the guard inside one page is left.
function remember() {
  try {
    sessionStorage.setItem(LAST, Date.now());
  } catch {
    return;
  }
}

function read() {
  try {
    return sessionStorage.getItem(LAST) ?? 0;
  } catch {
    return 0;
  }
}
