"""Receipts: whoever holds one sees how the case stands, and nobody can make one up."""

from django.core import signing

_SALT = "huiqi.cases.receipt"


def receipt_of(case_id: str) -> str:
    """What is given to somebody who opened a case without an account."""
    return signing.dumps(case_id, salt=_SALT)


def case_of_receipt(receipt: str) -> str | None:
    """The id of the case a receipt was given for; None for one that is not ours."""
    try:
        return str(signing.loads(receipt, salt=_SALT))
    except signing.BadSignature:
        return None
