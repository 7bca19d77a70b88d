"""The door for readers: who acts, and for whom."""

from huiqi.foundation.accounts.domain import KINDS, Colleague, Member, Organisation, Person
from huiqi.foundation.accounts.queries.acting import ACTING_KEY, PERSON_KEY, actor_of
from huiqi.foundation.accounts.queries.workplaces import (
    colleagues,
    first_of_kind,
    members_of,
    membership_of,
    staff_of,
    workplace,
    workplaces,
)

__all__ = [
    "ACTING_KEY",
    "KINDS",
    "PERSON_KEY",
    "Colleague",
    "Member",
    "Organisation",
    "Person",
    "actor_of",
    "colleagues",
    "first_of_kind",
    "members_of",
    "membership_of",
    "staff_of",
    "workplace",
    "workplaces",
]
