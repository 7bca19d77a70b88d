"""How a reported mistake is handled: taken, compared with the source, and answered with what was found."""

from huiqi.core.workflow.clocks import ClockRule
from huiqi.core.workflow.machines import Machine, State, Transition, Vocabulary

MISTAKE = "mistake"
MISTAKE_CODE = "BC"
ANSWER = "answer"
# Our own promise, kept with the 7 days of 焦作 13710 for ordinary matters in mind; no law sets it. It holds
# until the city sets another (library.answer_days).
ANSWER_DAYS = 7
_HANDLERS = ("officer", "window_clerk", "department_head", "task_force", "support")
_REPORTERS = ("person", "owner", "handler")

MISTAKE_MACHINE = Machine(
    MISTAKE,
    "报错",
    states=(
        State("open", "待处理"),
        State("checking", "核对中"),
        State("corrected", "已改", is_final=True),
        State("unfounded", "没有错", is_final=True),
    ),
    transitions=(
        Transition("open", "take", _HANDLERS, "checking"),
        Transition("open", "correct", _HANDLERS, "corrected", stops=(ANSWER,)),
        Transition("open", "find_unfounded", _HANDLERS, "unfounded", "reason", stops=(ANSWER,)),
        Transition("checking", "correct", _HANDLERS, "corrected", stops=(ANSWER,)),
        Transition("checking", "find_unfounded", _HANDLERS, "unfounded", "reason", stops=(ANSWER,)),
        Transition("corrected", "reopen", _HANDLERS + _REPORTERS, "checking", "reason", starts=(ANSWER,)),
        Transition("unfounded", "reopen", _HANDLERS + _REPORTERS, "checking", "reason", starts=(ANSWER,)),
    ),
    words=Vocabulary(
        actions={
            "take": "接手核对",
            "correct": "答复：已改",
            "find_unfounded": "答复：没有错",
            "reopen": "重新打开",
        },
        roles={
            "officer": "工作人员",
            "window_clerk": "窗口人员",
            "department_head": "部门负责人",
            "task_force": "专班成员",
            "support": "客服",
            "person": "报错的人",
            "owner": "经营者",
            "handler": "经办人",
        },
        guards={"reason": "写明原因"},
    ),
    clocks=(ClockRule(ANSWER, "答复时限", ANSWER_DAYS, amber_left=2, red_left=0),),
    starts=(ANSWER,),
)
