"""Click in Chinese: what help looks like, and how a command typed wrongly is told in one sentence."""

from contextlib import AbstractContextManager
from typing import Any

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}


class ChineseFormatter(click.HelpFormatter):
    """Help under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is typed."""
        super().write_usage(prog, args, prefix or "用法：")

    def section(self, name: str) -> AbstractContextManager[None]:
        """Open a section under its Chinese heading."""
        return super().section(_HEADINGS.get(name, name))


class ChineseContext(click.Context):
    """A context that writes help in Chinese."""

    formatter_class = ChineseFormatter


class ChineseOption(click.Option):
    """An option that says 必填 where it must be given."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Return what stands in brackets behind the help."""
        extra = super().get_help_extra(ctx)
        return {**extra, "required": "必填"} if "required" in extra else extra


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, options_metavar="[选项]", **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help, with Chinese words."""
        return _with_chinese_help(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of commands whose help is Chinese throughout."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, options_metavar="[选项]", subcommand_metavar="命令 …", **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help, with Chinese words."""
        return _with_chinese_help(super().get_help_option(ctx))


class Whole(click.IntRange):
    """A whole number within bounds, both included."""

    name = "整数"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number; the mistake says what is allowed."""
        text = str(value)
        if text.isascii() and text.isdigit() and len(text) < 20 and self.least <= int(text) <= self.most:
            return int(text)
        raise click.BadParameter(f"“{value}”不行，请写 {self.least} 到 {self.most} 之间的整数", ctx, param)


def usage_sentence(mistake: click.UsageError) -> str:
    """What was typed wrongly and where to read how it is typed."""
    path = mistake.ctx.command_path if mistake.ctx else "huiqi"
    return f"{_wrong(mistake)}。怎么写请看：{path} -h"


def _wrong(mistake: click.UsageError) -> str:
    match mistake:
        case click.MissingParameter(param=click.Parameter() as param):
            return f"还缺 {param.opts[0]}（{getattr(param, 'help', '')}）"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{param.opts[0]} 的值{mistake.message}"
        case click.NoSuchOption():
            return f"没有 {mistake.option_name} 这个选项{_meant(mistake.possibilities)}"
        case click.BadOptionUsage():
            return f"{mistake.option_name} 写得不对：要带值的后面请写值，不带值的不要写值"
        case _:
            return "命令没看懂，可能多写了或写错了"


def _meant(possibilities: Any) -> str:
    return f"，是不是 {'、'.join(possibilities)}" if possibilities else ""


def _with_chinese_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明"
    return option
