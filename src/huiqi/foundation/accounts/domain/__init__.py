"""What a person, an organisation and a member are: plain values and the words for them."""

from huiqi.foundation.accounts.domain.organisations import (
    KINDS,
    Closing,
    Colleague,
    Kind,
    Member,
    Organisation,
    Person,
)

__all__ = ["KINDS", "Closing", "Colleague", "Kind", "Member", "Organisation", "Person"]
