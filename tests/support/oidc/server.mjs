// A real provider of identities for the tests: `node server.mjs '{"port": …, "issuer": …, "back": …}'`.
// Whoever types a name on its page is that person; the telephone follows from the name.
import Provider from "oidc-provider";

const { port, issuer, back, secret, phones } = JSON.parse(process.argv[2]);
const provider = new Provider(issuer, {
  clients: [{ client_id: "huiqi", client_secret: secret, redirect_uris: [back], id_token_signed_response_alg: "RS256" }],
  claims: { openid: ["sub"], profile: ["name"], phone: ["phone_number", "phone_number_verified"] },
  pkce: { required: () => true },
  cookies: { keys: ["of the tests alone"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, phone_number: phones[id], phone_number_verified: id in phones }),
  }),
});
provider.listen(port, "127.0.0.1", () => console.log("listening"));
