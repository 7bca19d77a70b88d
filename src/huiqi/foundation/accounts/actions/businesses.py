"""Businesses as parties: opened by whoever proved to run one, and joined by whoever proves it later."""

from datetime import datetime

from django.db import IntegrityError, connection

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.actions.organisations import locked_organisation, subject_of
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.organisations import name_fault
from huiqi.foundation.accounts.models import Membership, Organisation, Person
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Entry, record

BUSINESS, OWNER = "business", "owner"


def open_business(form_key: str, name: str, division: str, actor: Actor, now: datetime) -> str:
    """Open a business as a party and make the actor its owner, in the caller's transaction, which holds what
    was proved; returns the id of the party, which is ``form_key``, so that one form opens one.
    """
    _demand_transaction()
    demand(actor, "businesses.bind", {"own"})
    if fault := name_fault(name):
        raise RefusedError(fault)
    key = as_id(form_key)
    if key is None:
        raise RefusedError("这张表单已经失效，没有建立。填的还在，请再点一次。")
    row, is_new = Organisation.objects.get_or_create(
        pk=key, defaults={"kind": BUSINESS, "name": name, "division": division, "created_at": now}
    )
    if is_new:
        record(Entry(now, actor, "accounts.open_organisation", subject_of(row), after={"名称": row.name}))
        join_business(str(row.pk), actor, now)
    elif not _is_own(row, actor):
        raise RefusedError("这张表单已经失效，没有建立。填的还在，请再点一次。")
    return str(row.pk)


def join_business(business_id: str, actor: Actor, now: datetime) -> str:
    """Make the actor an owner of a business they proved to run; returns the id of the membership, the one
    they have where they are an owner already.
    """
    _demand_transaction()
    demand(actor, "businesses.bind", {"own"})
    row = locked_organisation(business_id)
    person = Person.objects.select_for_update().filter(pk=actor.id, left_at__isnull=True).first()
    if row.kind != BUSINESS or person is None:
        raise RefusedError("没有绑定。请重新登录再试，什么也没有改动。")
    kept = Membership.objects.filter(person=person, organisation=row, role=OWNER, until_at__isnull=True)
    if (member := kept.first()) is not None:
        return str(member.pk)
    try:
        member = Membership.objects.create(person=person, organisation=row, role=OWNER, from_at=now)
    except IntegrityError as failure:
        raise RefusedError("您已经是这家的经营者了，没有重复绑定。") from failure
    record(Entry(now, actor, "accounts.become_owner", subject_of(row), after={"身份": "经营者"}))
    return str(member.pk)


def rename_business(business_id: str, name: str, actor: Actor, now: datetime) -> None:
    """Call a business as the register calls it, in the caller's transaction."""
    _demand_transaction()
    row = locked_organisation(business_id)
    if row.kind != BUSINESS or row.name == name or name_fault(name):
        return
    before = {"名称": row.name}
    row.name = name
    row.save(update_fields=["name"])
    after = {"名称": name}
    record(Entry(now, actor, "accounts.change_organisation", subject_of(row), before=before, after=after))


def _is_own(row: Organisation, actor: Actor) -> bool:
    own = Membership.objects.filter(organisation=row, person_id=actor.id, role=OWNER, until_at__isnull=True)
    return row.kind == BUSINESS and own.exists()


def _demand_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a business is opened in the transaction of what proves it")
