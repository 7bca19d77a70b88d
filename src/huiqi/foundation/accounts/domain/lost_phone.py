"""The lost telephone: whose number who may ask to change, who agrees, and how a request stands. No law fixes
the steps; that one proposes and another agrees is GB/T 22239-2019, 8.1.5, as for roles.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from huiqi.foundation.accounts.domain.members import ADMINISTRATORS, APPROVED_ROLES, LONGEST_REASON

LONGEST_NOTE = 100
# As long as part of a number by which somebody is known: it is seen, not kept.
_NUMBER_OF_SOMETHING = re.compile(r"\d(?:[\s-]?\d){5}")
PROOFS: Mapping[str, str] = {
    "id_card": "居民身份证原件，本人在场",
    "licence": "营业执照原件和经营者身份证原件，本人在场",
    "other_id": "护照、驾驶证等别的证件原件，本人在场",
    "work_card": "工作证和身份证原件，本人在场",
}


class Weight(StrEnum):
    """How much an account opens: one of a business or of nobody, one of another organisation, one with a
    role that opens other people's files or money, one of the three administrators'. In this order.
    """

    ORDINARY = "ordinary"
    STAFF = "staff"
    POWER = "power"
    ADMINISTRATOR = "administrator"


HEADS = frozenset({"department_head", "bank_manager"})
# Who asks for which account: the window for those it serves, heads for those under them. One administrator
# proposes and one of another kind agrees where an account is an administrator's.
OPENERS: Mapping[Weight, frozenset[str]] = {
    Weight.ORDINARY: frozenset({"window_clerk"}),
    Weight.STAFF: HEADS | {"system_admin", "security_admin"},
    Weight.POWER: HEADS | {"system_admin", "security_admin"},
    Weight.ADMINISTRATOR: frozenset({"system_admin"}),
}
_ORDER = tuple(Weight)


class RequestState(StrEnum):
    """How a request stands. AGREED waits for its hour; ENDS are the states nothing leads out of."""

    WAITING = "waiting"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"


ENDS = tuple(
    state.value for state in RequestState if state not in (RequestState.WAITING, RequestState.AGREED)
)
STATE_WORDS = {
    RequestState.WAITING: "等另一位工作人员核对",
    RequestState.AGREED: "已同意，到时间就换",
    RequestState.DONE: "换好了",
    RequestState.REFUSED: "没有同意",
    RequestState.WITHDRAWN: "已撤回",
    RequestState.STOPPED: "本人叫停了",
    RequestState.EXPIRED: "没人核对，过期了",
    RequestState.OVERTAKEN: "情况变了，没有换",
}


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to a request; None, or empty, for what has not."""

    expires_at: datetime
    approved_at: datetime | None = None
    effective_at: datetime | None = None
    end: str = ""

    def state(self, now: datetime) -> RequestState:
        """What ended stays ended; what nobody agreed to in time runs out, what was agreed to does not."""
        if self.end:
            return RequestState(self.end)
        if self.approved_at:
            return RequestState.AGREED
        return RequestState.EXPIRED if now >= self.expires_at else RequestState.WAITING

    def is_due(self, now: datetime) -> bool:
        """Whether the number is to be changed by now."""
        is_agreed = self.state(now) is RequestState.AGREED
        return is_agreed and self.effective_at is not None and now >= self.effective_at


def weight_of(held: Iterable[tuple[str, str]]) -> Weight:
    """The weight of an account by what it holds: pairs of the kind of an organisation and the role in it."""
    pairs = tuple(held)
    roles = {role for _, role in pairs}
    if roles & ADMINISTRATORS:
        return Weight.ADMINISTRATOR
    if roles & APPROVED_ROLES:
        return Weight.POWER
    return Weight.STAFF if any(kind != "business" for kind, _ in pairs) else Weight.ORDINARY


def outweighs(one: Weight, other: Weight) -> bool:
    """Whether an account with the weight ``one`` opens more than one with ``other``."""
    return _ORDER.index(one) > _ORDER.index(other)


def relations_that_count(found: frozenset[str], weight: Weight, *, is_decision: bool) -> frozenset[str]:
    """Of how somebody is related to a request, what the table of rights is asked by: what the window does is
    its own office's affair, and what opens much is agreed to by nobody but who answers for all.
    """
    if weight is Weight.ORDINARY:
        return found - {"all"}
    if is_decision and weight in (Weight.POWER, Weight.ADMINISTRATOR):
        return found & {"all"}
    return found


def said_fault(text: str, longest: int = LONGEST_REASON) -> str:
    """What is wrong with a sentence that is kept with a request; empty for nothing."""
    if len(text) > longest:
        return f"写了 {len(text)} 个字，最多 {longest} 个。请删短一些，写的都还在。"
    if _NUMBER_OF_SOMETHING.search(text):
        return "请不要写证件号码、手机号这样的长号码：看过就行，不留底。写的都还在，请删掉号码。"
    return ""
