// One place for what the page has to say by itself: a live region that is there from the start, because
// readers announce what changes in a region and not a region that appears.
const region = document.getElementById("said");
let current = null;

export function say(text) {
  if (current?.textContent === text) return; // said once is announced once
  unsay();
  current = document.createElement("p");
  current.className = "said-now";
  current.textContent = text;
  region?.append(current);
}

export function unsay() {
  current?.remove();
  current = null;
}
