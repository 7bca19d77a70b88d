// Escape puts the suggestions away and leaves what is typed as it is; leaving the search hides them by style.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const box = event.target.closest?.(".search-box");
  const offers = box?.querySelector(".search-offers");
  if (!offers?.childElementCount) return;
  event.preventDefault();
  offers.replaceChildren();
  box.querySelector("input").focus();
});
