"""How a mistake is told: one Chinese sentence on standard error, exit code 2, no traceback."""

import errno
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.standards import StandardsError
from huiqi.cli.wording import ChineseGroup, usage_sentence
from huiqi.core.rules.errors import RuleError
from huiqi.population.reading.errors import BusinessesError

MISTAKE = 2
INTERRUPTED = 130  # what a shell reports for a program ended by Ctrl+C


class Mistake(click.ClickException):
    """Something the user can mend."""

    exit_code = MISTAKE

    def show(self, file: Any = None) -> None:
        """Print the sentence and nothing else."""
        del file
        click.echo(f"错误：{self.format_message()}", err=True)


def refuse(message: str) -> NoReturn:
    """End the command with a mistake."""
    raise Mistake(message)


class PlainErrors(ChineseGroup):
    """A group of commands whose mistakes are told as sentences."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line to its exit code; anything that is not a mistake of the user keeps its
        traceback.
        """
        for stream in (sys.stdout, sys.stderr):
            _speak_chinese(stream)
        try:
            code = super().main(args, *rest, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as asked:
            asked.show()
            code = MISTAKE
        except click.UsageError as mistake:
            Mistake(usage_sentence(mistake)).show()
            code = MISTAKE
        except click.ClickException as mistake:
            mistake.show()
            code = mistake.exit_code
        except click.Abort:
            click.echo("已停止，没有写完的结果不会留下。", err=True)
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except (BusinessesError, CatalogueError, RuleError, StandardsError) as mistake:
            raise Mistake(str(mistake)) from mistake
        except OSError as failure:
            if failure.errno == errno.ENOSPC:
                raise Mistake("磁盘满了，写不下。请腾出空间再试") from failure
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named; the mistake lists those there are."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise Mistake(f"没有 {args[0]} 这个命令，只有 {'、'.join(self.commands)}")
        return super().resolve_command(ctx, args)


def _speak_chinese(stream: Any) -> None:
    """A terminal that has no Chinese at all gets UTF-8; one that lacks a character gets a question mark."""
    if not isinstance(stream, TextIOWrapper):
        return
    try:
        "符合".encode(stream.encoding)
    except UnicodeEncodeError:
        stream.reconfigure(encoding="utf-8")
    else:
        stream.reconfigure(errors="replace")
