// Served instead of the worker where the operator turned it off: forgets everything kept, and leaves.
const OURS = /^huiqi-/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) {
    if (OURS.test(name)) await caches.delete(name);
  }
  await registration.unregister();
}
