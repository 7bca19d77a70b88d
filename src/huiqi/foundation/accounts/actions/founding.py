"""The first three administrators: nobody is there yet to invite them, so the operator names them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.domain.members import ADMINISTRATORS, RefusedError
from huiqi.foundation.accounts.domain.sign_in import mobile_number
from huiqi.foundation.accounts.models import Membership, Organisation, Person
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import one_at_a_time


def appoint_first_administrators(
    phones: Mapping[str, str], platform_name: str, actor: Actor, now: datetime
) -> str:
    """Make the three administrators by their telephone numbers, three different people, once; returns the id
    of the office that runs the platform. RefusedError where there is an administrator already.
    """
    numbers = {role: mobile_number(phones.get(role, "")) for role in sorted(ADMINISTRATORS)}
    if not all(numbers.values()) or len(set(numbers.values())) != len(ADMINISTRATORS):
        raise RefusedError("三种管理员要三个人，请给出三个不同的手机号。什么也没有改动。")
    with one_at_a_time("administrators"), transaction.atomic():
        if Membership.objects.filter(role__in=ADMINISTRATORS, until_at__isnull=True).exists():
            raise RefusedError("已经有管理员了，没有改动。要增加管理员，请由系统管理员邀请、安全管理员同意。")
        office = (
            Organisation.objects.filter(kind="platform", closed_at__isnull=True)
            .order_by("created_at")
            .first()
        )
        office = office or Organisation.objects.create(kind="platform", name=platform_name, created_at=now)
        for role, number in numbers.items():
            person = Person.objects.filter(phone_index=number).first()
            person = person or Person.objects.create(phone=number, created_at=now)
            Membership.objects.create(person=person, organisation=office, role=role, from_at=now)
            subject = Subject("person", str(person.pk), str(person))
            after = {"身份": role_words(role)}
            record(Entry(now, actor, "accounts.appoint_first_administrators", subject, after=after))
    return str(office.pk)
