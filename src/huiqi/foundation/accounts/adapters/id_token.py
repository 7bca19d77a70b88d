"""Whether an ID token is to be believed (OpenID Connect Core 1.0, section 3.1.3.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import GuestProtocol, Key

from huiqi.foundation.accounts.adapters.published import ALGORITHMS, Published
from huiqi.foundation.accounts.domain.identities import IdentityFault

LEEWAY_SECONDS = 60
_OF_CLAIM = {
    "iss": IdentityFault.WRONG_ISSUER,
    "aud": IdentityFault.WRONG_AUDIENCE,
    "azp": IdentityFault.WRONG_AUDIENCE,
    "nonce": IdentityFault.WRONG_NONCE,
    "exp": IdentityFault.EXPIRED,
    "iat": IdentityFault.EXPIRED,
    "nbf": IdentityFault.EXPIRED,
    "auth_time": IdentityFault.STALE,
    "sub": IdentityFault.NAMELESS,
}


class UnbelievableError(Exception):
    """The token is not to be believed."""

    def __init__(self, fault: IdentityFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say; ``max_age`` is None where it does not matter when its owner signed in there."""

    issuer: str
    client_id: str
    nonce: str
    max_age: timedelta | None


def claims_of(token: object, published: Published, expected: Expected, now: datetime) -> dict[str, Any]:
    """The claims of a token that is signed by the provider, for us, for this sign-in, and still good.
    UnbelievableError; UnreachableError where the keys cannot be had.
    """

    def key_of(signed: GuestProtocol) -> Key:
        header = signed.headers()
        named = header.get("kid")
        key_id = None if named is None else str(named)
        found = published.key(key_id, str(header.get("alg")))
        if found is None:
            raise InvalidKeyIdError
        return found

    try:
        if not isinstance(token, str):
            raise UnbelievableError(IdentityFault.BAD_SIGNATURE)
        claims = jwt.decode(token, key_of, algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError) as failure:
        raise UnbelievableError(IdentityFault.BAD_SIGNATURE) from failure
    try:
        _registry(expected, now).validate(claims)
    except ClaimError as failure:
        claim = failure.claim.partition(",")[0]
        raise UnbelievableError(_OF_CLAIM.get(claim, IdentityFault.REFUSED)) from failure
    _check_party(claims, expected)
    _check_moment(claims, expected, now)
    return claims


def _registry(expected: Expected, now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )


def _check_party(claims: dict[str, Any], expected: Expected) -> None:
    """A token for several must say for whom it was made, and that must be us."""
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", expected.client_id if len(audiences) == 1 else None) != expected.client_id:
        raise UnbelievableError(IdentityFault.WRONG_AUDIENCE)
    if not constant_time_compare(str(claims["nonce"]), expected.nonce):
        raise UnbelievableError(IdentityFault.WRONG_NONCE)


def _check_moment(claims: dict[str, Any], expected: Expected, now: datetime) -> None:
    if expected.max_age is None:
        return
    since = claims.get("auth_time")
    oldest = (now - expected.max_age).timestamp() - LEEWAY_SECONDS
    if isinstance(since, bool) or not isinstance(since, int) or since < oldest:
        raise UnbelievableError(IdentityFault.STALE)
