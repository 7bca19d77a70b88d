"""Reads whom a support member wants to see the site as, and why."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict

from huiqi.foundation.accounts.domain.members import LONGEST_REASON
from huiqi.foundation.accounts.forms.sign_in import Line, read_phone


@dataclass(frozen=True, slots=True)
class Sought:
    """``view`` is a membership's id, empty for the person themselves; ``fault`` is about the reason, ``said``
    about all of it.
    """

    phone: Line = field(default_factory=Line)
    reason: str = ""
    view: str = ""
    is_sure: bool = False
    fault: str = ""
    said: str = ""

    def refused(self, words: str) -> "Sought":
        """The same with why nothing was opened."""
        return replace(self, said=words)


def read_sought(posted: QueryDict) -> Sought:
    """What was sent, with what is wrong with it."""
    reason = "".join(mark for mark in " ".join(posted.get("reason", "").split()) if mark.isprintable())
    fault = "" if reason else "请写一句为什么要代看，对方会看到这句话。"
    if len(reason) > LONGEST_REASON:
        fault = f"写了 {len(reason)} 个字，最多 {LONGEST_REASON} 个，请删短一些。"
    view, is_sure = posted.get("view", "")[:40], posted.get("step") == "yes"
    return Sought(read_phone(posted), reason, view, is_sure, fault)
