"""The demo's clock moves; the real one never does."""

import json
import os
import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings

from huiqi.foundation.clock.domain import FURTHEST_DAYS, ClockError, parse_advance
from huiqi.foundation.clock.queries import demo_offset, due_on, offset_path, today


def advance_demo_clock(amount: str) -> date:
    """Move the demo's clock on by ``5wd`` or ``3d`` and return the new day.

    ClockError in production, for an amount that cannot be read, and for a clock that would run more than
    ten years ahead.
    """
    if settings.HUIQI_MODE == "production":
        raise ClockError("正式环境不能拨动时钟。只有试用环境（HUIQI_MODE=demo）可以用 --advance。")
    advance = parse_advance(amount)
    start = today()
    step = (due_on(start, advance.count).on - start).days if advance.is_workdays else advance.count
    days = demo_offset().days + step
    if days > FURTHEST_DAYS:
        raise ClockError(f"时钟最多拨快 {FURTHEST_DAYS} 天，现在已拨快 {demo_offset().days} 天。")
    _keep(offset_path(), days)
    return today()


def _keep(path: Path, days: int) -> None:
    """Write whole or not at all: a server reads this file at every page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"days": days}, file)
    Path(name).replace(path)
