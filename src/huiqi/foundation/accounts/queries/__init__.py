"""The door for readers: who acts, and for whom."""

from huiqi.foundation.accounts.domain import KINDS, Member, Organisation, Person
from huiqi.foundation.accounts.queries.acting import ACTING_KEY, PERSON_KEY, actor_of

__all__ = ["ACTING_KEY", "KINDS", "PERSON_KEY", "Member", "Organisation", "Person", "actor_of"]
