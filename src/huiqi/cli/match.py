"""`huiqi match`: a whole registry against the whole catalogue in one run."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from huiqi.catalogue.columns import load_column_map
from huiqi.cli.errors import refuse
from huiqi.cli.options import (
    FILE,
    as_of_day,
    chosen_catalogue,
    day_or_today,
    json_output,
    rule_files,
    shipped_size_standard,
)
from huiqi.cli.wording import ChineseCommand, ChineseOption
from huiqi.population.match import MatchSummary, run_match


@click.command(cls=ChineseCommand)
@click.option(
    "--businesses", cls=ChineseOption, type=FILE, required=True, help="经营主体表：parquet、csv 或 jsonl"
)
@click.option("--columns", type=FILE, help="外来表的列怎样对应事实（YAML）")
@rule_files
@as_of_day
@click.option("--out", cls=ChineseOption, type=FILE, required=True, help="结果写到哪个 parquet 文件")
@json_output
def match(
    businesses: Path,
    columns: Path | None,
    facts: Path | None,
    items: Path | None,
    as_of: date | None,
    out: Path,
    as_json: bool,
) -> None:
    """把一整张经营主体表与全部政策比对，写出长表 business_id, item_id, verdict。"""
    if out.exists() and not out.is_file():
        refuse(f"{out} 不是文件，结果写不进去。请给出一个文件名，例如 out.parquet")
    catalogue = chosen_catalogue(facts, items)
    column_map = load_column_map(columns, catalogue.dictionary) if columns else None
    with click.progressbar(length=100, label="比对", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        summary = run_match(
            businesses,
            out,
            catalogue,
            as_of=day_or_today(as_of),
            columns=column_map,
            size_standard=shipped_size_standard(),
            progress=lambda share: bar.update(max(0, int(share * 100) - bar.pos)),
        )
    click.echo(_json(summary) if as_json else _words(summary))


def _json(summary: MatchSummary) -> str:
    return json.dumps(
        {
            "businesses": summary.businesses,
            "items": summary.items,
            "pairs": summary.pairs,
            "seconds": round(summary.seconds, 3),
            "verdicts": {str(verdict): count for verdict, count in summary.counts.items()},
            "ignored_columns": summary.ignored_columns,
        },
        ensure_ascii=False,
    )


def _words(summary: MatchSummary) -> str:
    lines = [
        f"businesses {summary.businesses:,}",
        f"items {summary.items:,}",
        f"pairs {summary.pairs:,}",
        f"seconds {summary.seconds:.2f}",
    ]
    lines += [f"{verdict} {count:,}" for verdict, count in summary.counts.items()]
    if summary.ignored_columns:
        lines.append(f"没有对应事实、未读取的列：{'、'.join(summary.ignored_columns)}")
    return "\n".join(lines)
