"""Whatever cannot be read for certain is refused with one sentence: file, row, column and what to do."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from huiqi.catalogue.columns import parse_column_map
from huiqi.population.reading.errors import BusinessesError
from tests.population.tables import DICTIONARY, blocks_of, write_csv, write_jsonl, write_parquet


def refused(file: Path) -> BusinessesError:
    with pytest.raises(BusinessesError) as caught:
        blocks_of(file)
    assert str(file) in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("column", "cell", "advice"),
    [
        ("employees", "十人", "请写整数"),
        ("employees", "10.5", "请写整数"),
        ("employees", "1,000", "请写整数"),
        ("employees", "-1", "不能小于 0"),
        ("employees", "9" * 30, "数字过大"),
        ("growth_pct", "nan", "请写数字"),
        ("growth_pct", "1e999", "不是有效的数字"),
        ("growth_pct", "1001", "不能大于 1000"),
        ("founded_on", "2026-02-30", "没有这一天"),
        ("founded_on", "2026/1/1", "请写成"),
        ("is_operating", "对", "请写 true 或 false"),
        ("kind", "mall", "只能是 shop、firm"),
        ("honours", "h0;h77", "只能是"),
        ("honours", "[h0", "请写成列表"),
        ("region_code", "4108", "六位"),
    ],
)
def test_a_wrong_cell_of_csv_is_named(tmp_path: Path, column: str, cell: str, advice: str) -> None:
    file = write_csv(tmp_path / "b.csv", f"business_id,{column}", "a,", f'b,"{cell}"', f'c,"{cell}"')
    error = refused(file)
    assert (error.row, error.column) == (3, column)
    assert advice in error.message


@pytest.mark.parametrize(
    ("column", "cell", "advice"),
    [
        ("employees", "10", "请写整数"),
        ("employees", True, "请写整数"),
        ("employees", 1.0, "请写整数"),
        ("employees", 10**16, "数字过大"),
        ("growth_pct", "1", "请写数字"),
        ("founded_on", 20260101, "请写成"),
        ("is_operating", 1, "请写 true 或 false"),
        ("kind", "mall", "只能是 shop、firm"),
        ("honours", "h0", "请写成列表"),
        ("honours", ["h0", 1], "只能是"),
        ("honours", {"h0": 1}, "请写成列表"),
        ("region_code", 410825, "六位"),
    ],
)
def test_a_wrong_value_of_json_is_named(tmp_path: Path, column: str, cell: object, advice: str) -> None:
    rows = [{"business_id": "a"}, {"business_id": "b", column: cell}]
    error = refused(write_jsonl(tmp_path / "b.jsonl", rows))
    assert (error.row, error.column) == (2, column)
    assert advice in error.message


@pytest.mark.parametrize(("right", "wrong"), [(10, "10"), (1, True), (1, 1.0)])
def test_values_that_look_alike_in_json_are_told_apart(tmp_path: Path, right: object, wrong: object) -> None:
    rows = [{"business_id": str(n), "employees": value} for n, value in enumerate((right, right, wrong))]
    assert refused(write_jsonl(tmp_path / "b.jsonl", rows)).row == 3


@pytest.mark.parametrize(
    ("column", "cells", "advice"),
    [
        ("employees", pa.array(["1", "2", "3"]), "请写整数"),
        ("employees", pa.array([None, 2.5, 3.5]), "请写整数"),
        ("employees", pa.array([None, 10**15 + 1, 0]), "数字过大"),
        ("employees", pa.array([None, 2**63, 0], pa.uint64()), "数字过大"),
        ("employees", pa.array([None, True, False]), "请写整数"),
        ("growth_pct", pa.array([None, float("inf"), 0.0]), "不是有效的数字"),
        ("growth_pct", pa.array([0.0, 1000.5, 0.0]), "不能大于 1000"),
        ("founded_on", pa.array([None, datetime(2026, 1, 1, 8), None]), "请只写日期"),  # noqa: DTZ001
        ("founded_on", pa.array([None, 20260101, None]), "请写成"),
        ("is_operating", pa.array([None, 1, 0]), "请写 true 或 false"),
        ("kind", pa.array([None, "mall", "mall"]), "只能是 shop、firm"),
        ("honours", pa.array([[], ["h0", "h77"], ["h77"]]), "只能是"),
        ("honours", pa.array([[], ["h0", None], None]), "只能是"),
        ("honours", pa.array([None, "h0", "h1"]), "请写成列表"),
        ("region_code", pa.array([None, 410825, 0]), "六位"),
    ],
)
def test_a_wrong_value_of_parquet_is_named(tmp_path: Path, column: str, cells: pa.Array, advice: str) -> None:
    error = refused(write_parquet(tmp_path / "b.parquet", {"business_id": ["a", "b", "c"], column: cells}))
    assert (error.row, error.column) == (1 if cells[0].as_py() == "1" else 2, column)
    assert advice in error.message


@pytest.mark.parametrize("text", ['{"business_id": "a", "growth_pct": NaN}', '{"business_id": ', "[]", "1"])
def test_broken_json_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text(f'{{"business_id": "x", "employees": 1}}\n\n{text}\n', encoding="utf-8")
    assert refused(file).row == 3


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text(json.dumps({"business_id": "a" * 2_000_000}), encoding="utf-8")
    assert "太长" in refused(file).message


def test_a_business_without_an_id_is_refused(tmp_path: Path) -> None:
    lines = ("business_id,employees", "a,1", " ,2")
    assert refused(write_csv(tmp_path / "b.csv", *lines)).row == 3
    assert refused(write_jsonl(tmp_path / "b.jsonl", [{"business_id": "a", "kind": "shop"}, {}])).row == 2
    file = write_parquet(tmp_path / "b.parquet", {"business_id": ["a", None], "employees": [1, 2]})
    assert refused(file).row == 2


def test_a_table_without_ids_is_refused(tmp_path: Path) -> None:
    error = refused(write_csv(tmp_path / "b.csv", "id,employees", "a,1"))
    assert error.column == "business_id"


def test_ids_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = write_parquet(tmp_path / "b.parquet", {"business_id": [1.5, 2.5], "employees": [1, 2]})
    assert "编号应是文字" in refused(file).message


def test_a_business_named_twice_is_refused_near_and_far(tmp_path: Path) -> None:
    near = write_csv(tmp_path / "near.csv", "business_id,employees", "a,1", "b,2", "a,3")
    assert refused(near).row == 4
    ids = [str(number) for number in range(140_000)] + ["70000"]
    far = write_parquet(tmp_path / "far.parquet", {"business_id": ids, "employees": [1] * len(ids)})
    error = refused(far)
    assert error.row == 140_001
    assert "70000" in error.message


def test_a_table_without_any_fact_is_told_about_column_maps(tmp_path: Path) -> None:
    assert "--columns" in refused(write_csv(tmp_path / "b.csv", "business_id,name", "a,b")).message


@pytest.mark.parametrize("name", ["b.csv", "b.parquet"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    refused(tmp_path / name)


@pytest.mark.parametrize("name", ["b.csv", "b.jsonl"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
def test_other_encodings_are_refused_with_advice(tmp_path: Path, name: str, encoding: str) -> None:
    rows = {"b.csv": "business_id,employees\n焦作企业,1\n", "b.jsonl": '{"business_id": "焦作企业"}\n'}
    (tmp_path / name).write_text(rows[name], encoding=encoding)
    message = refused(tmp_path / name).message
    assert "另存为" in message
    assert {"gb18030": "GBK", "utf-16": "UTF-16", "utf-16-le": "UTF-16"}[encoding] in message


def test_an_encoding_that_changes_far_into_a_csv_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "b.csv"
    good = "".join(f"a{number},1\n" for number in range(20_000))
    file.write_bytes(b"business_id,employees\n" + good.encode() + "焦作,1\n".encode("gb18030"))
    assert "UTF-8" in refused(file).message


@pytest.mark.parametrize("head", ['"business_id,employees\na,1\n', '"business_id\n,employees'])
def test_a_csv_that_is_no_table_is_refused_in_chinese_alone(tmp_path: Path, head: str) -> None:
    file = write_csv(tmp_path / "b.csv", head)
    assert refused(file).message == "不是完整的 CSV 文件。请检查有没有不成对的引号，或重新导出"


def test_a_csv_of_nothing_but_its_mark_is_empty(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"\xef\xbb\xbf\r\n")
    assert "文件是空的" in refused(tmp_path / "b.csv").message


def test_a_csv_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    error = refused(write_csv(tmp_path / "b.csv", "business_id,employees", "a,1", "b,2,3"))
    assert error.row == 3
    assert "应有 2 格" in error.message


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    error = refused(write_csv(tmp_path / "b.csv", "business_id,employees,employees", "a,1,2"))
    assert error.column == "employees"


def test_a_file_of_unknown_kind_and_an_absent_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").touch()
    assert ".parquet" in refused(tmp_path / "b.xlsx").message
    assert "没有这个文件" in refused(tmp_path / "absent.csv").message
    assert "没有这个文件" in refused(tmp_path / "absent.parquet").message
    assert "没有这个文件" in refused(tmp_path / "absent.jsonl").message


def test_a_text_file_called_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.parquet").write_text("business_id,employees\na,1\n", encoding="utf-8")
    assert "Parquet" in refused(tmp_path / "b.parquet").message


def test_a_column_map_that_names_an_absent_column_is_refused(tmp_path: Path) -> None:
    columns = parse_column_map(
        {"id": "code", "facts": {"employees": {"from": [{"column": "staff"}]}}}, DICTIONARY
    )
    with pytest.raises(BusinessesError) as caught:
        blocks_of(write_csv(tmp_path / "b.csv", "code,people", "a,1"), columns)
    assert caught.value.column == "staff"


HUGE = "99999999999999999999999999"


def test_a_number_too_large_is_told_by_its_own_digits(tmp_path: Path) -> None:
    for column in ("employees", "growth_pct"):
        assert HUGE in refused(write_csv(tmp_path / "b.csv", f"business_id,{column}", f"a,{HUGE}")).message
        exact = pa.array([Decimal(HUGE)], pa.decimal128(30, 0))
        file = write_parquet(tmp_path / "b.parquet", {"business_id": ["a"], column: exact})
        assert HUGE in refused(file).message
    wide = pa.array([2**63], pa.uint64())
    file = write_parquet(tmp_path / "b.parquet", {"business_id": ["a"], "employees": wide})
    assert str(2**63) in refused(file).message
    assert (
        "数字过大"
        in refused(write_csv(tmp_path / "b.csv", "business_id,employees", "a," + "9" * 9000)).message
    )


WRONG_CELLS = {
    "employees": "x",
    "growth_pct": "x",
    "founded_on": "x",
    "is_operating": "x",
    "kind": "x",
    "honours": "[x",
    "region_code": "4108",
}


@pytest.mark.parametrize(("column", "cell"), WRONG_CELLS.items())
def test_no_table_is_told_about_quotes(tmp_path: Path, column: str, cell: str) -> None:
    csv = write_csv(tmp_path / "b.csv", f"business_id,{column}", f"a,{cell}")
    assert "引号" not in refused(csv).message
    parquet = write_parquet(tmp_path / "b.parquet", {"business_id": ["a"], column: [cell]})
    assert "引号" not in refused(parquet).message


def test_quotes_stay_a_matter_of_json(tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "b.jsonl", [{"business_id": "a", "employees": "1"}])
    assert "不加引号" in refused(file).message


def test_a_deep_line_of_json_is_told_about_the_line_not_about_conditions(tmp_path: Path) -> None:
    message = refused(write_jsonl(tmp_path / "b.jsonl", [{"business_id": "a", "x": [[[[[1]]]]]}])).message
    assert "嵌套" in message
    assert "条件" not in message


ODD_CELLS = {
    "list of lists": pa.array([None, [["a"]]]),
    "list of structs": pa.array([None, [{"a": 1}]]),
    "list of bytes": pa.array([None, [b"h0"]]),
    "struct": pa.array([None, {"a": 1}]),
    "map": pa.array([None, [("a", "b")]], pa.map_(pa.string(), pa.string())),
    "bytes": pa.array([None, b"h0"]),
    "duration": pa.array([None, 1], pa.duration("s")),
    "time": pa.array([None, 1], pa.time64("us")),
    "extension": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([None, b"0" * 16], pa.binary(16))),
}


@pytest.mark.parametrize("kind", ODD_CELLS)
@pytest.mark.parametrize("column", list(DICTIONARY))
def test_a_column_of_a_type_no_fact_can_be_read_from_is_named(tmp_path: Path, kind: str, column: str) -> None:
    table = {"business_id": ["a", "b"], column: ODD_CELLS[kind]}
    error = refused(write_parquet(tmp_path / "b.parquet", table))
    assert (error.row, error.column) == (None, column)
    assert "再导出" in error.message
    assert "list" not in error.message


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("kind", pa.array([None, date(2026, 1, 1)])),
        ("employees", pa.array([None, 2**62], pa.timestamp("us"))),
        ("kind", pa.array([None, Decimal("1.5")])),
        ("kind", pa.array([None, ["shop"]])),
    ],
)
def test_days_decimals_and_lists_serve_their_own_facts_only(
    tmp_path: Path, column: str, cells: pa.Array
) -> None:
    error = refused(write_parquet(tmp_path / "b.parquet", {"business_id": ["a", "b"], column: cells}))
    assert (error.row, error.column) == (None, column)


@pytest.mark.parametrize("number", [2**31 - 1, -(2**31)])
def test_days_outside_the_calendar_are_refused(tmp_path: Path, number: int) -> None:
    for cells in (pa.array([0, number], pa.date32()), pa.array([0, number * 86400], pa.timestamp("s"))):
        table = {"business_id": ["a", "b"], "founded_on": cells}
        error = refused(write_parquet(tmp_path / "b.parquet", table))
        assert (error.row, error.column) == (2, "founded_on")
        assert "9999 年" in error.message


def test_a_time_zone_nobody_knows_is_refused(tmp_path: Path) -> None:
    cells = pa.array([0], pa.timestamp("us", "No/Where"))
    error = refused(write_parquet(tmp_path / "b.parquet", {"business_id": ["a"], "founded_on": cells}))
    assert "时区 No/Where 不存在" in error.message


def test_a_parquet_file_damaged_inside_is_refused(tmp_path: Path) -> None:
    ids = [f"business number {n}" for n in range(1000)]
    file = write_parquet(tmp_path / "b.parquet", {"business_id": ids, "employees": list(range(1000))})
    content = bytearray(file.read_bytes())
    content[8:600] = b"\xff" * 592
    file.write_bytes(content)
    assert "不是完整的 Parquet 文件" in refused(file).message
