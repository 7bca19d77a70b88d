// Pages come from the network; what was seen stays on the device for the day there is none.
import { drop, find, keep, momentText } from "../offline/kept.js";
import { offlinePage } from "./files.js";
import { isOwn, mayBeKept } from "./own.js";

const REGION = /(<div id="said"[^>]*>)(<\/div>)/;
const NEVER_SEEN = "现在没有网络，这一页还没有看过，打不开。";
const seenText = (at) => `现在没有网络。这是您 ${momentText(at)} 看过的内容，可能有变。`;

// A page asked for before answers changed must not be kept after: it would show what was cleared.
let generation = 0;
let turn = Promise.resolve();

export async function openPage(event) {
  const { request } = event;
  const began = generation;
  try {
    const response = await fetch(request);
    if (mayBeKept(request.url, response)) event.waitUntil(keepInTurn(request.url, response.clone(), began));
    return response;
  } catch {
    return openWithoutNetwork(withoutPlace(request.url));
  }
}

/** The first page of all was there before the worker: it is fetched once more so that it too can be kept. */
export async function keepOpenPages() {
  for (const { url } of await clients.matchAll({ type: "window" })) {
    const address = withoutPlace(url);
    if (await find(address)) continue;
    const began = generation;
    const response = await fetch(address).catch(() => undefined);
    if (response && !response.redirected && mayBeKept(address, response)) {
      await keepInTurn(address, response, began);
    }
  }
}

/** Forget what shows answers: they changed, or are gone. */
export function dropOwnPages() {
  return dropWhat(isOwn);
}

/** Forget every page: somebody else may be looking now. */
export function dropEveryPage() {
  return dropWhat(() => true);
}

function dropWhat(isMeant) {
  generation += 1;
  turn = turn.then(() => drop(isMeant)).catch(() => {});
  return turn;
}

function keepInTurn(url, response, began) {
  // One after the other, so that forgetting never overtakes keeping. A full device keeps nothing new.
  turn = turn.then(() => (began === generation ? keep(withoutPlace(url), response) : undefined)).catch(() => {});
  return turn;
}

async function openWithoutNetwork(address) {
  const kept = await find(address);
  if (kept) return saying(seenText(kept.at), kept.response);
  const page = await offlinePage();
  return page ? saying(NEVER_SEEN, page) : Response.error();
}

async function saying(text, response) {
  const html = await response.text();
  return new Response(html.replace(REGION, `$1<p>${text}</p>$2`), { headers: response.headers });
}

const withoutPlace = (url) => url.split("#")[0];
