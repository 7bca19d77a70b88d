"""Binding: by code and proof, several people and several businesses, no code yet, and codes that change."""

from uuid import uuid4

import pytest

from huiqi.foundation.accounts.queries import members_in
from huiqi.foundation.businesses.actions import (
    BusinessError,
    bind,
    change_code,
    declare,
    load_registrations,
    open_without_code,
)
from huiqi.foundation.businesses.adapters import DEMO_WORD
from huiqi.foundation.businesses.models import Business, BusinessCode, FactRecord
from huiqi.foundation.businesses.queries import (
    Purpose,
    business_with_code,
    code_history,
    own_businesses,
    sheet_for,
)
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.notices.models import Letter
from huiqi.population.register import RegisterRow
from tests.foundation.businesses.register import CODE, OTHER, owner_of, registered
from tests.support.people import Someone, someone

pytestmark = pytest.mark.django_db


def test_several_people_run_one_business_and_the_first_hears_of_the_second() -> None:
    registered()
    first, business = owner_of()
    _, same = owner_of()
    assert business == same
    assert {each.role for each in members_in(business)} == {"owner"}
    assert len(members_in(business)) == 2
    letters = Letter.objects.filter(notice__kind="businesses.bind")
    assert [str(each.person_id) for each in letters] == [str(first.person.pk)]


def test_one_person_runs_several() -> None:
    registered()
    registered(OTHER, "温县老王食品厂")
    who, _ = owner_of()
    bind(who.actor, OTHER, DEMO_WORD, now())
    bind(who.actor, OTHER, DEMO_WORD, now())
    found = own_businesses(who.actor)
    assert {each.code for each in found} == {CODE, OTHER}
    assert [each.is_current for each in found] == [True, False]


@pytest.mark.parametrize("given", ["", "王建国", "演示演示"])
def test_without_the_proof_nothing_begins(given) -> None:
    registered()
    with pytest.raises(BusinessError, match="没有通过"):
        bind(someone("person").actor, CODE, given, now())
    assert not Business.objects.exists()


def test_where_nothing_is_connected_nobody_is_bound(settings) -> None:
    registered()
    settings.HUIQI_PROVER = None
    with pytest.raises(BusinessError, match="还没有接上"):
        bind(someone("person").actor, CODE, DEMO_WORD, now())


def test_a_code_nobody_registered_is_told() -> None:
    with pytest.raises(BusinessError, match="没有查到"):
        bind(someone("person").actor, CODE, DEMO_WORD, now())


def founder() -> tuple[Someone, str]:
    who = someone("person")
    bound = open_without_code(who.actor, str(uuid4()), "想开的面馆", now())
    return Someone(who.person, None, {**who.session, "acting": bound.membership_id}), bound.business_id


def test_a_founder_begins_without_a_code_and_keeps_everything_when_it_comes() -> None:
    who, business = founder()
    declare(who.actor, {"owner_age": 30}, now())
    registered()
    change_code(who.actor, CODE, DEMO_WORD, now())
    sheet = sheet_for(who.actor, business, today(), Purpose.OWN_USE)
    assert business_with_code(CODE) == business
    assert (sheet.values["owner_age"], sheet.values["region_code"]) == (30, "410825")
    assert own_businesses(who.actor)[0].name == "温县老王面馆"


def test_the_same_form_sent_twice_opens_one_file() -> None:
    who, key = someone("person"), str(uuid4())
    assert open_without_code(who.actor, key, "店", now()) == open_without_code(who.actor, key, "店", now())
    with pytest.raises(BusinessError, match="失效"):
        open_without_code(someone("person").actor, key, "店", now())
    assert Business.objects.count() == 1


def test_a_form_key_of_another_organisation_opens_nothing() -> None:
    officer = someone("officer")
    person = Someone(officer.person, None, {"person": str(officer.person.pk)})
    with pytest.raises(BusinessError, match="失效"):
        open_without_code(person.actor, str(officer.organisation.pk), "店", now())


def test_a_business_outlives_its_code() -> None:
    registered()
    registered(OTHER, "温县老王餐饮有限公司", entity_type="company")
    who, business = owner_of()
    declare(who.actor, {"employees": 6}, now())
    change_code(who.actor, OTHER, DEMO_WORD, now())
    assert business_with_code(CODE) is None
    assert business_with_code(OTHER) == business
    assert [(each.code, each.until_on is None) for each in code_history(business)] == [
        (OTHER, True),
        (CODE, False),
    ]
    values = sheet_for(who.actor, business, today(), Purpose.OWN_USE).values
    assert (values["entity_type"], values["employees"]) == ("company", 6)
    with pytest.raises(BusinessError, match="不用改"):
        change_code(who.actor, OTHER, DEMO_WORD, now())


def test_the_code_of_another_is_not_taken_over() -> None:
    registered()
    registered(OTHER, "温县别家")
    who, _ = owner_of()
    owner_of(OTHER)
    with pytest.raises(BusinessError, match="另一家"):
        change_code(who.actor, OTHER, DEMO_WORD, now())
    assert BusinessCode.objects.filter(until_on__isnull=True).count() == 2


def test_a_new_register_is_written_on_the_sheets_it_concerns() -> None:
    registered()
    who, business = owner_of()
    before = FactRecord.objects.count()
    row = RegisterRow(
        CODE, "温县老王面馆", "王建国", "individual_business", "410825", "H6210", None, is_operating=False
    )
    rows, day = [row], today()
    load_registrations(rows, "试用登记册", day, now=now(), actor=who.actor)
    assert sheet_for(who.actor, business, today(), Purpose.OWN_USE).values["is_operating"] is False
    assert FactRecord.objects.count() == before + 1
    load_registrations(rows, "试用登记册", day, now=now(), actor=who.actor)
    assert FactRecord.objects.count() == before + 1
