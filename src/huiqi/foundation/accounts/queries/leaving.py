"""Before a member leaves or is away: what lies with them, who could take it, what stands in the way."""

from dataclasses import dataclass

from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.domain import Member
from huiqi.foundation.accounts.domain.members import MUST_REMAIN
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries.members import CURRENT, known_name, member_of, rows_of
from huiqi.foundation.accounts.queries.open_work import Held, open_work_of
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.accounts.queries.relations import relations_to_member
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Taker:
    """A colleague who could take over or stand in; ``id`` is the membership's."""

    id: str
    name: str
    role_label: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """``takers`` begin with those of the same role; ``hindrance`` says why the member cannot leave, and is
    empty where nothing stands in the way.
    """

    member: Member
    name: str
    role_label: str
    is_self: bool
    held: tuple[Held, ...]
    takers: tuple[Taker, ...]
    hindrance: str

    @property
    def work(self) -> str:
        """3 件办件、1 件材料; empty where nothing lies with the member."""
        return "、".join(f"{each.count} 件{each.label}" for each in self.held)

    def taker(self, membership_id: str) -> Taker | None:
        return next((each for each in self.takers if each.id == membership_id), None)


def leaving_of(actor: Actor, membership_id: str) -> Leaving | None:
    """What there is to know of somebody who is a member now; None where there is none."""
    key = as_id(membership_id)
    row = CURRENT.filter(pk=key).first() if key else None
    if row is None:
        return None
    found = relations_to_member(actor, member_of(row), "accounts.end_membership")
    others = [each for each in rows_of(str(row.organisation_id)) if each.person_id != row.person_id]
    others.sort(key=lambda each: each.role != row.role)
    return Leaving(
        member=member_of(row),
        name=known_name(row, found),
        role_label=role_words(row.role),
        is_self="own" in found,
        held=open_work_of(str(row.pk)),
        takers=tuple(Taker(str(each.pk), known_name(each, found), role_words(each.role)) for each in others),
        hindrance=hindrance_to_leaving(row),
    )


def hindrance_to_leaving(row: Membership) -> str:
    """Why a member cannot leave yet: the last of those without whom nobody could bring anybody in."""
    if row.role not in MUST_REMAIN.get(row.organisation.kind, frozenset()):
        return ""
    others = Membership.objects.filter(organisation=row.organisation, role=row.role, until_at__isnull=True)
    if others.exclude(pk=row.pk).filter(person__left_at__isnull=True).exists():
        return ""
    return f"{row.organisation.name}只有这一位{role_words(row.role)}，现在不能离开。请先邀请一位接任的人。"
