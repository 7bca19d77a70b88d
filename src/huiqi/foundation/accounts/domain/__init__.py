"""What a person, an organisation and a member are: plain values and the words for them."""

from huiqi.foundation.accounts.domain.organisations import (
    KINDS,
    Colleague,
    Kind,
    Member,
    Organisation,
    Person,
)

__all__ = ["KINDS", "Colleague", "Kind", "Member", "Organisation", "Person"]
