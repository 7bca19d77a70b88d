"""The strict readers of YAML and JSON: what they take, and that they refuse everything with two meanings."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.plain_json import parse_json
from huiqi.catalogue.plain_yaml import parse_yaml, write_yaml
from huiqi.catalogue.problems import NotPlainError

DEPTH = 64
_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_numbers = st.integers(-(10**15), 10**15) | st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 6))
_values = st.recursive(
    st.none() | st.booleans() | _numbers | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=12,
)


@given(_values)
def test_what_is_written_as_yaml_reads_back_the_same(value: Any) -> None:
    text = write_yaml(value)
    assert parse_yaml(text, DEPTH) == value
    assert write_yaml(parse_yaml(text, DEPTH)) == text


@given(_values)
def test_another_yaml_reader_understands_what_is_written_the_same_way(value: Any) -> None:
    assert yaml.load(write_yaml(value), Loader=yaml.CSafeLoader) == value


def test_dates_codes_and_words_in_yaml_stay_text() -> None:
    assert parse_yaml("a: 2026-01-01\nb: yes\nc: '0108'\nd: H6210\n", DEPTH) == {
        "a": "2026-01-01",
        "b": "yes",
        "c": "0108",
        "d": "H6210",
    }


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("a: &x 1\nb: *x", "a", "锚点"),
        ("a: &x {b: *x}", "a", "锚点"),
        ("a: *x", "a", "别名"),
        ("a: !!python/object:os.system x", "a", "类型标记"),
        ("a: {b: 1, b: 2}", "a", "两次"),
        ("a:\n  - b: 010", "a[0]/b", "加引号"),
        ("a: .nan", "a", "加引号"),
        ("a: 1e5", "a", "加引号"),
        ("a: 12345678901234567890", "a", "加引号"),
        ("1: a", "", "加上引号"),
        ("? [a]\n: b", "", "名称"),
        ("<<: {a: 1}", "", "合并"),
        ("a: 1\n---\nb: 2", "", "一份内容"),
        ("", "", "空的"),
        ("a: [1", "", "YAML"),
        ("a: \x07", "", "字符"),
        ("[" * 10_000, "", "嵌套"),
        ("- " * 10_000, "", "嵌套"),
    ],
)
def test_yaml_with_two_meanings_is_refused_where_it_stands(text: str, path: str, said: str) -> None:
    with pytest.raises(NotPlainError) as caught:
        parse_yaml(text, DEPTH)
    assert said in caught.value.message
    assert caught.value.path.startswith(path)


def test_a_fault_in_yaml_names_its_line() -> None:
    with pytest.raises(NotPlainError) as caught:
        parse_yaml("a: 1\nb:\n  c: *x\n", DEPTH)
    assert (caught.value.line, caught.value.path) == (3, "b/c")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "大得"),
        ('{"a": ' + "9" * 5000 + "}", "5000 位"),
        ('{"a": 1, "a": 2}', "两次"),
        ('{"a": 1', "JSON"),
        ("", "JSON"),
        ("[" * 10_000 + "]" * 10_000, "嵌套"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "嵌套"),
        ('{"a": "\\ud800"}', "残缺"),
    ],
)
def test_json_without_one_clear_meaning_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotPlainError) as caught:
        parse_json(text, DEPTH)
    assert said in caught.value.message


def test_brackets_inside_json_strings_do_not_count_as_depth() -> None:
    text = '{"a": "' + "[" * 200 + '\\"' + "{" * 200 + '"}'
    assert math.isclose(len(parse_json(text, DEPTH)["a"]), 401)
