"""`huiqi rights`: the table of rights, read aloud."""

import click

from huiqi.cli.site import bring_up
from huiqi.cli.wording import ChineseCommand


@click.command(cls=ChineseCommand)
def rights() -> None:
    """逐条念出权限表：谁可以做什么；没有写的一律不可以。"""
    bring_up()
    from huiqi.foundation.access.queries import read_aloud  # noqa: PLC0415 - rooms only load after setup

    for sentence in read_aloud():
        click.echo(sentence)
