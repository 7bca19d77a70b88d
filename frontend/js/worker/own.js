// Which addresses show what an owner answered. They are kept here alone, never by anything in between.
const { pages, rooms, account } = SITE.own;

export function isOwn(address) {
  return pages.includes(new URL(address).pathname) || isOwnRoom(address);
}

/** Where answers are given: a form sent there changes what the owner's pages say. */
export function isOwnRoom(address) {
  const { pathname } = new URL(address);
  return rooms.some((room) => pathname.startsWith(room));
}

/** Signing in, out, or as somebody else: the frame of every page shows who acts. */
export function isAboutWhoActs(address) {
  return new URL(address).pathname.startsWith(account);
}

/** What may stay on the device: pages anyone may keep, and the owner's own in spite of `no-store`. */
export function mayBeKept(address, response) {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  const isOpen = !response.headers.get("Cache-Control")?.includes("no-store");
  return response.status === 200 && isPage && (isOpen || isOwn(address));
}
