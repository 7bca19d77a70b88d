"""Mistakes visitors report. What they leave to be reached by is removed after its time."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.cases.actions import Act, CaseRef, Opening, open_case
from huiqi.foundation.parameters.queries import number, read_once
from huiqi.services.policy.library.domain import MISTAKES, Report
from huiqi.services.policy.library.domain.handling import MISTAKE
from huiqi.services.policy.library.models import MistakeReport
from huiqi.services.policy.library.queries import case_of, current_library


def report_mistake(item_id: str, revision: int, report: Report, act: Act) -> CaseRef:
    """Keep a report and open its case; the same form sent again gets the case it has."""
    try:
        with transaction.atomic():
            return _opened(item_id, revision, report, act)
    except IntegrityError:
        # Sent twice at once: the other was first, and has opened the case.
        kept = case_of(report.form_key)
        if kept is None:
            raise
        return kept


def _opened(item_id: str, revision: int, report: Report, act: Act) -> CaseRef:
    if kept := case_of(report.form_key):
        return kept
    actor = act.actor
    is_known = actor.role not in ("", "visitor")
    party_id = (actor.organisation.id if actor.organisation else actor.id) if is_known else ""
    case = open_case(
        Opening(
            kind=MISTAKE,
            subject_id=report.form_key,
            title=f"{MISTAKES[report.kind]}：{_title(item_id)}",
            party_id=party_id,
            party_name=actor.name if is_known else "访客",
        ),
        act,
    )
    MistakeReport.objects.create(
        form_key=report.form_key,
        case_number=case.number,
        item_id=item_id,
        revision=revision,
        kind=report.kind,
        text=report.text,
        contact=report.contact,
        reported_at=act.now,
    )
    subject = Subject("mistake-report", case.number, f"编号 {case.number}")
    after = {"事项": item_id, "版本": revision}
    record(Entry(act.now, actor, "library.report_mistake", subject, after=after))
    return case


def _kept_until(reported_at: datetime) -> datetime:
    return reported_at + timedelta(days=number("library.contact_days", reported_at.date()))


def _title(item_id: str) -> str:
    held = current_library().items.get(item_id)
    return held.item.title if held else item_id


def forget_contacts(now: datetime, actor: Actor) -> int:
    """Remove what reporters left to be reached by, once it was kept for as long as was said on the day they
    left it; returns how many there were.
    """
    with transaction.atomic(), read_once():
        kept = MistakeReport.objects.exclude(contact="").values_list("pk", "reported_at")
        over = [pk for pk, reported_at in kept if _kept_until(reported_at.astimezone(now.tzinfo)) < now]
        count = MistakeReport.objects.filter(pk__in=over).update(contact="")
        if count:
            subject = Subject("mistake-report", "contacts", "到期的联系方式")
            record(Entry(now, actor, "library.forget_contacts", subject, after={"条数": count}))
        return count
