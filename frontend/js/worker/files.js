// The sheet, the script and the page for "no network": kept when a version arrives, gone with it.
const NAME = `huiqi-files-${SITE.version}`;
const OURS = /^huiqi-files-/;

export async function keepFiles() {
  await (await caches.open(NAME)).addAll([...SITE.files, SITE.offline]);
}

export async function forgetOtherVersions() {
  for (const name of await caches.keys()) {
    if (OURS.test(name) && name !== NAME) await caches.delete(name);
  }
}

/** From the device first. A page kept under an older version gets the file as it is now. */
export async function openFile(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (failure) {
    const newer = await cache.match(request, { ignoreVary: true, ignoreSearch: true });
    if (newer) return newer;
    throw failure;
  }
}

export async function offlinePage() {
  return (await caches.open(NAME)).match(SITE.offline, { ignoreVary: true });
}

/** The frame of every page can change with what an owner sets, large letters for one. */
export async function renewOfflinePage() {
  await (await caches.open(NAME)).add(SITE.offline);
}
