// "Please wait", shown by the sheet after a short while. A page that never leaves (the answer was a file, the
// owner pressed stop) must not wait for ever.
const LONGEST = 10_000;
const root = document.documentElement;
let release = () => {};
let timer;

export function waitForPage(onRelease = () => {}) {
  release();
  release = onRelease;
  clearTimeout(timer);
  timer = setTimeout(stopWaiting, LONGEST);
  root.classList.add("is-busy");
}

export function stopWaiting() {
  clearTimeout(timer);
  root.classList.remove("is-busy");
  release();
  release = () => {};
}

// A page that comes back from the browser's memory comes back as it was left.
addEventListener("pageshow", stopWaiting);
