"""Column maps: read strictly, and silent wherever a column does not say something for certain."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from huiqi.catalogue.columns import ColumnMap, load_column_map, parse_column_map
from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.problems import CatalogueError
from huiqi.core.rules.errors import RuleError
from tests.support import shared

DICTIONARY = read_dictionary(shipped_path() / "facts.yaml")
REGISTRY = load_column_map(shipped_path() / "columns" / "registry.yaml", DICTIONARY)


def facts_of(row: dict[str, Any], columns: ColumnMap = REGISTRY) -> dict[str, Any]:
    read = {
        entry.fact: entry.read([row.get(source.column) for source in entry.sources], DICTIONARY[entry.fact])
        for entry in columns.facts
    }
    return {fact: value for fact, value in read.items() if value is not None}


def test_the_registered_type_goes_before_the_code_and_the_name() -> None:
    row = {"type_raw": "个人独资企业", "kind_from_uscc": "enterprise", "name": "某某有限公司"}
    assert facts_of(row) == {"entity_type": "sole_proprietorship"}


@pytest.mark.parametrize(
    ("row", "entity_type"),
    [
        ({"type_raw": "个体工商户"}, "individual_business"),
        ({"type_raw": "普通合伙"}, "partnership"),
        ({"kind_from_uscc": "farmer_cooperative"}, "farmers_cooperative"),
        ({"kind_from_uscc": "enterprise", "name": "焦作某某商贸有限公司"}, "company"),
        ({"kind_from_uscc": "enterprise", "name": " 焦作某某有限责任公司 "}, "company"),
    ],
)
def test_what_a_column_says_for_certain_is_taken(row: dict[str, Any], entity_type: str) -> None:
    assert facts_of(row) == {"entity_type": entity_type}


@pytest.mark.parametrize(
    "row",
    [
        {"kind_from_uscc": "enterprise"},
        {"kind_from_uscc": "enterprise", "name": "某某股份有限公司焦作分公司"},
        {"kind_from_uscc": "enterprise", "type_raw": "集体分支机构(非法人)", "name": None},
        {"type_raw": "", "name": float("nan")},
    ],
)
def test_what_no_column_says_for_certain_stays_unknown(row: dict[str, Any]) -> None:
    assert facts_of(row) == {}


def test_the_finest_place_known_is_taken() -> None:
    row = {"district_code": "410825", "city_code": "4108", "reg_authority_code": "410000"}
    assert facts_of(row) == {"region_code": "410825"}
    assert facts_of({**row, "district_code": None}) == {"region_code": "410800"}
    assert facts_of({"reg_authority_code": "410000"}) == {"region_code": "410000"}


def test_a_cell_that_is_no_value_of_the_fact_is_an_error_and_not_a_guess() -> None:
    assert facts_of({"established": date(2019, 3, 12)}) == {"established_on": date(2019, 3, 12)}
    with pytest.raises(RuleError):
        facts_of({"established": "2019年3月"})


def test_the_default_speaks_only_where_every_column_is_silent() -> None:
    entry = {"from": [{"column": "state", "values": {"存续": True}}], "default": False}
    columns = parse_column_map({"id": "no", "facts": {"is_operating": entry}}, DICTIONARY)
    assert facts_of({"state": "存续"}, columns) == {"is_operating": True}
    assert facts_of({"state": "吊销"}, columns) == {"is_operating": False}
    assert columns.columns == ("no", "state")


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"facts": {"owner_age": {"from": [{"column": "a"}]}}}, "id"),
        ({"id": "no", "facts": {}}, "facts"),
        ({"id": "no", "facts": {"shoe_size": {"from": [{"column": "a"}]}}}, "facts/shoe_size"),
        ({"id": "no", "facts": {"owner_age": {"from": []}}}, "facts/owner_age/from"),
        ({"id": "no", "facts": {"owner_age": {"from": [{"column": ""}]}}}, "facts/owner_age/from[0]/column"),
        ({"id": "no", "facts": {"owner_age": {"from": [{"colum": "a"}]}}}, "facts/owner_age/from[0]"),
        (
            {"id": "no", "facts": {"is_operating": {"from": [{"column": "a", "values": {"存续": "yes"}}]}}},
            "facts/is_operating/from[0]/values/存续",
        ),
        (
            {"id": "no", "facts": {"owner_age": {"from": [{"column": "a"}], "default": "18"}}},
            "facts/owner_age",
        ),
        ({"id": "no", "row": 1, "facts": {"owner_age": {"from": [{"column": "a"}]}}}, "row"),
    ],
)
def test_a_fault_in_a_map_is_named_where_it_stands(raw: dict[str, Any], path: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_column_map(raw, DICTIONARY, "map.yaml")
    (problem,) = caught.value.problems
    assert problem.file == "map.yaml"
    assert problem.path.startswith(path)


def test_a_broken_map_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_column_map(tmp_path / "map.yaml", DICTIONARY)


def test_every_real_registration_is_read_without_guessing() -> None:
    table = pq.read_table(
        shared.path("data/registry/registry_jiaozuo.parquet"), columns=list(REGISTRY.columns)
    )
    read = [facts_of(row) for row in table.to_pylist()]
    assert len(read) == 4884
    assert sum("established_on" in facts for facts in read) == 4884
    types = Counter(facts.get("entity_type") for facts in read)
    assert types["individual_business"] == 109
    assert types["farmers_cooperative"] == 409
    assert types[None] > 1000  # branches and old collective enterprises
    assert all(facts["region_code"].startswith(("4108", "410000")) for facts in read)
