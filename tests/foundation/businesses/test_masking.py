"""A person's name is never shown whole, alone or inside the name of a shop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.standards.credit_code import check_credit_code
from huiqi.core.standards.masks import MASK, graphemes, mask_name
from huiqi.foundation.businesses.domain import has_code_form, mask_inside

SELECTED = "葛\U000e0100"  # one ideograph in the form a licence prints it


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("刘德", "刘*"),
        ("欧阳德华", "欧***"),
        ("𬱖䶮", "𬱖*"),
        ("王㛃", "王*"),
        ("𠀀𪚥𰻞𲎯", "𠀀***"),  # extensions B, B, G, H
        (f"{SELECTED}{SELECTED}华", f"{SELECTED}**"),
        ("葛\ufe00华", "葛\ufe00*"),
        ("⿰亻力华", "⿰亻力*"),
        ("阿依古丽·买买提", "阿***·***"),
        ("阿依古丽•买买提", "阿***•***"),
        ("John Smith", "J*** *****"),
        ("王", "*"),
        ("𬱖", "*"),
        ("", ""),
        ("  刘德  ", "刘*"),
    ],
)
def test_the_first_character_is_shown_and_a_star_for_each_other_one(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "name", "masked"),
    [
        ("温县刘德华面馆", "刘德华", "温县刘**面馆"),
        ("刘德华记刘德华面馆", "刘德华", "刘**记刘**面馆"),
        ("温县刘记面馆", "刘德华", "温县刘记面馆"),
        ("温县王记面馆", "王", "温县王记面馆"),
        ("武陟县葛华面馆", f"{SELECTED}华", "武陟县葛*面馆"),
        (f"武陟县{SELECTED}华面馆", "葛华", f"武陟县{SELECTED}*面馆"),
        ("阿依古丽买买提馕店", "阿依古丽·买买提", "阿******馕店"),
        ("阿依古丽·买买提馕店", "阿依古丽买买提", "阿***·***馕店"),
        ("ＪＯＨＮ Smith coffee", "John Smith", "Ｊ*** ***** coffee"),
        ("温县𬱖䶮面馆", "𬱖䶮", "温县𬱖*面馆"),
        ("温县面馆", "", "温县面馆"),
    ],
)
def test_the_full_name_is_masked_inside_the_name_of_a_shop_however_it_is_written(
    text: str, name: str, masked: str
) -> None:
    assert mask_inside(text, name) == masked


@given(st.text())
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(
    st.lists(st.sampled_from([*"刘德华𬱖䶮𰻞·", SELECTED, "㛃\ufe00"]), max_size=8).map("".join),
    st.text(alphabet="温县德面𬱖·", max_size=6),
    st.text(alphabet="温县德面𬱖·", max_size=6),
)
def test_no_name_comes_through_whole(name: str, before: str, after: str) -> None:
    shown = mask_name(name)
    letters = [part for part in graphemes(name) if part != "·"]
    assert not letters or MASK in shown
    assert len(graphemes(shown)) <= len(graphemes(name))
    if len(letters) > 1:
        assert name not in mask_inside(before + name + after, name)


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=16, max_size=20))
def test_the_form_of_a_code_is_the_one_the_standard_asks(text: str) -> None:
    assert has_code_form(text) is check_credit_code(text).is_well_formed
