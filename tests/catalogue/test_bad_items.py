"""Every kind of bad item gets one clear error in Chinese with the path inside it; nothing is half-loaded."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from huiqi.catalogue.exchange import load_exchange, parse_exchange_item
from huiqi.catalogue.item_reading import parse_case, parse_item
from huiqi.catalogue.item_writing import item_to_raw
from huiqi.catalogue.load import load_catalogue, read_dictionary
from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.core.rules.conditions import facts_of
from tests.catalogue.samples import (
    FACTS,
    exchange_case,
    exchange_item,
    raw_case,
    raw_item,
    write_catalogue,
    write_lines,
)

DICTIONARY = read_dictionary(FACTS)
LEAF = {"fact": "months_since_established", "op": "ge", "value": 12}


def problems_of(raw: object) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        parse_item(raw, DICTIONARY, "an.yaml")
    assert {problem.file for problem in caught.value.problems} == {"an.yaml"}
    return caught.value.problems


def tree(*leaves: dict[str, Any]) -> dict[str, Any]:
    return raw_item(conditions={"all": [LEAF, *leaves]})


def nested(depth: int) -> dict[str, Any]:
    node: dict[str, Any] = LEAF
    for _ in range(depth):
        node = {"not": node}
    return node


def test_the_sample_itself_is_sound() -> None:
    assert parse_item(raw_item(), DICTIONARY).id == "jz-sample"


@pytest.mark.parametrize(
    ("leaf", "path"),
    [
        ({"fact": "owner_age", "op": "around", "value": 18}, "conditions/all[1]/op"),
        ({"fact": "is_operating", "op": "gt", "value": True}, "conditions/all[1]/op"),
        ({"fact": "owner_age", "op": "ge", "value": "18"}, "conditions/all[1]/value"),
        ({"fact": "owner_age", "op": "ge", "value": True}, "conditions/all[1]/value"),
        ({"fact": "owner_age", "op": "ge", "value": 18.5}, "conditions/all[1]/value"),
        ({"fact": "layoff_rate_pct", "op": "le", "value": float("nan")}, "conditions/all[1]/value"),
        ({"fact": "owner_age", "op": "between", "value": [65, 18]}, "conditions/all[1]/value"),
        ({"fact": "entity_type", "op": "in", "value": []}, "conditions/all[1]/value"),
        ({"fact": "entity_type", "op": "in", "value": ["shop"]}, "conditions/all[1]/value[0]"),
        ({"fact": "region_code", "op": "eq", "value": 410800}, "conditions/all[1]/value"),
        ({"fact": "loan_contract_on", "op": "ge", "value": "2026-02-30"}, "conditions/all[1]/value"),
        ({"fact": "shoe_size", "op": "ge", "value": 42}, "conditions/all[1]/fact"),
        ({"fact": "owner_age", "op": "ge"}, "conditions/all[1]"),
        ({"fact": "owner_age", "op": "ge", "value": 18, "why": "?"}, "conditions/all[1]"),
        ({"fact": "owner_age", "op": "ge", "value": 18, "clause": 0}, "conditions/all[1]/clause"),
        ({"some": []}, "conditions/all[1]"),
        ({"any": []}, "conditions/all[1]/any"),
        ({"any": [], "all": []}, "conditions/all[1]"),
        ({}, "conditions/all[1]"),
    ],
)
def test_a_fault_in_the_tree_is_named_where_it_stands(leaf: dict[str, Any], path: str) -> None:
    (problem,) = problems_of(tree(leaf))
    assert problem.path == path
    assert any("\u4e00" <= character <= "\u9fff" for character in problem.message)


def test_a_tree_that_contains_itself_is_refused() -> None:
    cyclic: dict[str, Any] = {"all": []}
    cyclic["all"].append(cyclic)
    (problem,) = problems_of(raw_item(conditions=cyclic))
    assert "太深" in problem.message


def test_a_tree_of_10000_levels_is_refused_and_does_not_break_the_stack() -> None:
    (problem,) = problems_of(raw_item(conditions=nested(10_000)))
    assert "太深" in problem.message
    assert len(problem.path) < 100


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"kind": "law"}, "kind"),
        ({"id": "焦作 1"}, "id"),
        ({"title": ""}, "title"),
        ({"title": 5}, "title"),
        ({"published": "2026-13-01"}, "published"),
        ({"published": "20260101"}, "published"),
        ({"effective_to": "2025-12-31"}, "effective_to"),
        ({"region_code": 410800}, "region_code"),
        ({"region_code": "4108"}, "region_code"),
        ({"industry_scope": ["Z99"]}, "industry_scope[0]"),
        ({"industry_scope": "*"}, "industry_scope"),
        ({"conditions_text": []}, "conditions_text"),
        ({"materials": [3]}, "materials[0]"),
        ({"delivery": "快递"}, "delivery"),
        ({"benefit": None}, "benefit"),
        ({"benefit": {**raw_item()["benefit"], "amount_cny_max": "5000"}}, "benefit/amount_cny_max"),
        ({"benefit": {**raw_item()["benefit"], "rate": 5}}, "benefit/rate"),
        ({"benefit": {**raw_item()["benefit"], "tiers": [{"when": LEAF}]}}, "benefit/tiers[0]/amount_cny"),
        ({"source": {**raw_item()["source"], "url": "see the office"}}, "source/url"),
        ({"source": {**raw_item()["source"], "grade": "D"}}, "source/grade"),
        ({"kind": "loan_product"}, "loan"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_fault_in_a_field_is_named_where_it_stands(changes: dict[str, Any], path: str) -> None:
    (problem,) = problems_of(raw_item(**changes))
    assert problem.path == path


@pytest.mark.parametrize("empty", [None, "", [], {}, 0, False], ids=repr)
def test_conditions_left_empty_are_refused(empty: object) -> None:
    assert [problem.path for problem in problems_of(raw_item(conditions=empty))] == ["conditions"]


def test_a_tier_without_its_condition_is_refused() -> None:
    benefit = {**raw_item()["benefit"], "tiers": [{"when": None, "amount_cny": 100}]}
    assert [problem.path for problem in problems_of(raw_item(benefit=benefit))] == ["benefit/tiers[0]/when"]


@pytest.mark.parametrize("key", sorted(raw_item()))
@pytest.mark.parametrize("empty", [None, "", [], {}], ids=repr)
def test_a_field_left_empty_is_refused_or_leaves_a_whole_item(key: str, empty: object) -> None:
    with suppress(CatalogueError):
        item = parse_item(raw_item(**{key: empty}), DICTIONARY)
        assert facts_of(item.condition) <= DICTIONARY.keys()
        assert item_to_raw(item)["id"] == item.id


def test_a_missing_field_is_named() -> None:
    raw = raw_item()
    del raw["summary"]
    (problem,) = problems_of(raw)
    assert problem.path == "summary"
    assert "缺少" in problem.message


def test_a_clause_beyond_the_sentences_is_refused() -> None:
    (problem,) = problems_of(tree({"fact": "owner_age", "op": "ge", "value": 18, "clause": 9}))
    assert "clause: 9" in problem.message


def test_all_faults_of_an_item_are_told_at_once() -> None:
    raw = raw_item(kind="law", title="", conditions={"all": []}, colour="red")
    assert {problem.path for problem in problems_of(raw)} == {"kind", "title", "conditions/all", "colour"}


@pytest.mark.parametrize("raw", [None, [], "text", 5])
def test_what_is_no_mapping_is_no_item(raw: object) -> None:
    assert problems_of(raw)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"facts": {"owner_age": "18"}}, "cases[0]/facts/owner_age"),
        ({"facts": {"shoe_size": 42}}, "cases[0]/facts/shoe_size"),
        ({"facts": {"employees": -1}}, "cases[0]/facts/employees"),
        ({"facts": {"honours": "tech_sme"}}, "cases[0]/facts/honours"),
        ({"expected": "yes"}, "cases[0]/expected"),
        ({"as_of": None}, "cases[0]/as_of"),
        ({"reason": ""}, "cases[0]/reason"),
    ],
)
def test_a_fault_in_a_case_is_named_where_it_stands(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_case(raw_case(**changes), DICTIONARY, "jz-sample", "an.yaml", "cases[0]")
    assert [problem.path for problem in caught.value.problems] == [path]


def test_an_unknown_fact_in_a_case_given_as_null_is_still_refused() -> None:
    with pytest.raises(CatalogueError):
        parse_case(raw_case(facts={"shoe_size": None}), DICTIONARY, "jz-sample")


def test_every_bad_file_of_a_catalogue_is_reported_and_nothing_is_loaded(tmp_path: Path) -> None:
    folder = write_catalogue(
        tmp_path,
        [
            raw_item(id="good", cases=[raw_case()]),
            raw_item(id="bad-one", title=""),
            raw_item(id="bad-two", cases=[raw_case(id="s-2", expected="yes")]),
        ],
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    told = {(Path(problem.file).name, problem.path) for problem in caught.value.problems}
    assert told == {("bad-one.yaml", "title"), ("bad-two.yaml", "cases[0]/expected")}


def test_a_file_named_or_placed_unlike_its_item_is_refused(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path, [raw_item()])
    (folder / "items" / "410800" / "jz-sample.yaml").rename(folder / "items" / "410800" / "other.yaml")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert "410800/jz-sample.yaml" in caught.value.problems[0].message


def test_the_same_case_id_twice_in_a_catalogue_is_refused(tmp_path: Path) -> None:
    folder = write_catalogue(
        tmp_path, [raw_item(cases=[raw_case()]), raw_item(id="jz-other", cases=[raw_case()])]
    )
    with pytest.raises(CatalogueError, match="s-1"):
        load_catalogue(folder)


def test_a_folder_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="items"):
        load_catalogue(write_catalogue(tmp_path, []))


@pytest.mark.parametrize(
    ("value", "place"),
    [("NaN", "conditions/value"), ("1" * 30, "conditions/value"), ("[" * 100 + "]" * 100, "conditions")],
    ids=["NaN", "thirty digits", "deep"],
)
def test_what_json_cannot_say_is_refused_with_its_place(tmp_path: Path, value: str, place: str) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(f'{{"id": "a", "conditions": {{"fact": "owner_age", "op": "ge", "value": {value}}}}}')
    with pytest.raises(CatalogueError) as caught:
        load_exchange(FACTS, file)
    assert [problem.path for problem in caught.value.problems] == [place]


def test_two_items_of_one_id_in_an_exchange_file_are_refused_with_both_places(tmp_path: Path) -> None:
    items = write_lines(tmp_path / "items.jsonl", [exchange_item(), exchange_item()])
    with pytest.raises(CatalogueError) as caught:
        load_exchange(FACTS, items)
    (problem,) = caught.value.problems
    assert problem.file == f"{items}:2"
    assert f"{items}:1" in problem.message


def test_every_bad_line_of_an_exchange_file_is_reported_with_its_number(tmp_path: Path) -> None:
    items = write_lines(tmp_path / "items.jsonl", [exchange_item(title=""), exchange_item(id="b", level="?")])
    with items.open("a", encoding="utf-8") as stream:
        stream.write('{"id": \n{"id": NaN}\n')
    with pytest.raises(CatalogueError) as caught:
        load_exchange(FACTS, items)
    assert [problem.file for problem in caught.value.problems] == [f"{items}:{n}" for n in (1, 2, 3, 4)]


def test_a_deep_tree_in_an_exchange_file_is_refused(tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text('{"conditions": ' + '{"not":' * 10_000 + "1" + "}" * 10_001 + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="嵌套"):
        load_exchange(FACTS, items)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"source_url": "nowhere"}, "source_url"),
        ({"source_kind": "rumour"}, "source_kind"),
        ({"confidence": 1}, "confidence"),
        ({"source": {}}, "source"),
        ({"grade": "A"}, "grade"),
    ],
)
def test_faults_in_an_exchange_item_carry_the_names_of_that_shape(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_exchange_item(exchange_item(**changes), DICTIONARY)
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"entity": {"owner_age": "18"}}, "entity/owner_age"),
        ({"case_id": ""}, "case_id"),
        ({"item_id": "nobody"}, "item_id"),
        ({"item_id": None}, "item_id"),
        ({"facts": {}}, "facts"),
    ],
)
def test_faults_in_an_exchange_case_carry_the_names_of_that_shape(
    tmp_path: Path, changes: dict[str, Any], path: str
) -> None:
    items = write_lines(tmp_path / "items.jsonl", [exchange_item()])
    cases = write_lines(tmp_path / "cases.jsonl", [exchange_case(**changes)])
    with pytest.raises(CatalogueError) as caught:
        load_exchange(FACTS, items, cases)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_broken_dictionary_is_reported_with_its_place(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"facts": [{"id": "a", "label": "甲", "type": "colour", "source_dept": "某局"}]}')
    with pytest.raises(CatalogueError) as caught:
        load_exchange(facts, write_lines(tmp_path / "items.jsonl", []))
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (str(facts), "facts[0]/type")
