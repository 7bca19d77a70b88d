// Passkeys: the browser is asked, and what it answers goes back in an ordinary form. Where it knows none, the
// forms stay hidden.
const CANCELLED = "没有完成，什么也没有改变。请再试一次，或换一种方式。";
const NOT_NOW = "没连上，什么也没有改变。请过一会儿再试。";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form).catch((failure) => say(form, failure instanceof TypeError ? NOT_NOW : CANCELLED));
  });
}

async function ask(form) {
  say(form, "");
  const token = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const response = await fetch(form.dataset.options, { method: "POST", body: token });
  if (!response.ok) throw new TypeError(response.statusText);
  const options = await response.json();
  const isNew = form.dataset.passkey === "make";
  const publicKey = isNew ? offered(options) : wanted(options);
  const made = await navigator.credentials[isNew ? "create" : "get"]({ publicKey });
  form.elements.answer.value = JSON.stringify(written(made));
  form.submit();
}

function offered(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(described),
  };
}

function wanted(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(described),
  };
}

function described(credential) {
  return { ...credential, id: bytes(credential.id) };
}

function written({ id, rawId, type, response }) {
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = fields.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return { id, rawId: text(rawId), type, response: Object.fromEntries(found) };
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function say(form, words) {
  const line = form.querySelector("[role=alert]");
  line.textContent = words;
  line.hidden = !words;
}
