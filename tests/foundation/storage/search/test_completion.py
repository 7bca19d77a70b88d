"""What is being typed is completed: names that hold it, words that begin with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.storage.search import Completer, Name, typed_runs

NAME = Name.of("焦作失业保险稳岗返还(2025)")
COMPLETER = Completer({"稳岗": 5, "稳岗返还": 3, "务工": 1, "稳": 9, "POS贷": 2, "贷款" * 10: 50})


@pytest.mark.parametrize(
    ("run", "place"),
    [
        ("稳岗", 6),
        ("2025", 10),
        ("wengang", 6),
        ("weng", 6),
        ("shiye", 2),
        ("wgfh", 6),
        ("jz", 0),
        ("engang", None),
        ("w", 6),
        ("贷款", None),
        ("wgfx", None),
    ],
)
def test_a_name_is_found_by_its_characters_its_sound_and_its_first_letters(
    run: str, place: int | None
) -> None:
    assert NAME.place_of(run) == place


def test_marks_in_a_name_and_in_what_is_typed_make_no_difference() -> None:
    assert Name.of("农行冀时贷(微捷贷模式)").place_of("贷微捷") == 4
    assert typed_runs("Wen'Gang，返还") == ("wengang", "返还")


def test_a_character_nobody_can_sound_is_still_a_character() -> None:
    assert Name.of("𬱖记面馆").place_of("𬱖记") == 0
    assert Name.of("𬱖记面馆").place_of("mianguan") == 2


def test_words_go_on_from_what_is_typed_the_weightiest_first() -> None:
    assert COMPLETER.beginning("稳", 5) == ("稳岗", "稳岗返还")
    assert COMPLETER.beginning("稳岗", 5) == ("稳岗返还",)
    assert COMPLETER.beginning("weng", 1) == ("稳岗",)
    assert COMPLETER.beginning("wg", 5) == ("稳岗", "稳岗返还", "务工")
    assert COMPLETER.beginning("pos", 5) == ("POS贷",)
    assert COMPLETER.beginning("", 5) == ()


def test_a_sentence_is_no_word_to_go_on_with() -> None:
    assert COMPLETER.beginning("贷", 5) == ()


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_part_of_any_name_is_found_in_it(name: str, part: str) -> None:
    whole = Name.of(name + part + name)
    for run in typed_runs(part):
        if run in whole.text:
            assert whole.place_of(run) is not None
