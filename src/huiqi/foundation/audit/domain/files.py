"""Files for a table program, as of the log: who took it stands above, and no cell is ever a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from huiqi.foundation.audit.domain.entries import KeptEntry
from huiqi.foundation.audit.domain.lines import changes_of, masked

HEAD = ("编号", "时间", "谁", "单位", "代谁", "做了什么", "对什么", "谁的信息", "理由", "请求编号", "改动")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ZONE = ZoneInfo("Asia/Shanghai")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as something else


@dataclass(frozen=True, slots=True)
class Watermark:
    """Who took a file, when, for what, and the number of the request; ``is_cut`` where there was more."""

    who: str
    at: datetime
    purpose: str
    number: str
    is_cut: bool

    def __str__(self) -> str:
        moment = self.at.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        more = "；没有导全，请缩短日子再导" if self.is_cut else ""
        return f"导出人：{self.who}；时间：{moment}；用途：{self.purpose}；编号：{self.number}{more}"


def csv_text(entries: Iterable[KeptEntry], verbs: Mapping[str, str], mark: Watermark) -> str:
    """The log as a file, its numbers of people masked."""
    return table_text(mark, HEAD, (_cells(entry, verbs) for entry in entries))


def table_text(mark: Watermark, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A file that table programs open: the watermark, what the columns are, the rows."""
    file = StringIO(newline="")
    table = csv.writer(file, quoting=csv.QUOTE_ALL)
    table.writerow([plain_cell(str(mark))])
    table.writerow(head)
    table.writerows([plain_cell(each) for each in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def plain_cell(text: str) -> str:
    """A text that no table program takes for a formula (CWE-1236)."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_BEGINS_A_FORMULA) else text


def _cells(entry: KeptEntry, verbs: Mapping[str, str]) -> tuple[str, ...]:
    changed = "；".join(f"{name}：{old} → {new}" for name, old, new in changes_of(entry))
    return (
        str(entry.id),
        entry.happened_at.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M:%S"),
        entry.actor_name or entry.actor_id,
        entry.organisation_name,
        entry.behalf_name,
        verbs.get(entry.verb, entry.verb),
        masked(entry.subject_name or entry.subject_id),
        entry.party_name,
        masked(entry.reason),
        entry.request_id,
        changed,
    )
