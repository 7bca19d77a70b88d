"""The commands as a person types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from huiqi.catalogue.paths import shipped_path
from huiqi.cli import main
from tests.support import shared

ITEM = "cn-tax-vat-exempt-100k"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


FACTS = {
    "version": "1",
    "facts": [
        {"id": "employees", "label": "职工人数", "type": "integer", "unit": "人", "source_dept": "人社局"},
    ],
}
ITEM_OF_ONE = {
    "id": "one",
    "kind": "policy",
    "title": "一项政策",
    "doc_no": None,
    "issuer": "某局",
    "level": "national",
    "region_code": "000000",
    "industry_scope": ["*"],
    "published": None,
    "effective_from": None,
    "effective_to": None,
    "benefit": {"type": "subsidy", "amount_cny_max": 100, "rate": None, "formula": "一次", "unit": "once"},
    "delivery": "申报",
    "summary": "一句话",
    "conditions_text": ["职工不少于 10 人"],
    "conditions": {"fact": "employees", "op": "ge", "value": 10},
    "materials": [],
    "channel": "窗口",
    "deadline": None,
    "source_url": "https://example.org/",
    "source_kind": "gov",
    "confidence": "high",
}


def exchange(folder: Path, **changes: object) -> list[object]:
    """Write a one-item exchange catalogue, with changes to its item, and return the options naming it."""
    (folder / "facts.json").write_text(json.dumps(FACTS), encoding="utf-8")
    (folder / "items.jsonl").write_text(json.dumps({**ITEM_OF_ONE, **changes}), encoding="utf-8")
    return ["--facts", folder / "facts.json", "--items", folder / "items.jsonl"]


def test_every_worked_case_of_the_shipped_catalogue_passes_both_ways() -> None:
    result = run("cases")
    assert result.exit_code == 0, result.output
    passed, failed = result.output.splitlines()[-1].replace(",", "").split(" passed ")
    assert int(passed) >= 443
    assert failed == "0 failed"


def test_the_given_corpus_passes_in_its_exchange_form() -> None:
    policies = shared.path("policies")
    result = run(
        "cases",
        "--facts",
        policies / "facts.json",
        "--items",
        policies / "policies.jsonl",
        "--cases",
        policies / "cases.jsonl",
    )
    assert result.output.splitlines()[-1] == "443 passed, 0 failed"
    assert result.exit_code == 0


def test_a_case_that_disagrees_is_named_and_ends_with_exit_code_1(tmp_path: Path) -> None:
    case = {
        "case_id": "c-1",
        "item_id": "one",
        "as_of": "2026-01-01",
        "entity": {"employees": 9},
        "expected": "eligible",
        "reason": "故意写错",
    }
    (tmp_path / "cases.jsonl").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    result = run("cases", *exchange(tmp_path), "--cases", tmp_path / "cases.jsonl")
    assert result.exit_code == 1
    assert "c-1" in result.output.splitlines()[0]
    assert result.output.splitlines()[-1] == "0 passed, 1 failed"


def test_the_shipped_catalogue_lints_without_an_error() -> None:
    result = run("lint", "--as-of", "2026-11-23")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("0 errors, ")


def test_a_rule_that_is_never_true_is_an_error_of_the_linter(tmp_path: Path) -> None:
    never = {
        "all": [
            {"fact": "employees", "op": "ge", "value": 10},
            {"fact": "employees", "op": "lt", "value": 5},
        ]
    }
    result = run("lint", *exchange(tmp_path, conditions=never), "--as-of", "2026-11-23")
    assert result.exit_code == 1
    assert "one" in result.output


def test_explain_shows_the_clause_the_value_and_the_next_question(tmp_path: Path) -> None:
    shop = tmp_path / "shop.json"
    shop.write_text('{"taxpayer_type": "small_scale"}', encoding="utf-8")
    result = run("explain", "--business", shop, "--item", ITEM, "--as-of", "2026-11-23")
    assert result.exit_code == 0, result.output
    assert "还需确认" in result.output
    assert "还需回答" in result.output
    as_json = json.loads(
        run("explain", "--business", shop, "--item", ITEM, "--as-of", "2026-11-23", "--json").output
    )
    assert as_json["verdict"] == "unknown"
    assert as_json["questions"] == ["monthly_sales_cny"]


def test_explain_names_the_document_once(tmp_path: Path) -> None:
    shop = tmp_path / "shop.json"
    shop.write_text("{}", encoding="utf-8")
    lines = run("explain", "--business", shop, "--item", ITEM, "--as-of", "2026-11-23").output.splitlines()
    assert lines[1] == "依据：财政部 税务总局公告2023年第19号"


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2028-01-01", "执行期已于 2027年12月31日 结束"), ("2022-12-31", "2023年1月1日 起执行")],
)
def test_explain_names_the_day_that_decides_outside_the_window(
    tmp_path: Path, as_of: str, words: str
) -> None:
    shop = tmp_path / "shop.json"
    shop.write_text("{}", encoding="utf-8")
    assert words in run("explain", "--business", shop, "--item", ITEM, "--as-of", as_of).output
    inside = run("explain", "--business", shop, "--item", ITEM, "--as-of", "2026-11-23").output
    assert "执行" not in inside


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"monthly_sales_cny": "10"}', "monthly_sales_cny"),
        (b'{"monthly_sales_cny": NaN}', ""),
        (b'{"no_such_fact": 1}', "no_such_fact"),
        ('{"taxpayer_type": "小规模"}'.encode("gb18030"), "GB18030"),
        ('{"taxpayer_type": "小规模"}'.encode("utf-16"), "UTF-16"),
        (b"[" * 10_000 + b"]" * 10_000, ""),
        (b"{", ""),
        (b" " * 50_000_000, "MB"),
    ],
    ids=["text for a number", "NaN", "unknown fact", "GB18030", "UTF-16", "deep", "cut off", "50 MB"],
)
def test_a_bad_business_gets_one_sentence_and_exit_code_2(tmp_path: Path, content: bytes, place: str) -> None:
    shop = tmp_path / "shop.json"
    shop.write_bytes(content)
    result = run("explain", "--business", shop, "--item", ITEM, "--as-of", "2026-11-23")
    assert result.exit_code == 2
    assert result.output.startswith("错误：")
    assert place in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_bad_rule_is_refused_with_its_path_and_nothing_is_written(tmp_path: Path) -> None:
    businesses = tmp_path / "b.csv"
    businesses.write_text("business_id,employees\na,12\n", encoding="utf-8")
    bad = {"all": [{"fact": "employees", "op": "ge", "value": "10"}]}
    out = tmp_path / "out.parquet"
    result = run("match", "--businesses", businesses, *exchange(tmp_path, conditions=bad), "--out", out)
    assert result.exit_code == 2
    assert "conditions/all[0]/value" in result.output
    assert not out.exists()


def test_match_writes_the_long_table_and_prints_its_counts(tmp_path: Path) -> None:
    businesses = tmp_path / "b.csv"
    businesses.write_text("business_id,employees\na,12\nb,9\nc,\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    result = run(
        "match",
        "--businesses",
        businesses,
        *exchange(tmp_path),
        "--as-of",
        "2026-11-23",
        "--out",
        out,
        "--json",
    )
    assert result.exit_code == 0, result.output
    summary = json.loads(result.output)
    assert (summary["businesses"], summary["items"], summary["pairs"]) == (3, 1, 3)
    assert summary["verdicts"] == {"eligible": 1, "ineligible": 1, "unknown": 1}
    rows = parquet.read_table(out).to_pylist()
    assert [(row["business_id"], row["item_id"], row["verdict"]) for row in rows] == [
        ("a", "one", "eligible"),
        ("b", "one", "ineligible"),
        ("c", "one", "unknown"),
    ]


def test_match_names_the_columns_it_did_not_read(tmp_path: Path) -> None:
    businesses = tmp_path / "b.csv"
    businesses.write_text("business_id,employees,老板电话\na,12,0391\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    result = run(
        "match", "--businesses", businesses, *exchange(tmp_path), "--as-of", "2026-11-23", "--out", out
    )
    assert result.exit_code == 0, result.output
    assert "老板电话" in result.output.splitlines()[-1]


def test_the_real_registry_is_matched_through_its_column_map(tmp_path: Path) -> None:
    registry = shared.path("data/registry/registry_jiaozuo.parquet")
    columns = shipped_path() / "columns" / "registry.yaml"
    result = run(
        "match", "--businesses", registry, "--columns", columns, "--as-of", "2026-11-23",
        "--out", tmp_path / "out.parquet", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["businesses"] == 4884


def test_files_of_rules_are_only_taken_together(tmp_path: Path) -> None:
    result = run("lint", "--facts", tmp_path / "facts.json")
    assert result.exit_code == 2
    assert "--items" in result.output
