"""The same businesses read the same from every kind of file."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from huiqi.catalogue.columns import parse_column_map
from huiqi.population.columns import Block, Column
from huiqi.population.reading import csv_file, jsonl_file, parquet_file
from huiqi.population.reading.blocks import BlockReader
from huiqi.population.reading.open_table import open_table
from huiqi.population.reading.typed import typed_column
from tests.population.columns_back import facts_of
from tests.population.tables import (
    BUSINESSES,
    DICTIONARY,
    IDS,
    blocks_of,
    raw_rows,
    typed_columns,
    write_csv,
    write_jsonl,
    write_parquet,
)

CSV = (
    "business_id,employees,revenue_cny,growth_pct,founded_on,is_operating,kind,honours,region_code",
    '甲-1,3,1000000000000000,-.5,2020-02-29,是,shop,"[""h0"",""h8""]",410825',
    "乙-2,,,,,,,,",
    "丙-3,0.0,,1.2e1,,0,,[],",
    "丁-4, ,,,1969-12-31,,firm,,410000",
)  # fmt: skip


def check(file: Path) -> None:
    (block,) = blocks_of(file)
    assert block.ids.to_pylist() == list(IDS)
    assert facts_of(block, DICTIONARY) == list(BUSINESSES)


def test_parquet_is_read(tmp_path: Path) -> None:
    check(write_parquet(tmp_path / "b.parquet", typed_columns()))


def test_csv_is_read(tmp_path: Path) -> None:
    check(write_csv(tmp_path / "b.csv", *CSV))


def test_csv_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    file = tmp_path / "b.csv"
    file.write_bytes("\r\n".join(CSV).encode("utf-8-sig"))
    check(file)


def test_csv_whose_lines_end_as_on_an_old_macintosh_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b.csv"
    file.write_bytes(("\r".join(CSV) + "\r").encode())
    check(file)
    many = tmp_path / "many.csv"
    many.write_bytes(b"business_id,employees\r" + b"".join(b"b%d,%d\r" % (n, n) for n in range(3000)))
    monkeypatch.setattr(csv_file, "PIECE_BYTES", 4096)
    blocks = blocks_of(many)
    assert len(blocks) > 1
    facts = [each for block in blocks for each in facts_of(block, DICTIONARY)]
    assert [each["employees"] for each in facts] == list(range(3000))


def test_json_lines_are_read(tmp_path: Path) -> None:
    check(write_jsonl(tmp_path / "b.jsonl", raw_rows()))


def test_tables_as_pandas_writes_them_are_read(tmp_path: Path) -> None:
    """Whole numbers beside empty cells come as floats, days as moments at midnight, text as categories."""
    columns = typed_columns()
    columns["employees"] = pa.array([3.0, float("nan"), 0.0, None])
    columns["growth_pct"] = pa.array([-0.5, float("nan"), 12.0, float("nan")])
    columns["founded_on"] = columns["founded_on"].cast(pa.timestamp("ns"))
    for name in ("business_id", "kind", "region_code"):
        columns[name] = columns[name].dictionary_encode()
    check(write_parquet(tmp_path / "b.parquet", columns))


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint64(), pa.decimal128(20, 0), pa.float32()])
def test_numbers_of_any_width_are_read(tmp_path: Path, kind: pa.DataType) -> None:
    columns = typed_columns()
    columns["employees"] = columns["employees"].cast(kind)
    check(write_parquet(tmp_path / "b.parquet", columns))


def test_long_strings_large_lists_and_columns_of_nothing_are_read(tmp_path: Path) -> None:
    columns = typed_columns()
    columns["kind"] = columns["kind"].cast(pa.large_string())
    columns["honours"] = columns["honours"].cast(pa.large_list(pa.large_string()))
    columns["revenue_cny"] = pa.nulls(4)
    (block,) = blocks_of(write_parquet(tmp_path / "b.parquet", columns))
    without = [{k: v for k, v in facts.items() if k != "revenue_cny"} for facts in BUSINESSES]
    assert facts_of(block, DICTIONARY) == without


def test_tags_in_csv_may_be_separated_by_semicolons(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", "business_id,honours", "a,h1;h2", "b,h3；h4", "c,", "d,h5")
    (block,) = blocks_of(file)
    assert [facts.get("honours") for facts in facts_of(block, DICTIONARY)] == [
        {"h1", "h2"},
        {"h3", "h4"},
        None,
        {"h5"},
    ]


def test_a_table_in_many_pieces_is_the_same_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = 1000
    businesses = [BUSINESSES[row % 4] for row in range(rows)]
    ids = [f"企业{row}" for row in range(rows)]
    monkeypatch.setattr(parquet_file, "PIECE_ROWS", 77)
    monkeypatch.setattr(jsonl_file, "PIECE_ROWS", 77)
    monkeypatch.setattr(csv_file, "PIECE_BYTES", 4096)
    header, *lines = CSV
    files = (
        write_parquet(tmp_path / "b.parquet", typed_columns(businesses, ids), row_group_size=130),
        write_jsonl(tmp_path / "b.jsonl", raw_rows(businesses, ids)),
        write_csv(
            tmp_path / "b.csv",
            header,
            *(lines[row % 4].replace(IDS[row % 4], ids[row], 1) for row in range(rows)),
        ),
    )
    for file in files:
        blocks = blocks_of(file)
        assert len(blocks) > 1
        assert [each for block in blocks for each in block.ids.to_pylist()] == ids
        assert [facts for block in blocks for facts in facts_of(block, DICTIONARY)] == businesses


def test_whole_numbers_may_serve_as_ids(tmp_path: Path) -> None:
    for file in (
        write_parquet(tmp_path / "b.parquet", {"business_id": [7, 8], "employees": [1, 2]}),
        write_jsonl(tmp_path / "b.jsonl", [{"business_id": n, "employees": 1} for n in (7, 8)]),
    ):
        assert blocks_of(file)[0].ids.to_pylist() == ["7", "8"]


def test_columns_that_are_no_facts_are_ignored_and_reported(tmp_path: Path) -> None:
    rows = [{"business_id": "a", "employees": 1, "电话": "1"}, {"business_id": "b", "备注": {"x": [1]}}]
    for file in (
        write_jsonl(tmp_path / "b.jsonl", rows),
        write_csv(tmp_path / "b.csv", "business_id,电话,employees,备注", "a,1,1,x", "b,,2,"),
    ):
        reader = BlockReader(open_table(file), DICTIONARY, None, frozenset({"employees"}))
        assert sum(block.rows for block, _ in reader.blocks()) == 2
        assert set(reader.ignored) == {"电话", "备注"}


def test_facts_no_rule_asks_for_are_not_read(tmp_path: Path) -> None:
    file = write_parquet(tmp_path / "b.parquet", typed_columns())
    reader = BlockReader(open_table(file), DICTIONARY, None, frozenset({"kind"}))
    ((block, share),) = reader.blocks()
    assert list(block.columns) == ["kind"]
    assert share == 1.0


MAP = parse_column_map(
    {
        "id": "code",
        "facts": {
            "kind": {
                "from": [
                    {"column": "licence", "values": {"个体": "shop"}},
                    {"column": "name", "suffixes": {"公司": "firm"}},
                ]
            },
            "region_code": {"from": [{"column": "area"}], "default": "410800"},
            "employees": {"from": [{"column": "staff"}]},
        },
    },
    DICTIONARY,
)
OUTSIDE = {
    "code": ["a", "b", "c", "d"],
    "licence": ["个体", None, "其他", ""],
    "name": ["某某公司", "某公司", "某社", None],
    "area": ["410825", None, "410000", "  "],
    "staff": [1, None, 3, 4],
    "note": ["", "", "", ""],
}
MEANT = [
    {"kind": "shop", "region_code": "410825", "employees": 1},
    {"kind": "firm", "region_code": "410800"},
    {"region_code": "410000", "employees": 3},
    {"region_code": "410800", "employees": 4},
]


def test_an_outside_table_is_read_through_a_column_map(tmp_path: Path) -> None:
    parquet = write_parquet(tmp_path / "b.parquet", OUTSIDE)
    rows = [dict(zip(OUTSIDE, row, strict=True)) for row in zip(*OUTSIDE.values(), strict=True)]
    jsonl = write_jsonl(tmp_path / "b.jsonl", rows)
    lines = [",".join("" if cell is None else str(cell) for cell in row.values()) for row in rows]
    csv = write_csv(tmp_path / "b.csv", ",".join(OUTSIDE), *lines)
    for file in (parquet, jsonl, csv):
        (block,) = blocks_of(file, MAP)
        assert block.ids.to_pylist() == ["a", "b", "c", "d"]
        assert facts_of(block, DICTIONARY) == MEANT


def test_reading_does_not_depend_on_the_dictionary_of_a_row_group(tmp_path: Path) -> None:
    codes = [f"41{number % 100:02d}00" for number in range(500)] + ["420100"] * 500
    table = {"business_id": [str(n) for n in range(1000)], "region_code": codes}
    file = write_parquet(tmp_path / "b.parquet", table, row_group_size=100)
    facts = [each for block in blocks_of(file) for each in facts_of(block, DICTIONARY)]
    assert [each["region_code"] for each in facts] == codes


def test_a_slice_of_an_array_keeps_its_own_rows() -> None:
    order = pa.array([3, 0, 1, 2, 3, 0])
    for start, rows in ((0, 6), (1, 4), (3, 3)):
        columns: dict[str, Column] = {}
        for fact_id in ("is_operating", "honours", "employees", "founded_on", "growth_pct"):
            sliced = pc.take(typed_columns()[fact_id], order).slice(start, rows)
            column = typed_column(DICTIONARY[fact_id], sliced)
            assert column is not None
            columns[fact_id] = column
        expected = [BUSINESSES[place] for place in order.to_pylist()[start : start + rows]]
        assert facts_of(Block(pa.array(["x"] * rows), columns), DICTIONARY) == [
            {fact_id: value for fact_id, value in facts.items() if fact_id in columns} for facts in expected
        ]


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64()])
def test_nan_is_how_a_float_column_leaves_a_cell_empty(tmp_path: Path, kind: pa.DataType) -> None:
    cells = pa.array([1.0, float("nan"), None, 2.0]).cast(kind)
    table = {
        "business_id": list(IDS),
        "employees": cells,
        "growth_pct": cells,
        "kind": pa.nulls(4).cast(kind),
    }
    (block,) = blocks_of(write_parquet(tmp_path / "b.parquet", table))
    expected = [{"employees": n, "growth_pct": n} if n else {} for n in (1, None, None, 2)]
    assert facts_of(block, DICTIONARY) == expected


def test_midnight_counts_where_the_clock_of_the_column_stands(tmp_path: Path) -> None:
    moments = [datetime(2020, 2, 28, 16, tzinfo=UTC), None]  # midnight of 29 February in Shanghai
    table = {"business_id": ["a", "b"], "founded_on": pa.array(moments, pa.timestamp("ns", "Asia/Shanghai"))}
    (block,) = blocks_of(write_parquet(tmp_path / "b.parquet", table))
    assert facts_of(block, DICTIONARY) == [{"founded_on": date(2020, 2, 29)}, {}]


def test_days_and_decimals_are_read_through_a_column_map_with_a_default(tmp_path: Path) -> None:
    columns = parse_column_map(
        {
            "id": "code",
            "facts": {
                "founded_on": {"from": [{"column": "born"}], "default": "2020-01-01"},
                "growth_pct": {"from": [{"column": "growth"}], "default": 0},
            },
        },
        DICTIONARY,
    )
    table = {
        "code": ["a", "b"],
        "born": pa.array([datetime(2020, 2, 29), None]),  # noqa: DTZ001
        "growth": pa.array([Decimal("1.5"), None]),
    }
    (block,) = blocks_of(write_parquet(tmp_path / "b.parquet", table), columns)
    assert facts_of(block, DICTIONARY) == [
        {"founded_on": date(2020, 2, 29), "growth_pct": 1.5},
        {"founded_on": date(2020, 1, 1), "growth_pct": 0},
    ]
