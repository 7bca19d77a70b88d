"""Mandates: granted and revoked by the principal, at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import NotAllowedError, demand, mandatable, with_what_they_bring
from huiqi.foundation.accounts.actions.organisations import locked_organisation
from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.domain.mandates import MANDATE_KINDS, Mandate, Side, Terms, faults_of
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Mandate as MandateRow
from huiqi.foundation.accounts.models import MandateVerb, Organisation, Person
from huiqi.foundation.accounts.queries.mandates import covering_ids, mandate_for, relations_of
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.accounts.queries.workplaces import people_of_party
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

GRANTS_A_DAY, FINDS_A_DAY = 30, 60
# What a whole agency is told nobody in it feels meant by.
MOST_TOLD = 10
_NO_AGENT = "没有找到能受托的人，没有委托。请核对号码；对方要先用这个号码登录过一次。"
_NO_OFFICE = "这个单位不能受托，没有委托。请从列表里再选一个。"
_ONESELF = "这是您自己的号码，没有委托。不能委托自己，请换一个人。"


class MandateEndedError(NotAllowedError):
    """What somebody was doing for a principal is covered by no mandate any more."""

    def __init__(self, verb: str, name: str) -> None:
        super().__init__(verb)
        self.args = (f"{name} 的委托已经收回或到期，这一步没有办。要继续，请对方再委托一次。",)


@dataclass(frozen=True, slots=True)
class Grant:
    """``agent`` is a telephone number where the kind takes a person, else an organisation's id."""

    form_key: str
    agent: str
    terms: Terms


def find_agent(actor: Actor, kind: str, agent: str, now: datetime) -> Side:
    """Who would be the agent: for the page that shows it before the click. RefusedError for nobody. Numbers
    that are looked up are counted and recorded, so that nobody goes through them all.
    """
    demand(actor, "accounts.grant_mandate", {_relation(actor)})
    spend_or_refuse("accounts.find_agent", actor.id, FINDS_A_DAY, 24 * 3600, now)
    with transaction.atomic():
        found = _agent(actor, kind, agent)
        record(Entry(now, actor, "accounts.find_agent", Subject("agent", str(found.pk), str(found))))
    return Side(str(found.pk), str(found))


def grant_mandate(actor: Actor, grant: Grant, now: datetime) -> str:
    """Let somebody act for one's organisation, or for oneself; returns the mandate's id. The same form sent
    again returns the one it made. RefusedError where something is wrong with it.
    """
    demand(actor, "accounts.grant_mandate", {_relation(actor)})
    if known := _made_before(actor, grant):
        return known
    terms = grant.terms
    if faults := faults_of(terms, mandatable().keys(), settings.HUIQI_MANDATE_DAYS, now.date()):
        raise RefusedError("".join(faults.values()))
    spend_or_refuse("accounts.grant_mandate", actor.id, GRANTS_A_DAY, 24 * 3600, now)
    whole = replace(grant, terms=replace(terms, verbs=with_what_they_bring(terms.verbs)))
    try:
        with transaction.atomic():
            return str(_made(actor, whole, now).pk)
    except IntegrityError as failure:
        if known := _made_before(actor, grant):
            return known
        raise RefusedError(_ONESELF) from failure


def revoke_mandate(actor: Actor, mandate_id: str, now: datetime) -> None:
    """End a mandate at once: the principal takes it back, or the agent gives it up (民法典第一百七十三条).
    The other side is told.
    """
    found = mandate_for(actor, mandate_id, now.date())
    if found is None:
        raise RefusedError("找不到这个委托，没有改动。请回到列表重新打开。")
    mandate = found[0]
    with transaction.atomic():
        row = MandateRow.objects.select_for_update().get(pk=mandate.id)
        relations = relations_of(row, actor)
        demand(actor, "accounts.revoke_mandate", relations)
        if row.revoked_at is not None:
            raise RefusedError("这个委托已经收回了，没有再改动。")
        row.revoked_by_id, row.revoked_at = actor.id, now
        row.save(update_fields=["revoked_by", "revoked_at"])
        record(Entry(now, actor, "accounts.revoke_mandate", _subject(row, mandate.agent.name)))
        other = mandate.principal if "mandated" in relations else mandate.agent
        context = {"principal": mandate.principal.name, "agent": mandate.agent.name}
        _tell("accounts.revoke_mandate", mandate, other, context, now, actor)


def hold_mandate(actor: Actor, verb: str, as_of: date) -> None:
    """Keep as it is, until the transaction ends, what lets ``actor`` do ``verb`` for their principal, so that
    whoever revokes it does so before or after. Nothing for who acts for themselves; MandateEndedError where
    it was revoked meanwhile.
    """
    if actor.behalf_of is None:
        return
    ids = covering_ids(actor, verb, as_of)
    rows = MandateRow.objects.select_for_update().filter(pk__in=ids, revoked_at__isnull=True)
    if not list(rows.order_by("pk")):
        raise MandateEndedError(verb, actor.behalf_of.name)


def _relation(actor: Actor) -> str:
    return "organisation" if actor.organisation else "own"


def _made_before(actor: Actor, grant: Grant) -> str:
    rows = MandateRow.objects.filter(form_key=grant.form_key, granted_by=as_id(actor.id))
    return str(rows.values_list("pk", flat=True).first() or "")


def _made(actor: Actor, grant: Grant, now: datetime) -> MandateRow:
    organisation = locked_organisation(actor.organisation.id) if actor.organisation else None
    terms, agent = grant.terms, _agent(actor, grant.terms.kind, grant.agent)
    row = MandateRow.objects.create(
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
    _record_grant(actor, row, terms, str(agent), now)
    return row


def _record_grant(actor: Actor, row: MandateRow, terms: Terms, agent: str, now: datetime) -> None:
    words = "、".join(words for verb, words in mandatable().items() if verb in terms.verbs)
    after = {"受托": agent, "办什么": words, "从": terms.from_on, "到": terms.until_on}
    record(Entry(now, actor, "accounts.grant_mandate", _subject(row, agent), terms.evidence, after=after))
    found = mandate_for(actor, str(row.pk), now.date())
    if found is not None:
        context = {
            "principal": found[0].principal.name,
            "verbs": words,
            "from_on": day_text(terms.from_on),
            "until_on": day_text(terms.until_on),
        }
        _tell("accounts.grant_mandate", found[0], found[0].agent, context, now, actor)


def _tell(
    kind: str, mandate: Mandate, side: Side, context: dict[str, str], now: datetime, actor: Actor
) -> None:
    people = people_of_party(side.id)[:MOST_TOLD]
    tell(Told(kind, mandate.id, people, context, f"/accounts/mandates/{mandate.id}/"), now, actor)


def _agent(actor: Actor, kind: str, agent: str) -> Organisation | Person:
    kinds = MANDATE_KINDS[kind].agents
    if not kinds:
        person = Person.objects.filter(phone_index=agent, left_at__isnull=True).first() if agent else None
        if person is None:
            raise RefusedError(_NO_AGENT)
        if str(person.pk) == actor.id:
            raise RefusedError(_ONESELF)
        return person
    organisation = locked_organisation(agent) if as_id(agent) else None
    if organisation is None or organisation.kind not in kinds:
        raise RefusedError(_NO_OFFICE)
    return organisation


def _subject(row: MandateRow, agent: str) -> Subject:
    return Subject("mandate", str(row.pk), f"{MANDATE_KINDS[row.kind].label}：{agent}")
