// Paper has no folds. The sheet opens them where a browser knows how; this opens them in the others.
const folds = () => document.querySelectorAll("details");

addEventListener("beforeprint", () => {
  for (const fold of folds()) {
    fold.dataset.wasOpen = fold.open;
    fold.open = true;
  }
});

addEventListener("afterprint", () => {
  for (const fold of folds()) fold.open = fold.dataset.wasOpen === "true";
});
