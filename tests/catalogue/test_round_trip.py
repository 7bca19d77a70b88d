"""What is written reads back the same: YAML files, the exchange files, and what the hashes stand on."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.exchange import CASES_FILE, FACTS_FILE, ITEMS_FILE, load_exchange, write_exchange
from huiqi.catalogue.item_reading import parse_case, parse_item
from huiqi.catalogue.item_writing import (
    case_to_raw,
    catalogue_hash,
    dictionary_to_raw,
    facts_to_raw,
    item_file_text,
    item_hash,
    item_to_raw,
)
from huiqi.catalogue.items import Catalogue, Item
from huiqi.catalogue.load import load_catalogue, read_item_file
from huiqi.catalogue.plain_yaml import parse_yaml
from huiqi.core.rules.conditions import (
    OPS_BY_TYPE,
    All,
    AnyOf,
    Condition,
    Leaf,
    Not,
    Op,
    leaves_of,
)
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import CodeSystem, Fact, FactType, Value
from tests.catalogue.samples import raw_item
from tests.support import shared

CATALOGUE = load_catalogue()
DICTIONARY = CATALOGUE.dictionary
SAMPLE = parse_item(raw_item(), DICTIONARY)

_DAYS = st.integers(0, 20_000).map(lambda days: date(1990, 1, 1) + timedelta(days=days))
_INDUSTRIES = st.sampled_from(["A", "F52", "H6210"])
_REGIONS = st.sampled_from(["410000", "410800", "410825"])


def single_values(fact: Fact) -> st.SearchStrategy[Value]:
    match fact.type:
        case FactType.BOOL:
            return st.booleans()
        case FactType.INTEGER | FactType.MONEY:
            return st.integers(-1000, 10**9)
        case FactType.NUMBER:
            return st.integers(0, 100) | st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
        case FactType.DATE:
            return _DAYS
        case FactType.ENUM | FactType.SET:
            return st.sampled_from(sorted(fact.codes))
        case FactType.CODE:
            return _INDUSTRIES if fact.code_system is CodeSystem.INDUSTRY else _REGIONS


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    fact = draw(st.sampled_from(list(DICTIONARY.values())))
    op = draw(st.sampled_from(sorted(OPS_BY_TYPE[fact.type])))
    single = single_values(fact)
    value: Value | tuple[Value, ...]
    if op is Op.EXISTS:
        value = draw(st.booleans())
    elif op is Op.BETWEEN:
        value = tuple(sorted([draw(single), draw(single)]))  # type: ignore[type-var]
    elif op in (Op.IN, Op.NOT_IN, Op.HAS_ANY):
        value = tuple(draw(st.lists(single, min_size=1, max_size=3, unique=True)))
    else:
        value = draw(single)
    return Leaf(fact.id, op, value, draw(st.none() | st.integers(1, 2)))


def _groups(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    children = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return children.map(All) | children.map(AnyOf) | inner.map(Not)


trees = st.recursive(leaves(), _groups, max_leaves=8)


def clauses_of(item: Item) -> list[int | None]:
    return [leaf.clause for leaf in leaves_of(item.condition)]  # not part of a leaf's equality


@given(trees, st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip))
def test_any_item_reads_back_from_its_own_file_text(condition: Condition, text: str) -> None:
    item = replace(SAMPLE, condition=condition, title=text, note=text, conditions_text=(text, "二"))
    raw = parse_yaml(item_file_text(item, []), depth_limit=64)
    read = parse_item(raw, DICTIONARY)
    assert read == item
    assert clauses_of(read) == clauses_of(item)
    assert item_file_text(read, []) == item_file_text(item, [])


@pytest.mark.parametrize("item", CATALOGUE.items.values(), ids=lambda item: item.id)
def test_every_shipped_file_is_written_exactly_as_it_stands(item: Item) -> None:
    file = shared.ROOT / "catalogue" / "items" / item.region_code / f"{item.id}.yaml"
    read, cases = read_item_file(file, DICTIONARY)
    assert item_file_text(read, cases) == file.read_text(encoding="utf-8")


def test_items_cases_and_dictionary_read_back_from_their_raw_shape() -> None:
    for item in CATALOGUE.items.values():
        assert parse_item(item_to_raw(item), DICTIONARY) == item
    for case in CATALOGUE.cases:
        assert parse_case(case_to_raw(case), DICTIONARY, case.item_id) == case
        assert DICTIONARY.parse_facts(facts_to_raw(case.facts)) == case.facts
    read = parse_dictionary({"version": DICTIONARY.version, "facts": dictionary_to_raw(DICTIONARY)})
    assert list(read.values()) == list(DICTIONARY.values())


def exported(tmp_path: Path) -> Catalogue:
    write_exchange(CATALOGUE, tmp_path)
    return load_exchange(tmp_path / FACTS_FILE, tmp_path / ITEMS_FILE, tmp_path / CASES_FILE)


def test_the_catalogue_reads_back_from_exchange_files_but_for_its_clauses(tmp_path: Path) -> None:
    read = exported(tmp_path)
    assert dict(read.items) == dict(CATALOGUE.items)
    assert read.cases == CATALOGUE.cases
    assert {clause for item in read.items.values() for clause in clauses_of(item)} == {None}


def test_exported_files_pass_the_checker_that_came_with_the_given_ones(tmp_path: Path) -> None:
    checker = shared.path("policies/validate.py")
    write_exchange(CATALOGUE, tmp_path)
    (tmp_path / "validate.py").write_bytes(checker.read_bytes())
    run = subprocess.run(
        [sys.executable, str(tmp_path / "validate.py")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert "0 case mismatches, 0 errors" in run.stdout


def test_the_exchange_reader_takes_item_files_and_folders_too() -> None:
    folder = shared.ROOT / "catalogue"
    whole = load_exchange(folder / "facts.yaml", folder / "items")
    assert catalogue_hash(whole) == catalogue_hash(CATALOGUE)
    one = load_exchange(folder / "facts.yaml", next((folder / "items" / "410800").glob("*.yaml")))
    assert len(one.items) == 1
    assert one.cases


def test_a_hash_stands_for_the_content_whatever_file_it_came_from() -> None:
    assert catalogue_hash(load_catalogue()) == catalogue_hash(CATALOGUE)
    assert item_hash(replace(SAMPLE, title="另一个名称")) != item_hash(SAMPLE)
    marked = replace(SAMPLE, condition=replace(next(leaves_of(SAMPLE.condition)), clause=2))
    unmarked = replace(marked, condition=replace(next(leaves_of(marked.condition)), clause=None))
    assert item_hash(marked) != item_hash(unmarked)
    fewer = replace(CATALOGUE, cases=CATALOGUE.cases[1:])
    assert catalogue_hash(fewer) != catalogue_hash(CATALOGUE)


def test_whom_to_ask_and_what_came_after_read_back() -> None:
    item = replace(SAMPLE, office="某局某科", phone="0391-1234567", superseded_by="jz-sample-2027")
    assert parse_item(item_to_raw(item), DICTIONARY) == item
    assert parse_item(parse_yaml(item_file_text(item, ()), depth_limit=64), DICTIONARY) == item
    assert not {"office", "phone", "superseded_by"} & item_to_raw(SAMPLE).keys()
