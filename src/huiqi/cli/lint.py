"""`huiqi lint`: what is wrong with the rules themselves, found by reasoning over their value spaces."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from huiqi.catalogue.linting import lint_catalogue
from huiqi.cli.options import as_of_day, chosen_catalogue, day_or_today, json_output, rule_files
from huiqi.cli.wording import ChineseCommand


@click.command(cls=ChineseCommand)
@rule_files
@as_of_day
@json_output
def lint(facts: Path | None, items: Path | None, as_of: date | None, as_json: bool) -> None:
    """检查政策规则：永真、永假、多余条件、重复规则、已到期等。"""
    findings = lint_catalogue(chosen_catalogue(facts, items), day_or_today(as_of))
    counts = Counter(str(finding.severity) for finding in findings)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.severity} {finding.item_id} {finding.path}：{finding.message}")
        click.echo(f"{counts['error']} errors, {counts['warning']} warnings")
    raise SystemExit(1 if counts["error"] else 0)
