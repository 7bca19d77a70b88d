"""The door for readers: who acts, and for whom."""

from huiqi.foundation.accounts.domain import KINDS, Member, Organisation, Person
from huiqi.foundation.accounts.queries.account import Account, account_of, page_after_sign_in, roles_of
from huiqi.foundation.accounts.queries.acting import ACTING_KEY, PERSON_KEY, VISITOR, actor_of
from huiqi.foundation.accounts.queries.proofs import Waiting, waiting_of

__all__ = [
    "ACTING_KEY",
    "KINDS",
    "PERSON_KEY",
    "VISITOR",
    "Account",
    "Member",
    "Organisation",
    "Person",
    "Waiting",
    "account_of",
    "actor_of",
    "page_after_sign_in",
    "roles_of",
    "waiting_of",
]
