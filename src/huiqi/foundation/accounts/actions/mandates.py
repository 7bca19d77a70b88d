"""Mandates: granted and revoked by the principal, at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from huiqi.foundation.access.queries import demand, mandatable
from huiqi.foundation.accounts.actions.organisations import locked_organisation
from huiqi.foundation.accounts.domain.mandates import MANDATE_KINDS, Terms, faults_of
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Mandate, MandateVerb, Organisation, Person
from huiqi.foundation.accounts.queries.mandates import mandate_for, relations_of
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

GRANTS_A_DAY = 30
_NO_AGENT = "没有找到能受托的人，没有委托。请核对号码；对方要先用这个号码登录过一次。"
_NO_OFFICE = "这个单位不能受托，没有委托。请从列表里再选一个。"


@dataclass(frozen=True, slots=True)
class Grant:
    """``agent`` is a telephone number where the kind takes a person, else an organisation's id."""

    form_key: str
    agent: str
    terms: Terms


def grant_mandate(actor: Actor, grant: Grant, now: datetime) -> str:
    """Let somebody act for one's organisation, or for oneself; returns the mandate's id. The same form sent
    again returns the one it made. RefusedError where something is wrong with it.
    """
    relation = "organisation" if actor.organisation else "own"
    demand(actor, "accounts.grant_mandate", {relation})
    if faults := faults_of(grant.terms, mandatable().keys(), now.date()):
        raise RefusedError("".join(faults.values()))
    known = Mandate.objects.filter(form_key=grant.form_key, granted_by=as_id(actor.id)).first()
    if known is not None:
        return str(known.pk)
    spend_or_refuse("accounts.grant_mandate", actor.id, GRANTS_A_DAY, 24 * 3600, now)
    try:
        with transaction.atomic():
            return str(_made(actor, grant, now).pk)
    except IntegrityError as failure:
        known = Mandate.objects.filter(form_key=grant.form_key, granted_by=as_id(actor.id)).first()
        if known is None:
            raise RefusedError("不能委托自己，没有委托。请换一个人或单位。") from failure
        return str(known.pk)


def revoke_mandate(actor: Actor, mandate_id: str, now: datetime) -> None:
    """End a mandate at once: the principal takes it back, or the agent gives it up (民法典第一百七十三条)."""
    found = mandate_for(actor, mandate_id, now.date())
    if found is None:
        raise RefusedError("找不到这个委托，没有改动。请回到列表重新打开。")
    with transaction.atomic():
        row = Mandate.objects.select_for_update().get(pk=found[0].id)
        demand(actor, "accounts.revoke_mandate", relations_of(row, actor))
        if row.revoked_at is not None:
            raise RefusedError("这个委托已经收回了，没有再改动。")
        row.revoked_by_id, row.revoked_at = actor.id, now
        row.save(update_fields=["revoked_by", "revoked_at"])
        record(Entry(now, actor, "accounts.revoke_mandate", _subject(row, found[0].agent.name)))


def _made(actor: Actor, grant: Grant, now: datetime) -> Mandate:
    organisation = locked_organisation(actor.organisation.id) if actor.organisation else None
    terms, agent = grant.terms, _agent(grant)
    row = Mandate.objects.create(
        form_key=grant.form_key,
        kind=terms.kind,
        principal_organisation=organisation,
        principal_person_id=None if organisation else actor.id,
        agent_organisation=agent if isinstance(agent, Organisation) else None,
        agent_person=agent if isinstance(agent, Person) else None,
        from_on=terms.from_on,
        until_on=terms.until_on,
        evidence=terms.evidence,
        granted_by_id=actor.id,
        granted_at=now,
    )
    MandateVerb.objects.bulk_create(MandateVerb(mandate=row, verb=verb) for verb in sorted(terms.verbs))
    after = {
        "受托": str(agent),
        "办什么": "、".join(mandatable()[verb] for verb in sorted(terms.verbs)),
        "从": terms.from_on,
        "到": terms.until_on,
    }
    subject = _subject(row, str(agent))
    record(Entry(now, actor, "accounts.grant_mandate", subject, terms.evidence, after=after))
    return row


def _agent(grant: Grant) -> Organisation | Person:
    kinds = MANDATE_KINDS[grant.terms.kind].agents
    if not kinds:
        person = Person.objects.filter(phone_index=grant.agent, left_at__isnull=True).first()
        if person is None:
            raise RefusedError(_NO_AGENT)
        return person
    organisation = locked_organisation(grant.agent) if as_id(grant.agent) else None
    if organisation is None or organisation.kind not in kinds:
        raise RefusedError(_NO_OFFICE)
    return organisation


def _subject(row: Mandate, agent: str) -> Subject:
    return Subject("mandate", str(row.pk), f"{MANDATE_KINDS[row.kind].label}：{agent}")
