// An installed site has no bar of the browser that says a link was tapped.
import { waitForPage } from "./busy.js";

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && opensHere(link, event) && isAnotherPage(link)) waitForPage();
});

function opensHere(link, event) {
  const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  return !isElsewhere && !event.defaultPrevented && !link.target && !link.hasAttribute("download");
}

function isAnotherPage(link) {
  const withoutPlace = (address) => address.split("#")[0];
  return /^https?:/.test(link.href) && (!link.hash || withoutPlace(link.href) !== withoutPlace(location.href));
}
