"""What owners say of their business themselves: declared, taken back, and erased."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiqi.core.rules.facts import Value
from huiqi.foundation.audit.actions import Actor, Entry, record
from huiqi.foundation.businesses.actions.recording import (
    OWNER_SOURCE,
    Source,
    demanded_business,
    labels_of,
    subject_of,
    write,
)
from huiqi.foundation.businesses.domain import BusinessError, Purpose, SourceKind
from huiqi.foundation.businesses.domain.sheets import same
from huiqi.foundation.businesses.models import Dispute, FactRecord, FactValue
from huiqi.foundation.businesses.queries import Loss, SheetFact, sheet_for


def declare(actor: Actor, values: Mapping[str, Value | None], now: datetime) -> int:
    """Write down what the owner says, None for what they take back; returns how many facts were new to the
    sheet: what they had said already and still counts as said is not said twice.
    """
    business = demanded_business(actor, "businesses.declare")
    with transaction.atomic():
        sheet = sheet_for(actor, business, now.date(), Purpose.OWN_USE)
        new = {fact: value for fact, value in values.items() if is_news(sheet.facts[fact], value)}
        if new:
            write(business, new, Source(SourceKind.DECLARATION, OWNER_SOURCE, now.date()), now, actor)
            after = {"哪几项": labels_of(new)}
            record(Entry(now, actor, "businesses.declare", subject_of(business, _name(actor)), after=after))
    return len(new)


def is_news(line: SheetFact, value: Value | None) -> bool:
    """Whether a declaration would say something that the owner's last one does not."""
    told = [each for each in (line.said, *line.others) if each and each.source_kind is SourceKind.DECLARATION]
    last = max(told, key=lambda each: (each.observed_on, each.record_id), default=None)
    if last is None:
        return value is not None
    return not same(last.value, value) or last.loss is Loss.EXPIRED


def erase_declared(actor: Actor, facts: Collection[str] | None, now: datetime) -> int:
    """Erase what the owner said of these facts, of all for None, with what they wrote in disputes about them;
    returns how many values are gone. What departments said is corrected by them, not erased here
    (个人信息保护法第四十七条). That there was something, and when, stays in the history.
    """
    business = demanded_business(actor, "businesses.erase")
    with transaction.atomic():
        records = FactRecord.objects.filter(business=UUID(business), source_kind=SourceKind.DECLARATION)
        records = records if facts is None else records.filter(fact__in=list(facts))
        kept = FactValue.objects.filter(record__in=records)
        erased = sorted(set(kept.values_list("record__fact", flat=True)))
        if not erased:
            raise BusinessError("这里没有您自己填的内容，不用删。")
        count, _ = kept.delete()
        about = Dispute.objects.filter(record__business=UUID(business), record__fact__in=erased)
        about.update(statement="")
        after = {"哪几项": labels_of(erased), "条数": count}
        record(Entry(now, actor, "businesses.erase", subject_of(business, _name(actor)), after=after))
    return count


def _name(actor: Actor) -> str:
    return actor.organisation.name if actor.organisation else ""
