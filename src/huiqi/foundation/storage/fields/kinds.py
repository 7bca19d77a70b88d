"""What kind of thing is encrypted: how it may be shown, and when two ways of writing it mean the same."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from huiqi.core.standards.masks import (
    mask_account,
    mask_identity,
    mask_name,
    mask_phone,
    mask_text,
    phone_digits,
)


class Kind(StrEnum):
    """What a text is; TEXT shows nothing of itself."""

    PHONE = "phone"
    NAME = "name"
    IDENTITY = "identity"
    ACCOUNT = "account"
    TEXT = "text"

    def masked(self, text: str) -> str:
        """What may be shown of ``text``; empty for an empty one."""
        return _MASKS[self](text)

    def normal(self, text: str) -> str:
        """The same for every way of writing the same thing: what a look-up compares."""
        if self is Kind.PHONE and (digits := phone_digits(text)):
            return digits
        plain = unicodedata.normalize("NFKC", text).casefold()
        return plain.strip() if self is Kind.TEXT else re.sub(r"[\s·•・‧∙⋅-]", "", plain)


_MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.PHONE: mask_phone,
    Kind.NAME: mask_name,
    Kind.IDENTITY: mask_identity,
    Kind.ACCOUNT: mask_account,
    Kind.TEXT: mask_text,
}
