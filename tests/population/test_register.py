"""A register read from a table: our own columns, a map for others, and what is wrong said in a sentence."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from huiqi.catalogue.columns import load_column_map, parse_column_map
from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.population.reading.errors import BusinessesError
from huiqi.population.reading.open_table import open_table
from huiqi.population.register import RegisterRow, read_register
from tests.support import shared

DICTIONARY = read_dictionary(shipped_path() / FACTS_FILE)
REGISTRY = shipped_path() / "columns" / "registry.yaml"
CODE = "92410825MATE0001XX"
CSV = f"credit_code,name,entity_type,region_code,industry_code,established_on\n{CODE},"


def rows_of(file: Path, columns=None) -> list[RegisterRow]:
    return [row for block, _ in read_register(open_table(file), DICTIONARY, columns) for row in block]


def written(folder: Path, text: str, name: str = "r.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_in_our_own_words_is_read_whole(tmp_path: Path) -> None:
    text = (
        "credit_code,name,operator,entity_type,region_code,industry_code,established_on,is_operating\n"
        f"{CODE}, 温县𬱖记面馆 ,刘德华,individual_business,410825,H6210,2024-05-20,是\n"
        "92410825MATE0002XX,,,,,,,\n"
    )
    assert rows_of(written(tmp_path, text)) == [
        RegisterRow(
            CODE, "温县𬱖记面馆", "刘德华", "individual_business", "410825", "H6210", date(2024, 5, 20), True
        ),
        RegisterRow("92410825MATE0002XX", "", "", "", "", "", None, None),
    ]


def test_who_runs_it_and_whether_it_runs_may_be_missing(tmp_path: Path) -> None:
    row = rows_of(written(tmp_path, f"{CSV}面馆,individual_business,410825,H6210,2024-05-20\n"))[0]
    assert (row.operator, row.is_operating) == ("", None)


def test_lines_of_json_and_parquet_say_the_same(tmp_path: Path) -> None:
    line = (
        f'{{"credit_code": "{CODE}", "name": "面馆\\u0000", "entity_type": "company",'
        ' "region_code": "410825", "industry_code": null, "established_on": "2024-05-20"}\n'
    )
    from_lines = rows_of(written(tmp_path, line, "r.jsonl"))
    table = {
        "credit_code": [CODE],
        "name": pa.array(["面馆"]).dictionary_encode(),
        "entity_type": ["company"],
        "region_code": ["410825"],
        "industry_code": pa.array([None], pa.string()),
        "established_on": [date(2024, 5, 20)],
    }
    parquet.write_table(pa.table(table), tmp_path / "r.parquet")
    assert from_lines == rows_of(tmp_path / "r.parquet")
    assert from_lines[0].name == "面馆"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("credit_code,region_code\nx,410825\n", "name 列：表里没有这一列"),
        (f"{CSV}面馆,individual_business,410825,H6210,去年\n", "第 2 行 established_on 列"),
        (f"{CSV}{'长' * 201},company,410825,H6210,2024-05-20\n", "太长"),
        (f"{CSV}甲,company,410825,H6210,2024-05-20\n{CODE},乙,company,410825,H6210,2024-05-20\n", "前面已有"),
        ("name,region_code\n面馆,410825\n", "没有这一列"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BusinessesError, match=said):
        rows_of(written(tmp_path, text))


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    table = {"uscc": [CODE], "who": [7], "kind": ["个体"]}
    parquet.write_table(pa.table(table), tmp_path / "r.parquet")
    facts = {"entity_type": {"from": [{"column": "kind", "values": {"个体": "individual_business"}}]}}
    columns = parse_column_map({"id": "uscc", "name": "who", "facts": facts}, DICTIONARY)
    with pytest.raises(BusinessesError, match="who 列：应是文字"):
        rows_of(tmp_path / "r.parquet", columns)


def test_a_map_names_the_columns_of_an_outside_table(tmp_path: Path) -> None:
    facts = {"entity_type": {"from": [{"column": "类型", "values": {"个体": "individual_business"}}]}}
    columns = parse_column_map(
        {"id": "代码", "name": "名称", "operator": "经营者", "facts": facts}, DICTIONARY
    )
    file = written(tmp_path, f"代码,名称,经营者,类型\n{CODE},面馆,刘德华,个体\n")
    assert rows_of(file, columns) == [
        RegisterRow(CODE, "面馆", "刘德华", "individual_business", "", "", None, None)
    ]


def test_the_real_register_of_the_city_is_read_by_the_shipped_map() -> None:
    file = shared.path("data/registry/registry_jiaozuo.parquet")
    rows = rows_of(file, load_column_map(REGISTRY, DICTIONARY))
    assert len(rows) == 4884
    assert sum(row.name != "" for row in rows) == 4775
    assert {row.entity_type for row in rows} >= {"company", "individual_business", ""}
    assert all(row.established_on for row in rows)
