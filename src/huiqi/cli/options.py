"""Options several commands share, and what they stand for."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from huiqi.catalogue.exchange import load_exchange
from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_size_standard
from huiqi.cli.errors import refuse
from huiqi.core.standards.size_class import SizeStandard

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
FILE.name = "文件"


class Day(click.ParamType):
    """A day written 2026-01-31."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; the mistake says how to write it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-01-31 的样子", param, ctx)


def rule_files(command: Command) -> Command:
    """Add --facts and --items: rules from exchange files instead of the shipped catalogue."""
    command = click.option("--items", type=FILE, help="政策事项文件（JSONL），与 --facts 一起给")(command)
    return click.option("--facts", type=FILE, help="事实字典文件（JSON），与 --items 一起给")(command)


def as_of_day(command: Command) -> Command:
    """Add --as-of: the day judged, today by default."""
    return click.option("--as-of", type=Day(), help="按哪一天判断，默认今天")(command)


def json_output(command: Command) -> Command:
    """Add --json: machine-readable output."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON")(command)


def chosen_catalogue(facts: Path | None, items: Path | None, cases: Path | None = None) -> Catalogue:
    """Load the catalogue the options name: the shipped one, or exchange files given together."""
    if facts is None and items is None and cases is None:
        return load_catalogue()
    if facts is None or items is None:
        refuse("--facts 和 --items 要一起给，例如 --facts facts.json --items policies.jsonl")
    return load_exchange(facts, items, cases)


def shipped_size_standard() -> SizeStandard:
    """Load the size standard of this installation."""
    return load_size_standard(shipped_path() / "standards")


def day_or_today(as_of: date | None) -> date:
    """Return the day given, else the day the clock shows (in the demo: the demo's own)."""
    if as_of is not None:
        return as_of
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiqi.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - only this way in needs settings

    from huiqi.foundation.clock.queries import today  # noqa: PLC0415

    try:
        return today()
    except ImproperlyConfigured as mistake:
        refuse(f"{mistake}或者用 --as-of 写明日期")
