// Stands between the pages and the network. The server writes SITE above this: version, files, addresses.
import { forgetOtherVersions, keepFiles, openFile } from "./files.js";
import { openPage, keepOpenPages } from "./pages.js";
import { send } from "./forms.js";
import { dropOld } from "../offline/kept.js";

// Every file has its content in its address, so an open page and a new worker cannot disagree: no waiting.
addEventListener("install", (event) => event.waitUntil(keepFiles().then(() => skipWaiting())));

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST") event.respondWith(send(event));
  else if (request.method === "GET" && request.mode === "navigate") event.respondWith(openPage(event));
  else if (request.method === "GET" && pathname.startsWith("/static/") && searchParams.has("v")) {
    event.respondWith(openFile(request));
  }
});

async function takeOver() {
  await forgetOtherVersions();
  await dropOld();
  await clients.claim();
  await keepOpenPages();
}
