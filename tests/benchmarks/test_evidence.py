"""The evidence tells the truth: a bar that cannot be measured is short, and never hides the others."""

import signal

from benchmarks import machine
from benchmarks.bars import Bar, Figure
from benchmarks.evidence import measured, report, with_lines


def bar_measuring(measure, limit_minutes: float = 1) -> Bar:
    return Bar("one page", "< 1 s", "A1", measure, limit_minutes)


def fail() -> Figure:
    raise RuntimeError("no server | answered")


def test_a_met_bar_is_one_line_with_ok() -> None:
    line = measured(bar_measuring(lambda: Figure("0.2 s", is_met=True)))
    assert str(line) == "one page · 0.2 s · < 1 s · ok"


def test_a_bar_that_fails_is_short_with_its_reason() -> None:
    assert (
        str(measured(bar_measuring(fail))) == "one page · RuntimeError: no server | answered · < 1 s · short"
    )


def test_a_bar_that_hangs_is_stopped_and_short() -> None:
    line = measured(bar_measuring(signal.pause, limit_minutes=1 / 60))
    assert not line.figure.is_met
    assert "not finished" in line.figure.text


def test_the_report_keeps_its_table_whole_and_names_the_machine() -> None:
    text = report([measured(bar_measuring(fail))], minutes=1)
    assert "| one page | RuntimeError: no server \\| answered | < 1 s | **short** | A1 |" in text
    assert all(value in text for value in machine.description().values())


def test_what_is_measured_again_takes_the_place_of_its_line_and_what_is_no_bar_any_more_goes() -> None:
    other = Bar("another | page", "< 1 s", "A1", lambda: Figure("0.3 s", is_met=True), 1)
    gone = Bar("a page of before", "< 1 s", "A1", fail, 1)
    lines = [measured(bar_measuring(fail)), measured(gone), measured(other)]
    mended = measured(bar_measuring(lambda: Figure("0.2 s", is_met=True)))
    text = report(lines, minutes=1)
    again = with_lines(text, [mended], ["one page", "another | page"])
    assert again.count("| one page | 0.2 s (at ") == 1
    assert "no server" not in again
    assert "| another \\| page | 0.3 s | < 1 s | ok | A1 |" in again
    assert again.partition("| Name |")[0] == text.partition("| Name |")[0]
