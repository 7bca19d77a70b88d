"""How the log stands, in the few figures that cost nothing: the whole walk is `verify_chain`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from huiqi.foundation.audit.domain import Anchor, AnchorError
from huiqi.foundation.audit.models import AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries.anchors import SUFFIX, anchor_in
from huiqi.foundation.audit.queries.log import seconds_behind
from huiqi.foundation.audit.queries.rows import last_seal

MOST_COUNTED = 999


@dataclass(frozen=True, slots=True)
class LogState:
    """``sealed`` and ``unsealed`` count entries, the latter no further than MOST_COUNTED + 1; ``anchor`` is
    the newest one kept, None for none. ``fault`` says in words what does not fit, empty where all that was
    looked at fits: the newest anchor and the link it names.
    """

    sealed: int
    unsealed: int
    seconds_behind: float
    anchor: Anchor | None
    fault: str


def log_state(now: datetime) -> LogState:
    """Four questions and one file, however long the log is."""
    head = last_seal()
    fault = ""
    try:
        anchor = _newest_anchor()
    except AnchorError:
        anchor, fault = None, "最新的锚点读不出来，文件可能被改过。"
    return LogState(
        sealed=head.sequence if head else 0,
        unsealed=AuditUnsealed.objects.all()[: MOST_COUNTED + 1].count(),
        seconds_behind=seconds_behind(now),
        anchor=anchor,
        fault=fault or _misfit(anchor),
    )


def _newest_anchor() -> Anchor | None:
    """By its name, which begins with the day and the number of the link."""
    names = sorted(path.name for path in Path(settings.HUIQI_ANCHORS).glob(f"*{SUFFIX}"))
    return anchor_in(Path(settings.HUIQI_ANCHORS) / names[-1]) if names else None


def _misfit(anchor: Anchor | None) -> str:
    if anchor is None:
        return ""
    kept = AuditSeal.objects.filter(sequence=anchor.sequence).values_list("sm3", "sha256").first()
    if kept is None:
        return f"日志比锚点短：锚点记着第 {anchor.sequence} 条，日志里没有了。"
    if kept != (anchor.digests.sm3, anchor.digests.sha256):
        return f"第 {anchor.sequence} 条和锚点记的对不上，有人改过日志。"
    return ""
