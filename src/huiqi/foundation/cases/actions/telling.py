"""Who gets a message of what was done: written in the same transaction, sent after it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import may_open
from huiqi.foundation.accounts.queries import (
    KINDS,
    Member,
    deputies_of,
    members_of,
    people_in,
    people_of_party,
)
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.domain import RISES, Rise, Rung
from huiqi.foundation.cases.models import Case, CaseClock
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.notices.actions import notify

HEAD = "department_head"
# What a whole office is told nobody feels meant by.
MOST_TOLD = 10
ROLES = frozenset(role for kind in KINDS.values() for role in kind.roles)


def tell_rise(case: Case, row: CaseClock, rung: Rung, act: Act) -> None:
    """Tell of a rung: whoever has the case and their deputy, then the heads, then the heads above."""
    context = {
        "number": case.number,
        "title": case.title,
        "day": day_text(row.due_on),
        "rise": RISES[rung.to],
        "place": case.organisation.name,
    }
    _tell("cases.escalate", f"{row.pk}:{rung.id}", _raised_to(case, rung.to, act.today), context, case, act)


def tell_heir(case: Case, member: Member, act: Act) -> None:
    """Tell somebody that a case is theirs now."""
    context = {
        "number": case.number,
        "title": case.title,
        "day": day_text(case.due_on) if case.due_on else "无",
    }
    _tell("cases.transfer", f"{case.number}:{case.version}", [member.person.id], context, case, act)


def tell_heir_of_all(count: int, leaver: str, member: Member, act: Act) -> None:
    """Tell somebody that all cases of a colleague are theirs now."""
    key = f"cases.hand_over:{member.id}:{act.now.timestamp()}"
    context = {"count": count, "leaver": leaver}
    recipients = [member.person.id]
    notify("cases.hand_over", key, recipients, context, act.now, act.actor, link=reverse("cases:desk"))


def tell_party(case: Case, act: Act) -> None:
    """Tell a party that has an account that its case was answered."""
    state = kinds()[case.kind].machine.state(case.state).label
    context = {"number": case.number, "title": case.title, "state": state, "place": case.organisation.name}
    people = [each for each in people_of_party(case.party_id) if each != act.actor.id]
    _tell("cases.answer", f"{case.number}:{case.version}", people, context, case, act)


def _tell(
    kind: str, key: str, people: Iterable[str], context: Mapping[str, object], case: Case, act: Act
) -> None:
    if recipients := list(people):
        link = reverse("cases:case", args=[case.number])
        notify(kind, f"{kind}:{key}", recipients, context, act.now, act.actor, link=link)


def _raised_to(case: Case, rise: Rise, today: date) -> list[str]:
    if rise is Rise.REMINDER and case.assignee:
        deputies = members_of(frozenset(deputies_of(str(case.assignee_id), today)))
        return [str(case.assignee.person_id), *(each.person.id for each in deputies)]
    above = case.organisation.parent_id if rise is Rise.ABOVE else None
    return _heads(str(above or case.organisation_id))


def _heads(organisation_id: str) -> list[str]:
    """Its heads; in an organisation that has none some of those who handle cases. All see it on the desk."""
    heads = people_in(organisation_id, frozenset({HEAD}))
    workers = frozenset(role for role in ROLES if may_open(role, "cases.see_desk"))
    return list((heads or people_in(organisation_id, workers))[:MOST_TOLD])
