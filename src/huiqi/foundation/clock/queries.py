"""What time it is, and when something falls due. All days are days in Asia/Shanghai."""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from huiqi.catalogue.standards import load_workdays
from huiqi.core.standards.workdays import WorkdayTable, add_workdays
from huiqi.foundation.clock.domain import FURTHEST_DAYS, Due

OFFSET_FILE = "demo-clock.json"


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai; moved on by the demo's offset where there is one."""
    return timezone.localtime() + demo_offset()


def today() -> date:
    """The day in Asia/Shanghai."""
    return now().date()


def demo_offset() -> timedelta:
    """How far the demo's clock runs ahead; nothing in production, whatever a file says."""
    if settings.HUIQI_MODE == "production":
        return timedelta()
    try:
        days = json.loads(offset_path().read_text(encoding="utf-8"))["days"]
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return timedelta()  # a file nobody can read moves nothing
    return timedelta(days=days if type(days) is int and 0 <= days <= FURTHEST_DAYS else 0)


def offset_path() -> Path:
    """The file that keeps the demo's offset, beside the demo's database."""
    return Path(settings.HUIQI_DATA) / OFFSET_FILE


@lru_cache(maxsize=1)
def workday_table() -> WorkdayTable:
    """Holidays and make-up days of the years announced so far."""
    return load_workdays()


def due_on(start: date, working_days: int) -> Due:
    """The ``working_days``-th working day after ``start`` (民法典第201条: the first day is not counted)."""
    result = add_workdays(start, working_days, workday_table(), estimate_beyond=True)
    return Due(result.day, result.is_estimated)
