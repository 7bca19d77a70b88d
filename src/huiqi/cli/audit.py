"""`huiqi audit …`: read the log, seal it, and find out whether anybody changed it."""

from datetime import date
from pathlib import Path
from types import ModuleType

import click

from huiqi.cli.options import FILE, Day, json_output
from huiqi.cli.site import bring_up
from huiqi.cli.wording import ChineseCommand, ChineseGroup, Whole


@click.group(cls=ChineseGroup)
def audit() -> None:
    """审计记录：谁在什么时候对谁的数据做了什么。"""


@audit.command("list", cls=ChineseCommand)
@click.option(
    "--subject", metavar="类别:编号", default="", help="只看某个对象，例如 edition:1；只写类别也可以"
)
@click.option("--actor", metavar="编号", default="", help="只看某个人，例如 cli:root")
@click.option("--since", type=Day(), help="从哪一天起")
@click.option("--limit", type=Whole(1, 1_000_000), default=1000, help="最多列出最近多少条，默认 1000")
def list_entries(subject: str, actor: str, since: date | None, limit: int) -> None:
    """列出审计记录，一条一行，可以念出来。"""
    auditing().print_entries(subject, actor, since, limit)


@audit.command(cls=ChineseCommand)
@click.option("--anchor", type=FILE, help="另外保存的锚点文件；数据文件夹里的锚点总会核对")
@json_output
def verify(anchor: Path | None, as_json: bool) -> None:
    """从头核对整条链，指出第一处被改动的地方；有问题时退出码为 1。"""
    raise SystemExit(auditing().verify(anchor, as_json))


@audit.command(cls=ChineseCommand)
def anchor() -> None:
    """把链头写进数据库以外的锚点文件（每天也会自动写一次）。"""
    auditing().write_anchor()


@audit.command(cls=ChineseCommand)
@click.option("--once", is_flag=True, help="封存完现有的就结束")
@click.option("--with-parent", is_flag=True, hidden=True)
def seal(once: bool, with_parent: bool) -> None:
    """封存新的审计记录；网站打开时已经自动在做。"""
    if once:
        auditing().seal_once()
    else:
        auditing().seal_until_told(with_parent)


def auditing() -> ModuleType:
    """Bring Django up and return the module that does the work."""
    bring_up()
    from huiqi.cli import auditing as module  # noqa: PLC0415 - models only load after setup

    return module
