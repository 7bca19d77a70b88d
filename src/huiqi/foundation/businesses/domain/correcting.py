"""How a disputed fact is handled: taken, compared with the department's record, and answered."""

from collections.abc import Mapping

from huiqi.core.workflow.clocks import ClockRule
from huiqi.core.workflow.machines import Machine, State, Transition, Vocabulary
from huiqi.foundation.businesses.domain.sheets import Standing

CORRECTION = "correction"
CORRECTION_CODE = "GZ"
ANSWER = "answer"
# 社会信用: no text we could read sets it for a platform of a city; ours until the city sets another.
CORRECTION_DAYS = 7
LONGEST_STATEMENT = 500
_HANDLERS = ("officer", "window_clerk", "department_head", "task_force", "support")
_OWNERS = ("owner", "handler")

CORRECTION_MACHINE = Machine(
    CORRECTION,
    "信息更正",
    states=(
        State("open", "待核对"),
        State("checking", "核对中"),
        State("corrected", "原来的不对，已不再使用", is_final=True),
        State("confirmed", "核对过，没有错", is_final=True),
    ),
    transitions=(
        Transition("open", "take", _HANDLERS, "checking"),
        Transition("open", "correct", _HANDLERS, "corrected", "reason", stops=(ANSWER,)),
        Transition("open", "confirm", _HANDLERS, "confirmed", "reason", stops=(ANSWER,)),
        Transition("checking", "correct", _HANDLERS, "corrected", "reason", stops=(ANSWER,)),
        Transition("checking", "confirm", _HANDLERS, "confirmed", "reason", stops=(ANSWER,)),
        Transition("corrected", "reopen", _HANDLERS, "checking", "reason", starts=(ANSWER,)),
        Transition("confirmed", "reopen", _HANDLERS + _OWNERS, "checking", "reason", starts=(ANSWER,)),
    ),
    words=Vocabulary(
        actions={
            "take": "接手核对",
            "correct": "答复：原来的不对",
            "confirm": "答复：没有错",
            "reopen": "重新打开",
        },
        roles={
            "officer": "工作人员",
            "window_clerk": "窗口人员",
            "department_head": "部门负责人",
            "task_force": "专班成员",
            "support": "客服",
            "owner": "经营者",
            "handler": "经办人",
        },
        guards={"reason": "写明原因"},
    ),
    clocks=(ClockRule(ANSWER, "答复时限", CORRECTION_DAYS, amber_left=2, red_left=0),),
    starts=(ANSWER,),
)
STANDINGS: Mapping[str, Standing] = {
    "open": Standing.DISPUTED,
    "checking": Standing.DISPUTED,
    "corrected": Standing.REJECTED,
    "confirmed": Standing.PLAIN,
}
