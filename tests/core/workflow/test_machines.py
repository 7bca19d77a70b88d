"""A table of moves: what it refuses to be, what it refuses to do, and how it is read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.core.workflow.clocks import ClockRule
from huiqi.core.workflow.diagram import mermaid
from huiqi.core.workflow.machines import (
    IllegalMoveError,
    Machine,
    MachineError,
    State,
    Transition,
    Vocabulary,
)

WORDS = Vocabulary(
    actions={"take": "接手", "answer": "答复", "reopen": "重新打开"},
    roles={"officer": "工作人员", "owner": "经营者"},
    guards={"reason": "写明原因"},
    events={"tell": "告诉对方"},
)
MACHINE = Machine(
    "demo",
    "演示",
    states=(State("open", "待处理"), State("taken", "办理中"), State("closed", "已办结", is_final=True)),
    transitions=(
        Transition("open", "take", ("officer",), "taken"),
        Transition("taken", "answer", ("officer",), "closed", "reason", stops=("days",), events=("tell",)),
        Transition("closed", "reopen", ("owner", "officer"), "taken", starts=("days",)),
    ),
    words=WORDS,
    clocks=(ClockRule("days", "办理时限", 7),),
    starts=("days",),
)


def changed(index: int, **changes: object) -> tuple[Transition, ...]:
    rows = list(MACHINE.transitions)
    rows[index] = replace(rows[index], **changes)
    return tuple(rows)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"states": (*MACHINE.states, State("lost", "没人到"))}, "nothing leads to lost"),
        ({"transitions": MACHINE.transitions[:1]}, "open never comes to an end"),
        ({"transitions": (*MACHINE.transitions, MACHINE.transitions[0])}, "two transitions for open.take"),
        ({"transitions": changed(0, target="nowhere")}, "unknown state nowhere"),
        ({"transitions": changed(0, roles=("king",))}, "unknown role king"),
        ({"transitions": changed(0, roles=())}, "nobody may take in open"),
        ({"transitions": changed(0, action="fly")}, "unknown action fly"),
        ({"transitions": changed(0, guard="luck")}, "unknown guard luck"),
        ({"transitions": changed(0, starts=("egg",))}, "unknown clock egg"),
        ({"transitions": changed(0, events=("bang",))}, "unknown event bang"),
        ({"states": (*MACHINE.states, MACHINE.states[0])}, "open is there twice"),
        ({"states": ()}, "no states"),
        (
            {"clocks": (*MACHINE.clocks, ClockRule("idle", "不走", 1, amber_left=0))},
            "nothing starts the clock idle",
        ),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused_when_it_is_made(changes, said: str) -> None:
    with pytest.raises(MachineError, match=said):
        replace(MACHINE, **changes)


def test_a_legal_move_says_where_it_leads_and_what_it_sets_going() -> None:
    move = MACHINE.apply("taken", "answer", "officer", {"reason"})
    assert (move.target, move.stops, move.events) == ("closed", ("days",), ("tell",))


@pytest.mark.parametrize(
    ("state", "action", "role", "said"),
    [
        ("open", "answer", "officer", "现在是“待处理”，不能答复。接下来工作人员可以接手。"),
        ("open", "fly", "officer", "不能办这一步"),
        ("open", "take", "owner", "您现在的身份不能接手。接下来工作人员可以接手。"),
        ("taken", "answer", "officer", "还不能答复：要先写明原因"),
        ("closed", "take", "officer", "接下来经营者、工作人员可以重新打开。"),
    ],
)
def test_an_illegal_move_is_refused_with_who_may_do_what_next(
    state: str, action: str, role: str, said: str
) -> None:
    with pytest.raises(IllegalMoveError, match=said):
        MACHINE.apply(state, action, role)


def test_a_state_nobody_declared_is_a_mistake_of_ours() -> None:
    with pytest.raises(MachineError):
        MACHINE.apply("gone", "take", "officer")


@given(
    some.sampled_from([*(state.id for state in MACHINE.states)]),
    some.sampled_from([*WORDS.actions, "fly"]),
    some.sampled_from([*WORDS.roles, "king"]),
    some.sets(some.sampled_from(["reason", "luck"])),
)
def test_a_move_is_in_the_table_or_raises(state: str, action: str, role: str, held: set[str]) -> None:
    allowed = [
        each
        for each in MACHINE.transitions
        if (each.state, each.action) == (state, action)
        and role in each.roles
        and (each.guard in held or not each.guard)
    ]
    if allowed:
        assert MACHINE.apply(state, action, role, held) is allowed[0]
    else:
        with pytest.raises(IllegalMoveError):
            MACHINE.apply(state, action, role, held)


def test_the_table_is_read_aloud_a_sentence_a_line() -> None:
    assert MACHINE.read_aloud() == (
        "“待处理”时，工作人员可以接手，之后是“办理中”。",
        "“办理中”时，工作人员可以答复（要先写明原因），之后是“已办结”；“办理时限”停止计时；告诉对方。",
        "“已办结”时，经营者、工作人员可以重新打开，之后是“办理中”；“办理时限”开始计时：7 个工作日。",
    )


def test_the_moves_of_one_role_are_those_it_may_make() -> None:
    assert [each.action for each in MACHINE.moves_from("closed", "owner")] == ["reopen"]
    assert MACHINE.moves_from("open", "owner") == ()


def test_a_drawing_has_every_state_and_every_move() -> None:
    text = mermaid(MACHINE)
    assert text.startswith("stateDiagram-v2\n")
    assert "    [*] --> open\n" in text
    assert "    closed --> taken: 重新打开（经营者、工作人员）\n" in text
    assert text.endswith("    closed --> [*]\n")
    assert text.count("-->") == len(MACHINE.transitions) + 2


def test_a_label_cannot_break_the_drawing() -> None:
    named = replace(MACHINE, states=(State("open", "待:处\n理;#"), *MACHINE.states[1:]))
    assert "open: 待 处 理  \n" in mermaid(named)
