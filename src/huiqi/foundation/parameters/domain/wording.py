"""Parameters and their changes in words."""

from datetime import date

from huiqi.core.rules.wording import day_text
from huiqi.foundation.parameters.domain.kinds import Mark, Parameter, Value
from huiqi.foundation.parameters.domain.timelines import Timeline
from huiqi.foundation.parameters.domain.values import value_words

_MARKS = {
    Mark.LAW: "法规定的，不能改",
    Mark.INFERRED: "没有文件规定，先用推断的数，可以改",
    Mark.OURS: "我市自定，可以改",
}


def mark_words(parameter: Parameter, *, is_changed: bool) -> str:
    """Who set the number in force: once two people of the city agreed to one, it is the city's own."""
    mark = Mark.OURS if is_changed and parameter.may_change else parameter.mark
    return _MARKS[mark]


def change_words(parameter: Parameter, from_on: date, old: Value, new: Value) -> str:
    """从 2026年12月1日（周二）起，由 7 个工作日改为 5 个工作日"""
    was, will_be = value_words(parameter, old), value_words(parameter, new)
    return f"从 {day_text(from_on)}起，由 {was}改为 {will_be}"


def later_words(parameter: Parameter, timeline: Timeline, from_on: date) -> str:
    """What is agreed to for after ``from_on``, so that nobody is surprised; empty for nothing."""
    following = timeline.ahead(from_on)
    if not following:
        return ""
    then = following[0]
    return f"到 {day_text(then.from_on)}起，又会按已经同意的改为 {value_words(parameter, then.value)}"
