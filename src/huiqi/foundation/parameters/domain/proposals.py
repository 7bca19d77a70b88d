"""How a proposal stands, and what is said where something cannot be done."""

from enum import StrEnum

LONGEST_REASON = 500
LONGEST_DOCUMENT = 120
LONGEST_PURPOSE = 200


class ParameterRefusedError(Exception):
    """Something about a parameter cannot be done; the message says what happened, that nothing was changed,
    and what to do.
    """


class State(StrEnum):
    """How a proposal stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_WORDS = {
    State.WAITING: "等另一个人同意",
    State.APPROVED: "同意了",
    State.REFUSED: "没有同意",
    State.WITHDRAWN: "撤回了",
}


def written(text: str, longest: int, wanted: str = "") -> str:
    """What somebody wrote, in one line without what cannot be seen. ParameterRefusedError where it is too
    long, and where nothing is written though ``wanted`` says what should be.
    """
    found = "".join(mark if mark.isprintable() else " " for mark in text).strip()
    if wanted and not found:
        raise ParameterRefusedError(f"{wanted}写的都还在，没有提交。")
    if len(found) > longest:
        raise ParameterRefusedError(
            f"写了 {len(found)} 个字，最多 {longest} 个。请删短一些，写的都还在，没有提交。"
        )
    return found
