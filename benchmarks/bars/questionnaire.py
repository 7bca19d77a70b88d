"""Bars on the questionnaire: how soon it settles what is open, and how fast it finds a question."""

import functools

from benchmarks.bars import Figure, bar
from benchmarks.questionnaire import Result, measure

SHOWN = "A2, must show: questionnaire"
AFTER = {8: 0.70, 12: 0.80}
STEP_MS = 20.0


@bar("items settled after 8 questions, 1,000 demo businesses", f"p10 ≥ {AFTER[8]:.0%}", source=SHOWN)
def settled_after_8() -> Figure:
    return _settled(8)


@bar("items settled after 12 questions, 1,000 demo businesses", f"p10 ≥ {AFTER[12]:.0%}", source=SHOWN)
def settled_after_12() -> Figure:
    return _settled(12)


@bar("a step of the questionnaire, p95", f"< {STEP_MS:g} ms", source="A2, deliver 6")
def step() -> Figure:
    result = _measured()
    text = f"p95 {result.step_p95:.2f} ms, longest {result.steps[-1]:.1f} ms of {len(result.steps):,} steps"
    return Figure(text, is_met=result.step_p95 < STEP_MS)


def _settled(questions: int) -> Figure:
    result = _measured()
    after = result.curve[questions]
    alone = f"by the place alone {result.by_place.median:.1%}"
    text = f"{after}; {alone}, by the four facts of the form {result.curve[0]}"
    return Figure(text, is_met=after.p10 >= AFTER[questions])


@functools.cache
def _measured() -> Result:
    return measure()
