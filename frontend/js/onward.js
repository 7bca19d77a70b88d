// A page that only hands something on sends its form by itself; without scripts its button does.
document.querySelector("form[data-onward]")?.requestSubmit();
