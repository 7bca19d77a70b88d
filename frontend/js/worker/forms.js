// Forms are never kept. One that does not get through leaves the owner where the answers were typed.
import { renewOfflinePage } from "./files.js";
import { isAboutWhoActs, isOwnRoom } from "./own.js";
import { dropEveryPage, dropOwnPages } from "./pages.js";

const NO_CONTENT = 204;

export async function send(event) {
  const { request } = event;
  const isClearing = new URL(request.url).pathname === SITE.clear;
  // Who clears means it, network or not.
  if (isClearing) await dropOwnPages();
  try {
    const response = await fetch(request);
    if (isAboutWhoActs(request.url)) await dropEveryPage();
    else if (isOwnRoom(request.url)) await dropOwnPages();
    else event.waitUntil(renewOfflinePage().catch(() => {}));
    return response;
  } catch (failure) {
    if (request.mode !== "navigate") throw failure;
    await tell(request.referrer);
    return new Response(null, { status: NO_CONTENT });
  }
}

// To no content a browser stays where it is, with everything that was typed; the page says why.
async function tell(address) {
  for (const client of await clients.matchAll({ type: "window" })) {
    if (client.url.split("#")[0] === address.split("#")[0]) client.postMessage("not-sent");
  }
}
