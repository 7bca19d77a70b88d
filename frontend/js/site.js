// What a page gains with scripts. Without them every page works, only with more reloads.
import "htmx.org";
import "./frame/leaving.js";
import "./frame/print.js";
import "./frame/requests.js";
import "./frame/sending.js";
import "./offline/register.js";
import "./offline/shelf.js";
import "./onward.js";
import "./passkey.js";
import "./search.js";
