"""`huiqi jobs …`: do the jobs that wait, and see and mend those that failed."""

from types import ModuleType

import click

from huiqi.cli.errors import refuse
from huiqi.cli.site import bring_up
from huiqi.cli.wording import ChineseCommand, ChineseGroup, ChineseOption, Whole

_Job = Whole(1, 10**18)


@click.group(cls=ChineseGroup)
def jobs() -> None:
    """后台任务：发消息、定期清理等，网站打开时自动在做。"""


@jobs.command(cls=ChineseCommand)
@click.option("--once", is_flag=True, help="做完现在该做的就结束")
@click.option("--threads", type=Whole(1, 32), default=1, help="同时做几项，默认 1；对外发送的另算同样多项")
@click.option("--with-parent", is_flag=True, hidden=True)
def work(once: bool, threads: int, with_parent: bool) -> None:
    """做后台任务，直到按 Ctrl+C；可以在任何一台连着数据库的机器上运行。"""
    if once:
        click.echo(f"做了 {_jobbing().work_once()} 项任务")
    else:
        _jobbing().work_until_told(threads, with_parent)


@jobs.command("list", cls=ChineseCommand)
@click.option("--state", metavar="状态", default="", help="只看一种状态，例如 没做成")
@click.option("--kind", metavar="种类", default="", help="只看一种任务，例如 outbox.tidy")
@click.option("--limit", type=Whole(1, 100_000), default=100, help="最多列出最近多少项，默认 100")
def list_jobs(state: str, kind: str, limit: int) -> None:
    """列出后台任务：做什么、到哪一步、试了几次、上次为什么没成。"""
    _jobbing().print_jobs(state, kind, limit)


@jobs.command(cls=ChineseCommand)
@click.argument("numbers", metavar="编号 …", nargs=-1, type=_Job)
@click.option("--all", "is_all", is_flag=True, help="没做成的全部再做一次")
def retry(numbers: tuple[int, ...], is_all: bool) -> None:
    """让没做成的任务从头再试。"""
    if bool(numbers) == is_all:
        refuse("请写任务编号，例如 huiqi jobs retry 12；或者写 --all")
    click.echo(f"{_jobbing().retry_jobs(numbers)} 项任务会马上再做")


@jobs.command(cls=ChineseCommand)
@click.argument("number", metavar="编号", type=_Job)
@click.option("--reason", cls=ChineseOption, metavar="原因", required=True, help="为什么放弃，记入审计")
def drop(number: int, reason: str) -> None:
    """放弃一项等待的或没做成的任务：它不会再做，放弃后找不回来。"""
    _jobbing().drop_job(number, reason)
    click.echo(f"任务 {number} 已放弃")


def _jobbing() -> ModuleType:
    bring_up()
    from huiqi.cli import jobbing  # noqa: PLC0415 - models only load after setup

    return jobbing
