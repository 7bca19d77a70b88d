"""`huiqi register`: a register of businesses, so that owners can fill the form by their credit code."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiqi.catalogue.columns import load_column_map
from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.cli.errors import refuse
from huiqi.cli.options import FILE, as_of_day, day_or_today
from huiqi.cli.site import site
from huiqi.cli.wording import ChineseCommand, ChineseOption
from huiqi.population.reading.open_table import open_table

if TYPE_CHECKING:
    from huiqi.foundation.businesses.actions import LoadReport

SOURCE = "登记机关"
LONGEST_SOURCE = 40


@click.command(cls=ChineseCommand)
@click.option(
    "--businesses",
    cls=ChineseOption,
    type=FILE,
    required=True,
    help="登记册：parquet、csv 或 jsonl，一行一户",
)
@click.option("--columns", type=FILE, help="外来表的列怎样对应（YAML），不写就按 credit_code、name 等列名读")
@click.option("--source", metavar="名称", default=SOURCE, help=f"来源怎样称呼，默认“{SOURCE}”")
@as_of_day
def register(businesses: Path, columns: Path | None, source: str, as_of: date | None) -> None:
    """载入登记册：经营者填统一社会信用代码就能查到自己的登记信息。"""
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        refuse(f"--source 请写 1 到 {LONGEST_SOURCE} 个字")
    open_table(businesses)  # a file that cannot be read is told before anything is prepared
    dictionary = read_dictionary(shipped_path() / FACTS_FILE)
    column_map = load_column_map(columns, dictionary) if columns else None
    running = site()
    click.echo(running.prepare_site())
    with click.progressbar(length=100, label="载入", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        report = running.load_register(
            businesses,
            column_map,
            source.strip(),
            day_or_today(as_of),
            progress=lambda share: bar.update(max(0, int(share * 100) - bar.pos)),
        )
    click.echo(_words(report))


def _words(report: "LoadReport") -> str:
    said = f"登记册：新增 {report.added:,} 户，更新 {report.changed:,} 户，不变 {report.unchanged:,} 户"
    if report.skipped:
        said += f"；跳过 {report.skipped:,} 行，代码不是 18 位统一社会信用代码"
    return said
