"""What a test declares in the name of a room is gone with the test, and what is not is seen."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.support.declaring import READERS, declared_by, known, left_behind, read_anew

TESTS = Path(__file__).parents[1]
# Programs of their own: what they declare ends with their process.
PROGRAMS = {TESTS / "journeys/telling.py", TESTS / "foundation/notices/sending.py"}
TRIAL = {"words": "试一试", "title": "试一试", "body": "试一试。"}


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_was_declared_is_taken_back_even_where_one_lies_in_another(is_alone: bool) -> None:
    before, kinds = known(), apps.get_app_config("notices").notice_kinds
    with declared_by("notices", is_alone=is_alone, notice_kinds={"trial.one": TRIAL}):
        assert left_behind(before)[:1] != []
        with declared_by("cases", notice_kinds={"trial.two": TRIAL}, audit_verbs={"trial.do": "试做了"}):
            assert {"trial.one", "trial.two"} <= set(READERS["notice_kinds"]())
            assert "trial.do" in READERS["audit_verbs"]()
    assert left_behind(before) == []
    assert apps.get_app_config("notices").notice_kinds == kinds


def test_a_kind_that_only_a_reader_still_knows_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    before = known()
    with monkeypatch.context() as patch:
        patch.setattr(apps.get_app_config("notices"), "notice_kinds", {"trial.one": TRIAL})
        read_anew()
        READERS["notice_kinds"]()
    assert left_behind(before) == ["notice_kinds"]
    read_anew()


def test_no_test_declares_by_another_way() -> None:
    names = "|".join(READERS)
    by_hand = re.compile(rf"setattr\([^)]*[\"']({names})[\"']|\.({names}) = ")
    found = [path for path in TESTS.rglob("*.py") if by_hand.search(path.read_text(encoding="utf-8"))]
    own = {Path(__file__), TESTS / "support/declaring.py"}
    assert [str(path.relative_to(TESTS)) for path in found if path not in own | PROGRAMS] == []
