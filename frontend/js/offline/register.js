// Only where the browser has it: over plain http to another machine there is no such thing, and no complaint.
// After the page is there, so that a slow line carries the page first.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
