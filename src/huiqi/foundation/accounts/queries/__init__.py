"""The door for readers: who acts, and for whom."""

from huiqi.foundation.accounts.domain import KINDS, Colleague, Member, Organisation, Person
from huiqi.foundation.accounts.domain.members import Deputy
from huiqi.foundation.accounts.domain.sign_in import mobile_number
from huiqi.foundation.accounts.queries.account import Account, account_of, page_after_sign_in, roles_of
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    PERSON_KEY,
    VISITOR,
    actor_of,
    lapse_of,
    seen_until,
)
from huiqi.foundation.accounts.queries.demo import demo_actor

# finding a party for whoever looks after the log
from huiqi.foundation.accounts.queries.finding import (
    organisations_named,
    person_by_phone,
    subject_of_number,
)
from huiqi.foundation.accounts.queries.invited import waiting_grants
from huiqi.foundation.accounts.queries.lost_phone import open_request_of
from huiqi.foundation.accounts.queries.mandates import mandates_given, mandates_held
from huiqi.foundation.accounts.queries.members import (
    acts_for,
    deputies_of,
    member,
    members_in,
    stands_in_for,
)
from huiqi.foundation.accounts.queries.organisations import (
    organisation_counts,
    organisation_of,
    organisations_below,
    party_of,
)
from huiqi.foundation.accounts.queries.proofs import Waiting, waiting_of
from huiqi.foundation.accounts.queries.relations import relations_to
from huiqi.foundation.accounts.queries.workplaces import (
    colleagues,
    first_of_kind,
    members_of,
    membership_of,
    open_organisations,
    people_in,
    people_of_parties,
    people_of_party,
    staff_of,
    workplace,
    workplaces,
)

__all__ = [
    "ACTING_KEY",
    "KINDS",
    "PERSON_KEY",
    "VISITOR",
    "Account",
    "Colleague",
    "Deputy",
    "Member",
    "Organisation",
    "Person",
    "Waiting",
    "account_of",
    "actor_of",
    "acts_for",
    "colleagues",
    "demo_actor",
    "deputies_of",
    "first_of_kind",
    "lapse_of",
    "mandates_given",
    "mandates_held",
    "member",
    "members_in",
    "members_of",
    "membership_of",
    "mobile_number",
    "open_organisations",
    "open_request_of",
    "organisation_counts",
    "organisation_of",
    "organisations_below",
    "organisations_named",
    "page_after_sign_in",
    "party_of",
    "people_in",
    "people_of_parties",
    "people_of_party",
    "person_by_phone",
    "relations_to",
    "roles_of",
    "seen_until",
    "staff_of",
    "stands_in_for",
    "subject_of_number",
    "waiting_grants",
    "waiting_of",
    "workplace",
    "workplaces",
]
