// The pages kept on this device, as the worker and the page about them both see them.
const PAGES = "huiqi-pages";
const MOST = 30;
// As long as answers live in the browser (the form promises it), and not a day longer.
const LONGEST = 90 * 24 * 3600 * 1000;
const AT = "Kept-At";
const TITLE = "Kept-Title";

/** Keep an answer of the server under its address; the oldest beyond the last thirty go. */
export async function keep(address, response, now = Date.now()) {
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(AT, now);
  headers.set(TITLE, encodeURIComponent(titleOf(html)));
  await (await caches.open(PAGES)).put(address, new Response(html, { headers }));
  for (const { url } of (await everything()).slice(MOST)) await drop((each) => each === url);
}

/** The kept answer and when it was kept; nothing where there is none. */
export async function find(address) {
  const response = await (await caches.open(PAGES)).match(address, { ignoreVary: true });
  return response && isFresh(keptAt(response)) ? { response, at: keptAt(response) } : undefined;
}

/** Every kept page with its address, title and time, the last seen first. */
export async function list() {
  return (await everything()).filter(({ at }) => isFresh(at));
}

export async function drop(isMeant) {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    if (isMeant(request.url)) await cache.delete(request, { ignoreVary: true });
  }
}

export async function dropOld() {
  for (const { url, at } of await everything()) {
    if (!isFresh(at)) await drop((each) => each === url);
  }
}

export const dropAll = () => caches.delete(PAGES);

/** 11月24日 10:32, as the clock of the device has it. */
export function momentText(at) {
  const when = new Date(at);
  const minutes = String(when.getMinutes()).padStart(2, "0");
  return `${when.getMonth() + 1}月${when.getDate()}日 ${when.getHours()}:${minutes}`;
}

async function everything() {
  const cache = await caches.open(PAGES);
  const found = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request, { ignoreVary: true });
    if (!response) continue;
    const title = decodeURIComponent(response.headers.get(TITLE) ?? "");
    found.push({ url: request.url, title, at: keptAt(response) });
  }
  return found.sort((one, other) => other.at - one.at);
}

const keptAt = (response) => Number(response.headers.get(AT));
const isFresh = (at) => Date.now() - at < LONGEST;

// A worker has no parser for pages. What stands after the point is the site's name.
function titleOf(html) {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
  return unescaped(title.trim().replace(/\s*·\s*焦个企惠$/, ""));
}

function unescaped(text) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  return text.replace(/&(?:lt|gt|quot|amp|#x27);/g, (sign) => signs[sign]);
}
