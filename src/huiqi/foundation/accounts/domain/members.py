"""Who may hold which role, which grants take a second pair of eyes, and how an invitation stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huiqi.foundation.accounts.domain.organisations import Organisation, Person

# The three administrators of GB/T 22239-2019, 8.1.5: system, audit and security stand apart.
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
# Roles that open other people's files or money: the security administrator agrees to each grant.
APPROVED_ROLES = ADMINISTRATORS | {
    *("department_head", "officer", "window_clerk", "task_force", "bank_manager"),
    *("fund_approver", "fund_accountant", "auditor", "support"),
}
# Nobody sees the site as one of these.
NEVER_SEEN = ADMINISTRATORS | {"auditor", "fund_approver", "fund_accountant", "support"}
# Without them nobody could bring anybody in again.
MUST_REMAIN = {"business": frozenset({"owner"}), "platform": ADMINISTRATORS}
LONGEST_REASON = 200


class RefusedError(Exception):
    """Something about organisations, members or mandates cannot be done; the message is for whoever asked,
    and says what happened, that nothing was changed, and what to do.
    """


class InvitationState(StrEnum):
    """How an invitation stands; WAITING is for the security administrator."""

    WAITING = "waiting"
    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"


INVITATION_WORDS = {
    InvitationState.WAITING: "等安全管理员同意",
    InvitationState.OPEN: "等对方接受",
    InvitationState.ACCEPTED: "已接受",
    InvitationState.WITHDRAWN: "已撤回",
    InvitationState.DECLINED: "已谢绝",
    InvitationState.EXPIRED: "已过期",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """What has happened to an invitation; None for what has not."""

    needs_approval: bool
    expires_at: datetime
    approved_at: datetime | None = None
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    is_declined: bool = False

    def state(self, now: datetime) -> InvitationState:
        """What was decided stands; what was not runs out."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.is_declined:
            return InvitationState.DECLINED
        if self.withdrawn_at:
            # What ran out before it was put aside ran out.
            is_late = self.withdrawn_at >= self.expires_at
            return InvitationState.EXPIRED if is_late else InvitationState.WITHDRAWN
        if now >= self.expires_at:
            return InvitationState.EXPIRED
        if self.needs_approval and not self.approved_at:
            return InvitationState.WAITING
        return InvitationState.OPEN


@dataclass(frozen=True, slots=True)
class Invitation:
    """``phone`` and the inviter's name are masked. ``words`` say how it stands; ``reason`` is why the
    security administrator did not agree.
    """

    id: str
    organisation: Organisation
    role: str
    phone: str
    invited_by: Person
    made_at: datetime
    expires_at: datetime
    state: InvitationState
    reason: str = ""
    role_label: str = ""

    @property
    def words(self) -> str:
        return "安全管理员没有同意" if self.reason else INVITATION_WORDS[self.state]

    @property
    def is_undecided(self) -> bool:
        return self.state in (InvitationState.WAITING, InvitationState.OPEN)


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who acts for an absent member from a day until a day, both included. Ids are memberships'."""

    id: str
    absent_id: str
    absent: str
    deputy_id: str
    deputy: str
    from_on: date
    until_on: date
    reason: str


def needs_approval(role: str) -> bool:
    """Whether the security administrator has to agree before this role can be taken up."""
    return role in APPROVED_ROLES


def administrator_clash(held: frozenset[str], role: str) -> bool:
    """Whether somebody who holds these roles would hold two of the three administrators' with this one."""
    return role in ADMINISTRATORS and bool(held & ADMINISTRATORS)


def period_fault(from_on: date, until_on: date, today: date) -> str:
    """What is wrong with the days of an absence; empty for nothing."""
    if until_on < from_on:
        return "结束的日子比开始的还早，请改一下。"
    if until_on < today:
        return "这段日子已经过去了，请写今天或以后的日子。"
    if (until_on - from_on).days > 366:
        return "一次最多一年，请把结束的日子写近一些。"
    return ""
