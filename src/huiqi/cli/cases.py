"""`huiqi cases`: every worked case, one by one and through the population path."""

import json
from pathlib import Path

import click

from huiqi.catalogue.cases import run_cases
from huiqi.cli.errors import refuse
from huiqi.cli.options import FILE, chosen_catalogue, json_output, rule_files
from huiqi.cli.wording import ChineseCommand
from huiqi.population.cases import verdicts_for_cases


@click.command(cls=ChineseCommand)
@rule_files
@click.option("--cases", "case_file", type=FILE, help="例题文件（JSONL），与 --facts、--items 一起给")
@json_output
def cases(facts: Path | None, items: Path | None, case_file: Path | None, as_json: bool) -> None:
    """逐题核对政策例题：单户判断和全市批量判断都要与答案一致。"""
    if (facts or items) and case_file is None:
        refuse("请同时给出 --cases（例题文件）")
    catalogue = chosen_catalogue(facts, items, case_file)
    in_bulk = verdicts_for_cases(catalogue)
    failures = []
    for result in run_cases(catalogue):
        found = (result.verdict, in_bulk[result.case.id])
        if any(verdict is not result.case.expected for verdict in found):
            failures.append((result.case, *found))
    passed = len(catalogue.cases) - len(failures)
    if as_json:
        rows = [
            {"case": case.id, "item": case.item_id, "expected": case.expected, "single": one, "bulk": bulk}
            for case, one, bulk in failures
        ]
        click.echo(json.dumps({"passed": passed, "failed": len(failures), "failures": rows}))
    else:
        for case, one, bulk in failures:
            click.echo(
                f"{case.id} {case.item_id}：应为 {case.expected}，单户 {one}，批量 {bulk}。{case.reason}"
            )
        click.echo(f"{passed} passed, {len(failures)} failed")
    raise SystemExit(1 if failures else 0)
