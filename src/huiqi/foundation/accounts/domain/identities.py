"""Identities of another provider (统一身份认证): what it says of somebody, and why it is not believed."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError

ASKING_MINUTES = 10  # for signing in over there
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2


class IdentityFault(StrEnum):
    """What went wrong between a provider and us."""

    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    WRONG_STATE = "wrong_state"
    LATE = "late"
    USED = "used"
    REFUSED = "refused"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    BAD_SIGNATURE = "bad_signature"
    WRONG_NONCE = "wrong_nonce"
    EXPIRED = "expired"
    STALE = "stale"
    NAMELESS = "nameless"


# What happened, for whoever waits; {provider} is the provider's name. How to go on stands beside it.
FAULT_WORDS = {
    IdentityFault.UNREACHABLE: "现在连不上{provider}，可能是它正在维护。请过几分钟再试。",
    IdentityFault.CANCELLED: "您在{provider}取消了登录。",
    IdentityFault.WRONG_STATE: (
        "这次登录不是从这个浏览器开始的，或者已经做过别的登录。请在同一个浏览器里重新开始。"
    ),
    IdentityFault.LATE: f"在{{provider}}停留超过了 {ASKING_MINUTES} 分钟，这次登录已经过期。",
    IdentityFault.USED: "这次登录已经用过一次，不能再用。请重新开始。",
    IdentityFault.REFUSED: "{provider}没有接受这次登录，可能已经过期。请重新开始。",
    IdentityFault.WRONG_ISSUER: "收到的登录凭据不是{provider}发出的，本站没有接受。",
    IdentityFault.WRONG_AUDIENCE: "收到的登录凭据不是发给本站的，本站没有接受。",
    IdentityFault.BAD_SIGNATURE: "收到的登录凭据签名不对，可能被改动过，本站没有接受。",
    IdentityFault.WRONG_NONCE: "收到的登录凭据不是为这次登录发出的，本站没有接受。",
    IdentityFault.EXPIRED: "收到的登录凭据不在有效时间内，本站没有接受。",
    IdentityFault.STALE: "您上次在{provider}登录已经太久，请在那里重新登录一次。",
    IdentityFault.NAMELESS: "{provider}没有说明您是哪一位用户，本站没法认出您。",
}


class IdentityRefusedError(SignInRefusedError):
    """What came from a provider is not believed, or nothing came."""

    def __init__(self, fault: IdentityFault, provider: str) -> None:
        super().__init__(FAULT_WORDS[fault].format(provider=provider))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Asking:
    """One way to a provider and back, kept in the browser's session: what must come back with it (state and
    nonce), what proves that it is ours (verifier), where to go on to, since when, and whose account the
    identity is to be connected to; empty for signing in.
    """

    state: str
    nonce: str
    verifier: str = field(repr=False)
    way: str
    person: str
    since: str

    @property
    def challenge(self) -> str:
        """What the provider gets of the verifier (RFC 7636, S256)."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def is_late(self, now: datetime) -> bool:
        began = datetime.fromisoformat(self.since)
        return not began <= now < began + timedelta(minutes=ASKING_MINUTES)


@dataclass(frozen=True, slots=True)
class Asserted:
    """What a provider says of somebody, believed to come from it. ``phone`` is eleven digits or empty;
    ``is_strong`` where it says that it asked for two proofs of its own.
    """

    provider: str
    issuer: str
    subject: str = field(repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    is_phone_verified: bool = False
    is_strong: bool = False

    @property
    def key(self) -> str:
        """What the identity is found by: the same for the same issuer and subject, letter by letter. A
        subject may be an identity number, so it is not kept itself.
        """
        return hashlib.sha256(f"{self.issuer}\0{self.subject}".encode()).hexdigest()


def identity_method(asserted: Asserted, *, is_connection_proven: bool) -> str:
    """How the sign-in is called. Two proofs of the provider count as ours only where the identity was
    connected by somebody who had given two proofs here: a telephone alone must not open a way past the
    second one.
    """
    is_whole = asserted.is_strong and is_connection_proven
    return f"{'oidc-strong' if is_whole else 'oidc'}:{asserted.provider}"


def asserted_from(kept: Mapping[str, object]) -> Asserted:
    """As it was kept in a session."""
    return Asserted(**kept)  # type: ignore[arg-type] # what `asdict` made of one
