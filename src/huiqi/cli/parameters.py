"""`huiqi parameters`: the city's numbers, each with where it comes from."""

import json
from datetime import date
from types import ModuleType

import click

from huiqi.cli.options import Day, day_or_today, json_output
from huiqi.cli.site import site
from huiqi.cli.wording import ChineseCommand


@click.command(cls=ChineseCommand)
@click.option("--on", "as_of", type=Day(), help="哪一天的数，默认今天")
@json_output
def parameters(as_of: date | None, as_json: bool) -> None:
    """列出办事数字：现在是多少、谁定的、依据什么、用在哪里。"""
    listed = _numbers().listed_numbers(day_or_today(as_of))
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for each in listed:
        since = f"{each['since']} 起" if each["since"] else "一开始"
        click.echo(f"{each['key']}  {each['title']}：{each['value']}（{since}；{each['mark']}）")
        click.echo(f"    {each['source']}。用在：{each['read_by']}")
        for ahead in each["ahead"]:
            click.echo(f"    {ahead['from']} 起：{ahead['value']}")


def _numbers() -> ModuleType:
    site()
    from huiqi.cli import numbers  # noqa: PLC0415 - models only load after setup

    return numbers
