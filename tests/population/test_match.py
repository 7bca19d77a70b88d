"""One run from a file of businesses to the long table."""

from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from huiqi.catalogue.columns import load_column_map
from huiqi.catalogue.exchange import load_exchange
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.conditions import All, Leaf, Op
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.rule import Rule, Window
from huiqi.population import long_table
from huiqi.population.cases import verdicts_for_cases
from huiqi.population.match import MatchSummary, run_match
from huiqi.population.reading import parquet_file
from huiqi.population.reading.errors import BusinessesError
from tests.population.tables import (
    BUSINESSES,
    DICTIONARY,
    IDS,
    blocks_of,
    catalogue_of,
    raw_rows,
    typed_columns,
    write_jsonl,
    write_parquet,
)
from tests.support import shared

AS_OF = date(2026, 6, 30)
RULES = (
    Rule("small", Window(), Leaf("employees", Op.LE, 10), manual_checks=("看现场",)),
    Rule(
        "local",
        Window(),
        All((Leaf("region_code", Op.IN, ("410800",)), Leaf("honours", Op.HAS_ANY, ("h8",)))),
    ),
    Rule("over", Window(closes_on=date(2025, 12, 31)), Leaf("employees", Op.GE, 0)),
)
EXPECTED = [
    (business_id, rule.id, decide(rule, facts, AS_OF, DICTIONARY))
    for business_id, facts in zip(IDS, BUSINESSES, strict=True)
    for rule in RULES
]


def pairs_in(file: Path) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in parquet.read_table(file).to_pylist()]


def run(businesses: Path, out: Path, **options: object) -> MatchSummary:
    return run_match(businesses, out, catalogue_of(RULES), as_of=AS_OF, **options)  # type: ignore[arg-type]


def test_the_long_table_has_a_row_for_every_pair_business_by_business(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    summary = run(write_parquet(tmp_path / "b.parquet", typed_columns()), out)
    assert parquet.read_schema(out).names == ["business_id", "item_id", "verdict"]
    assert pairs_in(out) == EXPECTED
    assert (summary.businesses, summary.items, summary.pairs) == (4, 3, 12)
    verdicts = [verdict for _, _, verdict in EXPECTED]
    assert summary.counts == {verdict: verdicts.count(verdict) for verdict in Verdict}
    assert all(summary.counts.values()), "the sample should meet every verdict"
    assert summary.ignored_columns == ()


def test_every_kind_of_file_gives_the_same_bytes(tmp_path: Path) -> None:
    run(write_parquet(tmp_path / "b.parquet", typed_columns()), tmp_path / "1.parquet")
    run(write_jsonl(tmp_path / "b.jsonl", raw_rows()), tmp_path / "2.parquet")
    run(write_jsonl(tmp_path / "b.jsonl", raw_rows()), tmp_path / "3.parquet")
    first, second, third = ((tmp_path / f"{n}.parquet").read_bytes() for n in (1, 2, 3))
    assert first == second == third


def test_pieces_and_row_groups_do_not_show_in_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [f"企业{number}" for number in range(1000)]
    businesses = write_parquet(tmp_path / "b.parquet", typed_columns(BUSINESSES * 250, ids))
    run(businesses, tmp_path / "whole.parquet")
    monkeypatch.setattr(parquet_file, "PIECE_ROWS", 65)
    monkeypatch.setattr(long_table, "GROUP_PAIRS", 100)
    shares: list[float] = []
    run(businesses, tmp_path / "pieces.parquet", progress=shares.append)
    assert pairs_in(tmp_path / "pieces.parquet") == pairs_in(tmp_path / "whole.parquet")
    assert shares == sorted(shares)
    assert len(shares) == 16
    assert shares[-1] == 1.0


def test_a_catalogue_wholly_out_of_force_makes_everyone_ineligible(tmp_path: Path) -> None:
    businesses = write_parquet(tmp_path / "b.parquet", typed_columns())
    summary = run_match(businesses, tmp_path / "out.parquet", catalogue_of(RULES[2:]), as_of=AS_OF)
    assert summary.counts == {Verdict.ELIGIBLE: 0, Verdict.INELIGIBLE: 4, Verdict.UNKNOWN: 0}


def test_a_table_that_fails_late_leaves_the_old_result_and_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "PIECE_ROWS", 10)
    out = tmp_path / "out.parquet"
    out.write_bytes(b"the result of yesterday")
    table = {"business_id": [str(n) for n in range(30)], "employees": [*range(29), -1]}
    with pytest.raises(BusinessesError, match="第 30 行 employees 列"):
        run(write_parquet(tmp_path / "b.parquet", table), out)
    assert out.read_bytes() == b"the result of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.parquet", "out.parquet"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", "\n\n"])
def test_a_table_with_a_header_only_is_refused_and_nothing_is_written(tmp_path: Path, end: str) -> None:
    businesses = tmp_path / "b.csv"
    businesses.write_text(f"business_id,employees{end}", encoding="utf-8", newline="")
    with pytest.raises(BusinessesError, match="没有一家经营主体"):
        run(businesses, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_the_businesses_themselves_are_never_written_over(tmp_path: Path) -> None:
    businesses = write_parquet(tmp_path / "b.parquet", typed_columns())
    with pytest.raises(BusinessesError, match="换一个文件名"):
        run(businesses, businesses)
    assert blocks_of(businesses)


@pytest.mark.parametrize(
    ("place", "reason"), [("absent", "文件夹不存在"), ("b.parquet", "路径中间有一段是文件，不是文件夹")]
)
def test_a_result_that_has_no_folder_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    businesses = write_parquet(tmp_path / "b.parquet", typed_columns())
    monkeypatch.setattr(parquet_file.ParquetTable, "pieces", lambda *_: pytest.fail("the table was read"))
    with pytest.raises(BusinessesError) as caught:
        run(businesses, tmp_path / place / "out.parquet")
    assert caught.value.message == f"结果写不进去（{reason}）。请检查文件夹、权限和磁盘空间"


def test_every_worked_case_of_the_shipped_catalogue_passes_through_the_population_path() -> None:
    catalogue = load_catalogue()
    assert verdicts_for_cases(catalogue) == {case.id: case.expected for case in catalogue.cases}
    assert len(catalogue.cases) >= 443


def test_every_given_worked_case_passes_through_the_population_path() -> None:
    given = shared.path("policies")
    catalogue = load_exchange(given / "facts.json", given / "policies.jsonl", given / "cases.jsonl")
    assert verdicts_for_cases(catalogue) == {case.id: case.expected for case in catalogue.cases}
    assert len(catalogue.cases) == 443


def test_the_real_registry_is_decided_as_core_rules_decides_each_business(tmp_path: Path) -> None:
    registry = shared.path("data/registry/registry_jiaozuo.parquet")
    catalogue = load_catalogue()
    columns = load_column_map(shipped_path() / "columns" / "registry.yaml", catalogue.dictionary)
    standard = load_size_standard(shipped_path() / "standards")
    out = tmp_path / "out.parquet"
    summary = run_match(registry, out, catalogue, as_of=AS_OF, columns=columns, size_standard=standard)
    assert summary.businesses == 4884
    assert "scope" in summary.ignored_columns
    some = parquet.read_table(registry).slice(0, 60).to_pylist()
    found = pairs_in(out)[: len(some) * summary.items]
    expected = []
    for row in some:
        read = {
            entry.fact: entry.read(
                [row[source.column] for source in entry.sources], catalogue.dictionary[entry.fact]
            )
            for entry in columns.facts
        }
        known = {fact_id: value for fact_id, value in read.items() if value is not None}
        facts = derive(known, AS_OF, standard).facts
        expected += [
            (row["uscc"], item.id, decide(item.rule, facts, AS_OF, catalogue.dictionary))
            for item in catalogue.items.values()
        ]
    assert found == expected
