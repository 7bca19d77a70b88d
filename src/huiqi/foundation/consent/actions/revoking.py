"""Taking a consent back: at once, without a reason (个人信息保护法第十五条)."""

from datetime import datetime

from django.db import transaction

from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, record
from huiqi.foundation.consent.actions.giving import subject_of, tell_grantee
from huiqi.foundation.consent.domain import ConsentRefusedError
from huiqi.foundation.consent.models import Consent as ConsentRow
from huiqi.foundation.consent.models import ConsentRevocation
from huiqi.foundation.consent.queries.lists import consent_for, relations_of


def revoke(actor: Actor, consent_id: str, now: datetime) -> None:
    """End a consent: from the commit on no read passes. Of two who do it at once one does, the other is told.

    ConsentRefusedError where it is nobody's they know, already revoked, or over.
    """
    found = consent_for(actor, consent_id, now)
    if found is None:
        raise ConsentRefusedError("找不到这份授权，没有改动。请回到“我的授权”重新打开。")
    consent = found[0].consent
    with transaction.atomic():
        row = ConsentRow.objects.select_for_update().get(pk=consent.id)
        demand(actor, "consent.revoke", relations_of(actor, row.subject_id))
        if ConsentRevocation.objects.filter(consent=row).exists():
            raise ConsentRefusedError("这份授权已经收回了，没有再改动。")
        if now >= row.until_at:
            raise ConsentRefusedError("这份授权已经到期，对方早就不能看了，不用收回。")
        ConsentRevocation.objects.create(
            consent=row, revoked_at=now, revoked_by_id=actor.id, revoked_by_name=actor.name
        )
        before, after = {"状态": "有效"}, {"状态": "已收回"}
        record(Entry(now, actor, "consent.revoke", subject_of(row), before=before, after=after))
        tell_grantee("consent.revoke", row, consent.classes, now, actor)
