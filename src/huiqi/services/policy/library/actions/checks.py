"""Somebody has compared an item with its source. A check is never changed; the next one is added."""

from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches

from django.db import transaction
from django.utils.timezone import get_current_timezone

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.services.policy.library.domain import LONGEST_NAME
from huiqi.services.policy.library.models import ItemCheck, PolicyItem


class CheckError(ValueError):
    """What keeps a check from being written; the message says what to do."""


def record_checks(
    item_ids: Iterable[str], checked_by: str, checked_on: date, now: datetime, actor: Actor
) -> int:
    """Note for each item that its present revision was compared with the source; returns how many are new.

    All or none; CheckError names what is wrong. The same check said twice is kept once.
    """
    as_of = now.astimezone(get_current_timezone()).date()
    wanted, name = tuple(dict.fromkeys(item_ids)), " ".join(checked_by.split())
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise CheckError(f"核对人的姓名请写 1 到 {LONGEST_NAME} 个字")
    if checked_on > as_of:
        raise CheckError(f"核对的日期不能晚于今天（{as_of.isoformat()}）")
    with transaction.atomic():
        numbers = dict(PolicyItem.objects.values_list("id", "current_number"))
        _refuse_unknown([item_id for item_id in wanted if item_id not in numbers], list(numbers))
        known = set(_known(wanted, name, checked_on))
        new = [item_id for item_id in wanted if (item_id, numbers[item_id]) not in known]
        for item_id in new:
            ItemCheck.objects.create(
                item_id=item_id, revision=numbers[item_id], checked_on=checked_on, checked_by=name
            )
            record(_entry(item_id, numbers[item_id], checked_on, now, actor))
        return len(new)


def _known(item_ids: Iterable[str], name: str, checked_on: date) -> Iterable[tuple[str, int]]:
    same = ItemCheck.objects.filter(item_id__in=list(item_ids), checked_on=checked_on, checked_by=name)
    return [(item_id, revision) for item_id, revision in same.values_list("item_id", "revision")]


def _entry(item_id: str, revision: int, checked_on: date, now: datetime, actor: Actor) -> Entry:
    return Entry(
        happened_at=now,
        actor=actor,
        verb="library.record_checks",
        subject=Subject("item", item_id, item_id),
        after={"版本": revision, "核对日期": checked_on},
    )


def _refuse_unknown(unknown: list[str], known: list[str]) -> None:
    if unknown:
        near = get_close_matches(unknown[0], known, n=3)
        meant = f"，是不是 {'、'.join(near)}" if near else ""
        raise CheckError(f"没有编号为 {'、'.join(unknown[:5])} 的事项{meant}；一项也没有记")
