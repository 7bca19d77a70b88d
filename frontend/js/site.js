// What a page gains with scripts. Without them every page works, only with more reloads.
import "htmx.org";
import "./search.js";
