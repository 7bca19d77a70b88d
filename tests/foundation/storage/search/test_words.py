"""What is typed is understood against what the index holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.search_words import SearchWords, load_search_words
from huiqi.foundation.storage.search import Listener, Segmenter, Vocabulary, normal
from huiqi.foundation.storage.search.vocabulary import is_one_slip
from huiqi.foundation.storage.search.words import runs

TEXTS = ("失业保险稳岗返还", "小微企业贷款贴息", "四大怀药种植补贴", "应急转贷", "个体工商户减免", "云税e贷")
WORDS = SearchWords(
    words=("四大怀药", "应急转贷", "稳岗"),
    skipped=frozenset({"怎么", "有", "吗"}),
    synonyms={"返钱": ("返还", "退税"), "转公司": ("个体工商户",)},
)
SEGMENTER = Segmenter(WORDS.whole)


def listener() -> Listener:
    counts: dict[str, int] = {}
    for text in TEXTS:
        for word in SEGMENTER.kept(text):
            counts[word] = counts.get(word, 0) + 1
    return Listener(SEGMENTER, WORDS, Vocabulary(counts))


EAR = listener()


def test_width_case_and_marks_make_no_difference() -> None:
    assert normal("ＶＡＴ\u3000１％\x00") == "vat 1% "
    assert list(runs("云税Ｅ贷·(2025)")) == ["云税", "e", "贷", "2025"]


def test_names_of_the_city_stay_whole_and_their_parts_are_found_too() -> None:
    assert SEGMENTER.asked("种四大怀药") == ["种", "四大怀药"]
    assert {"应急转贷", "应急", "转贷"} <= set(SEGMENTER.kept("应急转贷"))


def test_a_word_stands_beside_what_it_means_as_far_as_the_index_holds_it() -> None:
    assert EAR.understand("返钱").groups == (("返还",),)
    assert EAR.understand("返还").groups == (("返还",),)


def test_a_space_in_the_middle_of_a_known_saying_is_closed() -> None:
    assert EAR.understand("转 公司").groups == (("个体工商户",),)


def test_words_that_only_ask_are_left_out() -> None:
    assert EAR.understand("稳岗怎么有吗").groups == (("稳岗",),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wengang", "稳岗"),
        ("WENGANG", "稳岗"),
        ("wengangfanhuan", "稳岗返还"),
        ("daikuan", "贷款"),
        ("tiexi", "贴息"),
        ("dk", "贷款"),
        ("wggang", ""),
        ("wenggang", "稳岗"),
        ("稳刚", "稳岗"),
        ("贴吸", "贴息"),
        ("待款", "贷款"),
        ("四大坏药", "四大怀药"),
        ("个体工伤户", "个体工商户"),
    ],
)
def test_sounds_letters_and_slips_lead_to_the_word(typed: str, meant: str) -> None:
    question = EAR.understand(typed)
    assert (question.guesses[0] if question.guesses else "") == meant
    assert bool(question.groups) is bool(meant)


def test_a_short_word_is_taken_for_a_slip_only_where_nothing_else_is_known() -> None:
    assert EAR.understand("货款").groups == (("贷款",),)
    assert EAR.understand("货款 贴息").groups == (("贴息",),)
    assert EAR.understand("货款 贴息").unknown == ("货款",)


def test_what_nobody_wrote_is_said_to_be_unknown() -> None:
    question = EAR.understand("鹿茸 补贴")
    assert question.groups == (("补贴",),)
    assert question.unknown == ("鹿茸",)


def test_part_of_a_word_leads_to_the_word() -> None:
    assert EAR.understand("大怀").groups == (("四大怀药",),)


@given(st.text(max_size=80))
def test_every_text_has_a_question_made_of_letters_and_digits(text: str) -> None:
    question = EAR.understand(text)
    assert all(word.isalnum() for group in question.groups for word in group)
    assert all(group for group in question.groups)


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_a_slip_works_both_ways(one: str, other: str) -> None:
    assert is_one_slip(one, other) == is_one_slip(other, one)
    assert not is_one_slip(one, one)


@given(st.text(alphabet="abcd", min_size=1, max_size=6), st.data())
def test_one_changed_letter_is_one_slip(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert is_one_slip(word[:place] + "z" + word[place + 1 :], word)
    assert is_one_slip(word[:place] + word[place + 1 :], word)


def test_ten_kilobytes_are_understood_at_once() -> None:
    question = EAR.understand("稳岗返还贷款" * 1_700)
    assert {"稳岗"} in [set(group) for group in question.groups]


def test_the_shipped_words_hold_together() -> None:
    words = load_search_words()
    assert {"四大怀药", "应急转贷"} <= set(words.words)
    assert not words.skipped & set(words.synonyms)
    assert all(len(meant) == len(set(meant)) for meant in words.synonyms.values())


def test_a_single_character_is_left_out_beside_a_word_and_heard_alone() -> None:
    assert EAR.understand("种四大怀药").groups == (("四大怀药",),)
    assert EAR.understand("税").groups
