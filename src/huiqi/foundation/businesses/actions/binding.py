"""Binding people to businesses: by a code and a proof, or without a code for who has none yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.actions import RefusedError, join_business, open_business, rename_business
from huiqi.foundation.accounts.queries import people_of_party
from huiqi.foundation.audit.actions import Actor, Entry, record
from huiqi.foundation.businesses.actions.following import follow_registration
from huiqi.foundation.businesses.actions.recording import demanded_business, subject_of
from huiqi.foundation.businesses.domain import BusinessError
from huiqi.foundation.businesses.domain.proving import Claim
from huiqi.foundation.businesses.models import Business, BusinessCode, Registration
from huiqi.foundation.businesses.queries import business_with_code, prover
from huiqi.foundation.notices.actions import notify

_TAKEN = "这个代码已经绑定在另一家经营主体上，没有改动。那一家也是您的话，请在“我的企业”里换过去。"
_ELSEWHERE = "这个代码刚刚绑定到另一家了，没有改动。请刷新后再看一看，有疑问请打服务电话。"


@dataclass(frozen=True, slots=True)
class Bound:
    """What came of a binding: the business, and the membership in which its owner acts for it."""

    business_id: str
    membership_id: str


def bind(actor: Actor, code: str, given: str, now: datetime) -> Bound:
    """Bind the actor as owner to the business with this code, once they proved to run it. Where the site
    knows it already they join it, and its people are told; otherwise it begins with what the register says.
    """
    demand(actor, "businesses.bind", {"own"})
    try:
        return _bind(actor, code, given, now)
    except IntegrityError:
        return _bind(actor, code, given, now)  # somebody was first by a moment: it is known now


def _bind(actor: Actor, code: str, given: str, now: datetime) -> Bound:
    with transaction.atomic():
        method, registration = _proved(code, given), _registration(code)
        business = business_with_code(code)
        others = people_of_party(business) if business else ()
        if business is None:
            business = _begin(registration, method, now, actor)
        bound = Bound(business, join_business(business, actor, now))
        record(
            Entry(now, actor, "businesses.bind", subject_of(business), after={"代码": code, "核验": method})
        )
        _tell_others(others, bound, registration.name, now, actor)
    return bound


def _begin(row: Registration, method: str, now: datetime, actor: Actor) -> str:
    business = open_business(str(uuid4()), row.name or row.credit_code, _division(row), actor, now)
    Business.objects.create(pk=UUID(business), opened_at=now)
    _give_code(business, row.credit_code, now)
    follow_registration(business, row, method, now, actor)
    return business


def open_without_code(actor: Actor, form_key: str, name: str, now: datetime) -> Bound:
    """A file for who has no licence yet (想开店的): the same form sent again opens one. Its code is given
    later, and everything in it stays.
    """
    demand(actor, "businesses.bind", {"own"})
    if not name:
        raise BusinessError("请给您的店起个名字，以后可以改。写的都还在，没有提交。")
    with transaction.atomic():
        try:
            business = open_business(form_key, name, "", actor, now)
        except RefusedError as refused:
            raise BusinessError(str(refused)) from refused
        _, is_new = Business.objects.get_or_create(pk=UUID(business), defaults={"opened_at": now})
        if is_new:
            record(Entry(now, actor, "businesses.open_without_code", subject_of(business, name)))
        return Bound(business, join_business(business, actor, now))


def change_code(actor: Actor, code: str, given: str, now: datetime) -> None:
    """Give the actor's business its code, or another one after 个转企 or a new licence. The id, the people
    and everything on the sheet stay; the old code is kept with its days.
    """
    business = demanded_business(actor, "businesses.change_code")
    try:
        with transaction.atomic():
            _change(business, code, given, now, actor)
    except IntegrityError as failure:
        raise BusinessError(_ELSEWHERE) from failure


def _change(business: str, code: str, given: str, now: datetime, actor: Actor) -> None:
    Business.objects.get_or_create(pk=UUID(business), defaults={"opened_at": now})
    Business.objects.select_for_update().get(pk=UUID(business))
    method, registration = _proved(code, given), _registration(code)
    old = BusinessCode.objects.filter(business=UUID(business), until_on__isnull=True).first()
    if old is not None and old.credit_code == code:
        raise BusinessError("这就是现在用的代码，不用改。")
    if business_with_code(code) is not None:
        raise BusinessError(_TAKEN)
    if old is not None:
        old.until_on = now.date()
        old.save(update_fields=["until_on"])
    _give_code(business, code, now)
    follow_registration(business, registration, method, now, actor)
    if registration.name:
        rename_business(business, registration.name, actor, now)
    before, after = {"代码": old.credit_code if old else None}, {"代码": code, "核验": method}
    record(Entry(now, actor, "businesses.change_code", subject_of(business), before=before, after=after))


def _proved(code: str, given: str) -> str:
    """By which method it was proved; BusinessError where it was not."""
    by = prover()
    if by is None:
        raise BusinessError(
            "本站还没有接上核验身份的服务，现在不能绑定。请先照自己的情况填写，或打服务电话。"
        )
    if not by.is_proved(Claim(code, _registration(code).operator, given)):
        raise BusinessError("核验没有通过，没有绑定。请对照下面的说明再填一次，写的都还在。")
    return by.method


def _registration(code: str) -> Registration:
    row = Registration.objects.filter(credit_code=code).first()
    if row is None:
        raise BusinessError(
            "登记册里没有查到这个代码，没有绑定。可能是新办的，过几天再试，或核对代码再填一次。"
        )
    return row


def _division(row: Registration) -> str:
    return row.region_code if len(row.region_code) == 6 else ""


def _give_code(business_id: str, code: str, now: datetime) -> None:
    BusinessCode.objects.create(business_id=UUID(business_id), credit_code=code, from_on=now.date())


def _tell_others(people: tuple[str, ...], bound: Bound, name: str, now: datetime, actor: Actor) -> None:
    """Who already runs it hears that somebody else proved to."""
    others = [person for person in people if person != actor.id]
    if others:
        key = f"businesses.bind:{bound.membership_id}"
        context = {"name": name or "您的企业", "who": actor.name}
        link = reverse("accounts:organisation")
        notify("businesses.bind", key, others, context, now, actor, link=link)
