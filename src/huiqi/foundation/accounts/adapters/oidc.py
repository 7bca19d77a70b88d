"""A city's 统一身份认证 by OpenID Connect: the authorization code flow with PKCE, state and nonce."""

import base64
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.accounts.adapters.back_channel import BackChannel, UnreachableError
from huiqi.foundation.accounts.adapters.id_token import Expected, UnbelievableError, claims_of
from huiqi.foundation.accounts.adapters.published import Published
from huiqi.foundation.accounts.domain.identities import (
    LONGEST_SUBJECT,
    Asking,
    Asserted,
    IdentityFault,
    IdentityRefusedError,
)
from huiqi.foundation.accounts.domain.sign_in import LONGEST_NAME, mobile_number

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a city and its provider agreed on; docs/guides/identity-provider.md names the settings."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    scopes: str
    subject_claim: str
    phone_claim: str
    name_claim: str
    strong_acr: tuple[str, ...]
    max_age: timedelta | None
    is_phone_trusted: bool


class Provider:
    """One provider. Its documents and keys are kept in the process. IdentityRefusedError wherever it does not
    answer or is not believed; the log of the process says why, without codes, tokens or names of people.
    """

    def __init__(self, arrangement: Arrangement, ticks: Callable[[], float] = time.monotonic) -> None:
        self._arrangement = arrangement
        self._channel = BackChannel(ticks)
        self._published = Published(arrangement.issuer, self._channel, ticks)

    @property
    def name(self) -> str:
        return self._arrangement.name

    @property
    def issuer(self) -> str:
        return self._arrangement.issuer

    @property
    def is_phone_trusted(self) -> bool:
        """Whether a number it has verified makes a new account without a code of ours."""
        return self._arrangement.is_phone_trusted

    def address(self, asking: Asking, back: str) -> str:
        """Where the browser goes to sign in, to come back to ``back``."""
        agreed = self._arrangement
        fields = {
            "response_type": "code",
            "client_id": agreed.client_id,
            "redirect_uri": back,
            "scope": agreed.scopes,
            "state": asking.state,
            "nonce": asking.nonce,
            "code_challenge": asking.challenge,
            "code_challenge_method": "S256",
        }
        if agreed.strong_acr:
            fields["acr_values"] = " ".join(agreed.strong_acr)
        if agreed.max_age is not None:
            fields["max_age"] = str(int(agreed.max_age.total_seconds()))
        with self._told():
            return _with_query(self._published.document()["authorization_endpoint"], fields)

    def redeem(self, code: str, sender: str, asking: Asking, back: str, now: datetime) -> Asserted:
        """Who came back with ``code``; ``sender`` is the issuer the browser brought along (RFC 9207)."""
        agreed = self._arrangement
        with self._told():
            document = self._published.document()
            is_sent = document.get("authorization_response_iss_parameter_supported") is True
            if (sender or is_sent) and sender != agreed.issuer:
                raise UnbelievableError(IdentityFault.WRONG_ISSUER)
            answer = self._tokens(code, asking, back)
            expected = Expected(agreed.issuer, agreed.client_id, asking.nonce, agreed.max_age)
            claims = claims_of(answer.get("id_token"), self._published, expected, now)
            return self._asserted(claims, self._details(claims, answer))

    def farewell(self) -> str:
        """Where one signs out over there; empty where it offers none, or does not answer."""
        try:
            address = self._published.address("end_session_endpoint")
        except UnreachableError:
            return ""
        return _with_query(address, {"client_id": self._arrangement.client_id}) if address else ""

    def _tokens(self, code: str, asking: Asking, back: str) -> Mapping[str, Any]:
        agreed, document = self._arrangement, self._published.document()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": asking.verifier,
        }
        ways = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        headers = {}
        if agreed.client_secret and "client_secret_basic" in ways:
            pair = f"{quote(agreed.client_id, safe='')}:{quote(agreed.client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"
        else:
            secret = {"client_secret": agreed.client_secret} if agreed.client_secret else {}
            form |= {"client_id": agreed.client_id, **secret}
        status, answer = self._channel.call(document["token_endpoint"], form, headers)
        if status != 200:
            _logger.warning("The identity provider gave no token: %s", str(answer.get("error"))[:40])
            raise UnbelievableError(IdentityFault.REFUSED)
        return answer

    def _details(self, claims: Mapping[str, Any], answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """What it tells of the person apart from the token; nothing where that is of somebody else, or cannot
        be had: then the person tells it themselves.
        """
        wanted = (self._arrangement.phone_claim, self._arrangement.name_claim)
        address, token = self._published.address("userinfo_endpoint"), answer.get("access_token")
        if not address or not isinstance(token, str) or all(name in claims for name in wanted):
            return {}
        try:
            status, found = self._channel.call(address, headers={"Authorization": f"Bearer {token}"})
        except UnreachableError:
            return {}
        return found if status == 200 and found.get("sub") == claims["sub"] else {}

    def _asserted(self, claims: Mapping[str, Any], details: Mapping[str, Any]) -> Asserted:
        agreed, told = self._arrangement, {**details, **claims}
        subject = claims.get(agreed.subject_claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise UnbelievableError(IdentityFault.NAMELESS)
        return Asserted(
            provider=agreed.name,
            issuer=agreed.issuer,
            subject=subject,
            name=plain_line(str(told.get(agreed.name_claim) or ""))[:LONGEST_NAME],
            phone=mobile_number(str(told.get(agreed.phone_claim) or "")),
            is_phone_verified=told.get(f"{agreed.phone_claim}_verified") is True,
            is_strong=claims.get("acr") in agreed.strong_acr,
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except UnreachableError as failure:
            _logger.warning("The identity provider cannot be used: %s", failure)
            raise IdentityRefusedError(IdentityFault.UNREACHABLE, self.name) from failure
        except UnbelievableError as failure:
            raise IdentityRefusedError(failure.fault, self.name) from failure


def _with_query(address: str, fields: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"
