// Which addresses show what an owner answered. They are kept here alone, never by anything in between.
const HOME = "/";

export function isOwn(address) {
  const { pathname } = new URL(address);
  return pathname === HOME || pathname.startsWith(SITE.own);
}

/** What may stay on the device: pages anyone may keep, and the owner's own in spite of `no-store`. */
export function mayBeKept(address, response) {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  const isOpen = !response.headers.get("Cache-Control")?.includes("no-store");
  return response.status === 200 && isPage && (isOpen || isOwn(address));
}
