"""What the tests of organisations, members and mandates set up."""

from dataclasses import replace
from datetime import date, timedelta

from huiqi.foundation.accounts.actions.invitations import Invited, accept_invitation, approve_grant, invite
from huiqi.foundation.accounts.actions.mandates import Grant, grant_mandate
from huiqi.foundation.accounts.domain.mandates import Terms
from huiqi.foundation.accounts.models import Membership, Organisation
from tests.support.people import NOW, Someone, organisation, someone

TODAY = NOW.date()
PHONE = "13900008888"


def number_of(who: Someone) -> str:
    """The telephone number somebody signs in with."""
    return who.person.phone.reveal()


def platform() -> tuple[Someone, Someone]:
    """A system administrator and a security administrator of one office."""
    office = organisation("platform")
    return someone("system_admin", office), someone("security_admin", office)


def invited(by: Someone, whom: Someone, role: str, party: Organisation | None = None) -> Invited:
    """An invitation of somebody who has an account."""
    where = party or by.organisation
    assert where is not None
    return invite(by.actor, str(where.pk), number_of(whom), role, NOW)


def joined(by: Someone, whom: Someone, role: str, security: Someone, party: Organisation) -> Membership:
    """The whole way into a role that takes a second pair of eyes."""
    made = invited(by, whom, role, party)
    approve_grant(security.actor, made.id, NOW)
    return Membership.objects.get(pk=accept_invitation(whom.actor, made.secret, NOW))


TERMS = Terms("handler", frozenset({"matching.ask"}), TODAY, TODAY + timedelta(days=30), "本人在手机上授权")


def granted(by: Someone, agent: str, key: str = "k" * 22, **terms: object) -> str:
    """A mandate, by default of a month to a person to ask what one can get."""
    return grant_mandate(by.actor, Grant(key, agent, replace(TERMS, **terms)), NOW)  # type: ignore[arg-type] # wrong ones too


def days(count: int) -> date:
    """A day as far from today."""
    return TODAY + timedelta(days=count)
