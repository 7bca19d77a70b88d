"""`huiqi checked` and `huiqi reports`: for the people who keep the library right."""

import json
from datetime import date
from types import ModuleType

import click

from huiqi.cli.errors import refuse
from huiqi.cli.options import Day, day_or_today, json_output
from huiqi.cli.site import site
from huiqi.cli.wording import ChineseCommand, ChineseOption


@click.command(cls=ChineseCommand)
@click.argument("items", metavar="事项编号 …", nargs=-1)
@click.option("--by", "checked_by", cls=ChineseOption, metavar="姓名", required=True, help="核对人的姓名")
@click.option("--on", "checked_on", type=Day(), help="哪一天核对的，默认今天")
def checked(items: tuple[str, ...], checked_by: str, checked_on: date | None) -> None:
    """记下：这些事项的现行版本已经有人与原文核对过。"""
    if not items:
        refuse("请写事项编号，例如 huiqi checked jz-tour-coach-2026 --by 张三")
    added = _records().record_item_checks(items, checked_by, checked_on or day_or_today(None))
    known = f"，{len(set(items)) - added} 项早已记过" if added < len(set(items)) else ""
    click.echo(f"已记下 {added} 项{known}")


@click.command(cls=ChineseCommand)
@json_output
@click.option("--contacts", is_flag=True, help="连联系方式一起列出（个人信息，用完请勿留存）")
@click.option("--forget", is_flag=True, help="删掉到期的联系方式，不列出")
def reports(as_json: bool, contacts: bool, forget: bool) -> None:
    """列出访客报来的错误；不带 --contacts 不显示联系方式。"""
    records = _records()
    if forget:
        click.echo(f"已删掉 {records.forget_old_contacts()} 条到期的联系方式")
        return
    listed = records.listed_reports(with_contacts=contacts)
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for each in listed:
        click.echo(" ".join(str(value) for value in each.values() if value != ""))
    click.echo(f"共 {len(listed)} 条")


def _records() -> ModuleType:
    site()
    from huiqi.cli import records  # noqa: PLC0415 - models only load after setup

    return records
