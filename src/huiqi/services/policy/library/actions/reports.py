"""Mistakes visitors report. What they leave to be reached by is removed after its time."""

from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.services.policy.library.domain import Report
from huiqi.services.policy.library.models import MistakeReport

VISITOR = Actor("visitor", "访客")


def report_mistake(item_id: str, revision: int, report: Report, now: datetime) -> int:
    """Keep a report and return its number; the same form sent again gets the number it has."""
    with transaction.atomic():
        kept, is_new = MistakeReport.objects.get_or_create(
            form_key=report.form_key,
            defaults={
                "item_id": item_id,
                "revision": revision,
                "kind": report.kind,
                "text": report.text,
                "contact": report.contact,
                "reported_at": now,
            },
        )
        if is_new:
            subject = Subject("mistake-report", str(kept.pk), f"编号 {kept.pk}")
            after = {"事项": item_id, "版本": revision}
            record(Entry(now, VISITOR, "library.report_mistake", subject, after=after))
        return int(kept.pk)


def forget_contacts(before: datetime, now: datetime, actor: Actor) -> int:
    """Remove what reporters older than ``before`` left to be reached by; returns how many there were."""
    with transaction.atomic():
        old = MistakeReport.objects.filter(reported_at__lt=before).exclude(contact="")
        count = old.update(contact="")
        if count:
            subject = Subject("mistake-report", "contacts", "到期的联系方式")
            record(Entry(now, actor, "library.forget_contacts", subject, after={"条数": count}))
        return count
