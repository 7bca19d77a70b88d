"""What `huiqi audit` does. Imported only once Django is set up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from huiqi.cli.beside import Patience, is_told_to_end
from huiqi.cli.errors import refuse
from huiqi.cli.plainly import told_plainly
from huiqi.foundation.audit.actions import keep_anchor, keep_daily_anchor, seal_waiting
from huiqi.foundation.audit.queries import (
    AnchorError,
    ChainReport,
    LogFilters,
    anchor_in,
    entries,
    first_entry,
    is_there,
    kept_anchors,
    line_of,
    verbs,
    verify_chain,
)
from huiqi.foundation.clock.queries import today

SEAL_SECONDS = 0.4  # what is promised is a second from commit to seal


def print_entries(subject: str, actor: str, since: date | None, limit: int) -> None:
    """Print the entries that fit, oldest first."""
    zone = timezone.get_current_timezone()
    kind, _, subject_id = subject.partition(":")
    start = datetime.combine(since, time_of_day.min, zone) if since else None
    with _log():
        found = entries(LogFilters(kind, subject_id, actor, since=start, limit=limit))
    for entry in found:
        click.echo(f"{entry.id} {line_of(entry, verbs(), zone)}")
    if not found:
        click.echo("没有符合的审计记录")


def verify(anchor: Path | None, as_json: bool) -> int:
    """Check the chain against itself and every anchor; the exit code."""
    with _log():
        try:
            anchors = [*kept_anchors(), *([anchor_in(anchor)] if anchor else [])]
        except AnchorError as mistake:
            click.echo(f"错误：{mistake}", err=True)
            return 1
        report = verify_chain(anchors)
    click.echo(_json(report) if as_json else _words(report))
    return 1 if report.broken else 0


def write_anchor() -> None:
    """Write the head of the chain to a file and say where."""
    try:
        with _log():
            path = keep_anchor(today())
    except AnchorError as mistake:
        refuse(str(mistake))
    if path is None:
        refuse("还没有封存任何审计记录，没有链头可写。请先运行 huiqi audit seal --once")
    click.echo(f"锚点写在 {path}。请把它抄送到数据库管理员碰不到的地方")


def seal_once() -> None:
    """Seal what waits and say how much that was."""
    with _log():
        click.echo(f"封存了 {seal_waiting()} 条审计记录")


def seal_until_told(with_parent: bool) -> None:
    """Seal and anchor until interrupted, or until the input closes."""
    patience = Patience("封存审计记录", (AnchorError,))
    while True:
        patience.bear(_seal_and_anchor)
        if is_told_to_end(SEAL_SECONDS, with_parent=with_parent):
            return


def _seal_and_anchor() -> None:
    seal_waiting()
    keep_daily_anchor(today())


@contextmanager
def _log() -> Iterator[None]:
    """Where there is a log; reading never makes one."""
    with told_plainly():
        if not is_there():
            refuse("这里还没有审计记录。请先打开一次网站（huiqi serve）")
        yield


def _words(report: ChainReport) -> str:
    counts = f"已封存 {report.sealed:,} 条，等待封存 {report.unsealed:,} 条，有问题 {report.broken:,} 处"
    lines = [
        f"{counts}；核对了 {report.anchors} 个锚点",
        f"第一处问题：{report.first}" if report.first else "整条链完好",
    ]
    oldest = first_entry()
    if oldest:
        lines.append(
            f"最早的一条写于 {oldest.happened_at.astimezone(timezone.get_current_timezone()).date()}；"
            f"规定至少保存 {settings.HUIQI_AUDIT_KEEP_DAYS} 天，"
            f"贷款业务 {settings.HUIQI_AUDIT_KEEP_LOAN_DAYS} 天，本系统目前不删除任何审计记录"
        )
    return "\n".join(lines)


def _json(report: ChainReport) -> str:
    first = report.first
    return json.dumps(
        {
            "sealed": report.sealed,
            "unsealed": report.unsealed,
            "broken": report.broken,
            "anchors": report.anchors,
            "first": {
                "kind": first.kind,
                "sequence": first.sequence,
                "entry": first.entry_id,
                "sentence": str(first),
            }
            if first
            else None,
        },
        ensure_ascii=False,
    )
