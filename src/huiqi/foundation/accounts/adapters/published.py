"""What a provider publishes: its addresses (OpenID Connect Discovery 1.0) and its keys (RFC 7517)."""

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from huiqi.foundation.accounts.adapters.back_channel import BackChannel, UnreachableError

KEPT_SECONDS = 3600
KEYS_AGAIN_SECONDS = 60
WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# What a signature may be made by, and with which kind of key.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Published:
    """Fetched when first needed and kept for an hour; the keys anew where a token names one we have not, but
    no more than once a minute.
    """

    def __init__(
        self, issuer: str, channel: BackChannel, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer, self._channel, self._ticks = issuer, channel, ticks
        self._document: Mapping[str, Any] = {}
        self._keys: tuple[RSAKey | ECKey, ...] = ()
        self._document_at = self._keys_at = float("-inf")

    def document(self) -> Mapping[str, Any]:
        """The addresses; UnreachableError where there is no such document of this very issuer."""
        if self._ticks() - self._document_at >= KEPT_SECONDS:
            status, found = self._channel.call(self._issuer.rstrip("/") + WELL_KNOWN)
            if status != 200 or found.get("issuer") != self._issuer:
                raise UnreachableError("its document names another issuer")
            if not all(is_safe_address(found.get(name)) for name in NEEDED):
                raise UnreachableError("its document lacks an address, or one is not https")
            self._document, self._document_at = found, self._ticks()
        return self._document

    def address(self, name: str) -> str:
        """One that need not be there; empty where it is not, or not one to go to."""
        found = self.document().get(name)
        return str(found) if is_safe_address(found) else ""

    def key(self, key_id: str | None, algorithm: str) -> RSAKey | ECKey | None:
        """The one key a token may have been signed with; None where there is none, or more than one."""
        since = self._ticks() - self._keys_at
        found = self._fitting(key_id, algorithm)
        if since >= KEPT_SECONDS or (not found and since >= KEYS_AGAIN_SECONDS):
            self._fetch_keys()
            found = self._fitting(key_id, algorithm)
        return found[0] if len(found) == 1 else None

    def _fitting(self, key_id: str | None, algorithm: str) -> list[RSAKey | ECKey]:
        return [
            key
            for key in self._keys
            if key.key_type == ALGORITHMS.get(algorithm)
            and (key_id is None or key.get("kid") == key_id)
            and key.get("use") in (None, "sig")
            and key.get("alg") in (None, algorithm)
        ]

    def _fetch_keys(self) -> None:
        self._keys_at = self._ticks()  # also where it fails: an unknown key is no reason to ask in a loop
        status, found = self._channel.call(self.document()["jwks_uri"])
        listed = found.get("keys")
        if status != 200 or not isinstance(listed, list):
            raise UnreachableError("its keys cannot be read")
        self._keys = tuple(key for each in listed if (key := _public_key(each)) is not None)


def is_safe_address(address: object) -> bool:
    """An https address, or one of this very machine, where sites are tried."""
    if not isinstance(address, str) or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK))


def _public_key(described: object) -> RSAKey | ECKey | None:
    """A key beside ours of a kind we do not know (SM2, say) harms nothing; a secret one is never a key."""
    if not isinstance(described, dict) or described.get("kty") not in ALGORITHMS.values():
        return None
    try:
        key = JWKRegistry.import_key(described)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, RSAKey | ECKey) else None
