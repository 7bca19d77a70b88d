"""`huiqi keys`: the keys of what is encrypted in the database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import click

from huiqi.cli.errors import refuse
from huiqi.cli.site import site
from huiqi.cli.wording import ChineseCommand, ChineseGroup

_KEEP = "请把密钥文件单独备份：没有它，加密的内容谁也打不开"


@click.group(cls=ChineseGroup, invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    """看加密用的密钥，各加密了多少处内容；rotate 换新密钥，remove 删旧密钥。"""
    if context.invoked_subcommand is not None:
        return
    with _told_plainly() as work:
        shown = work.listed_keys()
    click.echo(f"密钥文件：{shown.path}（{_KEEP}）")
    if not shown.keys:
        click.echo("还没有密钥：打开网站时自动生成")
    for key in shown.keys:
        use = "正在用" if key.is_current else "旧的，还要用" if key.count else "旧的，可以删除"
        click.echo(f"{key.id}  {key.cipher.upper()}  {use}  {key.count:,} 处内容")
    for key_id, count in shown.missing.items():
        click.echo(f"{key_id}  缺少  {count:,} 处内容打不开。请把备份的密钥文件放回去")


@keys.command(cls=ChineseCommand)
def rotate() -> None:
    """换一把新密钥，并把已有内容重新加密；中断后再执行一次就接着做。"""
    with _told_plainly() as work:
        for moved in work.rotate_keys():
            if sys.stderr.isatty():
                click.echo(f"\r已换 {moved.done:,} 处，还有 {moved.left:,} 处", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo(err=True)
    click.echo(f"重新加密了 {moved.done:,} 处内容，新内容用密钥 {work.current_key_id()}。{_KEEP}")
    if moved.stuck:
        refuse(
            f"有 {moved.stuck:,} 处内容打不开，保持原样。它们被改动过或挪动过，请从备份恢复那几行，再执行一次"
        )
    if moved.left:
        refuse(f"有 {moved.left:,} 处内容在换的时候又被保存过，请再执行一次 huiqi keys rotate")


@keys.command(cls=ChineseCommand)
@click.argument("key_id", metavar="密钥")
def remove(key_id: str) -> None:
    """删掉一把已经没有内容使用的旧密钥；删掉的找不回来。"""
    with _told_plainly() as work:
        work.remove_key(key_id)
    click.echo(f"密钥 {key_id} 已删除。用它加密的旧备份，以后要用旧的密钥文件才能打开")


@contextmanager
def _told_plainly() -> Iterator[ModuleType]:
    """Bring the site up; what is wrong with keys, database or disk is told as a sentence."""
    site()
    from huiqi.cli import running, sealing  # noqa: PLC0415 - models only load after setup

    with running.told_plainly():
        yield sealing
