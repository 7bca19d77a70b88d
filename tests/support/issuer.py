"""A small issuer of identities that signs whatever a test wants it to: a real server with real signatures."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT = "huiqi"
CLIENT_SECRET = "of the tests alone and long enough"  # noqa: S105 # pragma: allowlist secret
Claims = dict[str, Any]
Signer = Callable[["Issuer", Claims], str]


@dataclass
class Issuer:
    """``said`` is what the next person is said to be; ``sign`` makes the token; ``document`` changes what it
    publishes; ``asked`` are the addresses it was asked for.
    """

    address: str = ""
    said: Claims = field(default_factory=lambda: {"sub": "u-1"})
    details: Claims = field(default_factory=dict)
    sign: Signer = field(default=lambda issuer, claims: issuer.signed(claims))
    document: Claims = field(default_factory=dict)
    key: RSAKey | ECKey = field(default_factory=lambda: fresh_key("k1"))
    published: list[Claims] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, Claims] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, object]:
        """What a site is told of it."""
        return {
            "issuer": self.address,
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "name": "河南政务服务网",
            "scopes": "openid profile phone",
            "subject_claim": "sub",
            "phone_claim": "phone_number",
            "name_claim": "name",
            "strong_acr": (),
            "max_age": None,
            "is_phone_trusted": False,
        }

    def signed(self, claims: Claims, key: RSAKey | ECKey | None = None, algorithm: str = "RS256") -> str:
        used = key or self.key
        return jwt.encode({"alg": algorithm, "kid": used.kid}, claims, used, algorithms=[algorithm])

    def arrive(self, address: str) -> dict[str, str]:
        """What a browser that was sent to ``address`` and signed in there brings back."""
        wanted = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code, moment = secrets.token_urlsafe(12), int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "nonce": wanted["nonce"], "iat": moment}
        self.codes[code] = {**wanted, "claims": {**claims, "exp": moment + 300, **self.said}}
        return {"code": code, "state": wanted["state"], "iss": self.address}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, object]:
        """What it answers to whoever calls."""
        if path.startswith("/.well-known/"):
            return 200, {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "end_session_endpoint": f"{self.address}/end",
                "jwks_uri": f"{self.address}/keys",
                **self.document,
            }
        if path == "/moved":
            return 302, {}
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False), *self.published]}
        if path == "/userinfo":
            return 200, {"sub": self.said["sub"], **self.details}
        return self._token(form)

    def _token(self, form: dict[str, str]) -> tuple[int, object]:
        kept = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        is_right = kept and kept["code_challenge"] == challenge.rstrip(b"=").decode()
        if not is_right or kept["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.sign(self, kept["claims"])}


@cache  # a key takes a while to make
def fresh_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@contextmanager
def issuing() -> Iterator[Issuer]:
    """An issuer on a port of its own; gone when the block ends."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({name: values[0] for name, values in parse_qs(body).items()})

        def _reply(self, form: dict[str, str]) -> None:
            issuer.asked.append(self.path)
            status, found = issuer.answer(self.path, form)
            body = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Location", "/keys")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the test says what it saw."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield issuer
        server.shutdown()
