"""How a consent is signed. What signs is put in by the roof; the default is the record of a confirmation.

A reliable electronic signature (电子签名法第十三条) needs a certificate and, for SM2, an approved module; a
city that has both registers its own signer, and what was signed before stays as it was.
"""

from datetime import datetime
from typing import Protocol

from huiqi.foundation.accounts.actions import Confirmed
from huiqi.foundation.consent.domain import Signature

BY_CODE = "code"


class Signer(Protocol):
    """Signs the words that were shown, for somebody who has confirmed them."""

    def __call__(self, statement: bytes, confirmed: Confirmed, now: datetime) -> Signature: ...


def by_code(statement: bytes, confirmed: Confirmed, now: datetime) -> Signature:
    """The default: says that somebody ticked and confirmed by a code, and claims no more."""
    del statement, now
    words = (
        f"本人登录以后勾选同意，并填了发到 {confirmed.phone} 的一次性验证码。验证码只对这一份授权书有效。"
        "这是本站留下的确认记录，不是用数字证书作的电子签名。"
    )
    return Signature(BY_CODE, words)


_SIGNERS: list[Signer] = [by_code]


def register_signer(signer: Signer) -> None:
    """Called from the roof; from then on this one signs."""
    _SIGNERS[:] = [signer]


def sign(statement: str, confirmed: Confirmed, now: datetime) -> Signature:
    """The signature of the words that were shown."""
    return _SIGNERS[0](statement.encode(), confirmed, now)
