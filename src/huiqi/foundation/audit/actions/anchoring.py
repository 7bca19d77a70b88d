"""Anchors: the head of the chain written where whoever changes the database does not reach."""

import os
import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings

from huiqi.foundation.audit.domain import Anchor, AnchorError, anchor_text
from huiqi.foundation.audit.queries.anchors import SUFFIX
from huiqi.foundation.audit.queries.rows import last_seal


def keep_anchor(day: date) -> Path | None:
    """Write the head as it stands to a file of its own; None before anything is sealed.

    A file that is there is never written again. AnchorError where it says something else, which happens
    only when the chain was rebuilt.
    """
    head = last_seal()
    if head is None:
        return None
    folder = Path(settings.HUIQI_ANCHORS)
    path = folder / f"{day.isoformat()}-{head.sequence:012}{SUFFIX}"
    text = anchor_text(Anchor(day, head.sequence, head.digests))
    if not path.exists():
        _write_whole(path, text)
    elif path.read_text(encoding="utf-8", errors="replace") != text:
        raise AnchorError(f"锚点文件 {path} 已有，内容却不同：请运行 huiqi audit verify 查看")
    return path


def keep_daily_anchor(day: date) -> Path | None:
    """Write the day's anchor where there is none yet; None where there was one or nothing is sealed."""
    if any(Path(settings.HUIQI_ANCHORS).glob(f"{day.isoformat()}-*{SUFFIX}")):
        return None
    return keep_anchor(day)


def _write_whole(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk before it counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".anchor-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o444)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
