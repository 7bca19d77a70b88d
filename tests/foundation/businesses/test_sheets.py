"""The sheet of a business: who reads what, what counts on which day, and what its owner may do to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions import make_demo_people
from huiqi.foundation.accounts.queries import demo_actor
from huiqi.foundation.audit.actions import Actor, Party, Principal
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.businesses.actions import (
    BusinessError,
    Objection,
    declare,
    dispute,
    erase_declared,
    make_demo_sheet,
)
from huiqi.foundation.businesses.models import FactValue
from huiqi.foundation.businesses.queries import Loss, Purpose, dictionary, plan, sheet_for
from huiqi.foundation.cases.actions import Act, advance
from huiqi.foundation.cases.models import Case
from huiqi.foundation.clock.queries import now, today, workday_table
from tests.foundation.businesses.register import owner_of, registered, told
from tests.support.numbers import agreed
from tests.support.people import someone

pytestmark = pytest.mark.django_db
SALES, HEADS = "monthly_sales_cny", "social_insurance_headcount"


@pytest.fixture
def shop() -> tuple:
    registered()
    return owner_of()


def whole(who, business, day=None):
    return sheet_for(who.actor, business, day or today(), Purpose.OWN_USE)


def test_it_begins_with_what_the_register_says(shop) -> None:
    sheet = whole(*shop)
    assert sheet.values["region_code"] == "410825"
    assert sheet.values["is_operating"] is True
    assert sheet.facts["entity_type"].said.source == "市场监管局"
    assert sheet.facts["months_since_established"].is_derived
    assert "months_since_established" not in sheet.values


def test_the_department_counts_and_the_owner_sees_both(shop) -> None:
    who, business = shop
    told(who, business, SALES, 60_000)
    assert declare(who.actor, {SALES: 80_000}, now()) == 1
    line = whole(who, business).facts[SALES]
    assert (line.value, line.is_contested) == (60_000, True)
    assert [(each.value, each.loss) for each in line.others] == [(80_000, Loss.WEAKER)]
    agreed("businesses.precedence", "latest_first")
    assert whole(who, business).facts[SALES].value == 80_000


def test_what_has_grown_old_is_unknown_and_not_no(shop) -> None:
    who, business = shop
    told(who, business, HEADS, 3, days_ago=101)
    line = whole(who, business).facts[HEADS]
    assert (line.value, line.others[0].loss) == (None, Loss.EXPIRED)
    assert HEADS not in whole(who, business).values


def test_the_sheet_of_a_day_shows_what_was_known_by_then(shop) -> None:
    who, business = shop
    told(who, business, SALES, 60_000, days_ago=5)
    assert whole(who, business, today() - timedelta(days=6)).values == {}
    later = sheet_for(who.actor, business, today() + timedelta(days=200), Purpose.OWN_USE)
    assert later.facts[SALES].value is None


def test_saying_the_same_twice_is_said_once(shop) -> None:
    who, _ = shop
    assert [declare(who.actor, {SALES: 1}, now()) for _ in range(2)] == [1, 0]
    assert declare(who.actor, {SALES: None}, now()) == 1
    assert declare(who.actor, {SALES: None}, now()) == 0


def strangers(who, business):
    """Everybody who is not the business's own people acting in their own name."""
    own = who.actor
    yield from (
        someone(role).actor for role in ("bank_clerk", "officer", "support", "auditor", "owner", "person")
    )
    yield Actor(own.id, own.name, role="person")
    yield Actor(own.id, own.name, own.organisation, role="owner", seen_by=Party("s", "客服"))
    behalf = Principal(business, "店", verbs=frozenset({"businesses.see", "matching.ask"}))
    yield Actor("x", "代办", own.organisation, behalf_of=behalf, role="owner")


@pytest.mark.parametrize("purpose", Purpose)
def test_to_anybody_else_a_protected_fact_is_not_even_there(shop, purpose) -> None:
    who, business = shop
    told(who, business, SALES, 60_000)
    told(who, business, "employees", 3)
    declare(who.actor, {"annual_revenue_cny": 500_000, "total_assets_cny": 1}, now())
    for reader in strangers(who, business):
        sheet = sheet_for(reader, business, today(), purpose)
        assert sheet.values["region_code"] == "410825"
        assert not sheet.is_whole
        assert all(plan().consent_class(fact) is None for fact in sheet.facts)
        assert {SALES, "employees", "size_class", "owner_age"}.isdisjoint(sheet.facts)


def test_every_fact_has_its_class_and_the_law_of_the_unknown_one() -> None:
    assert set(plan().facts) == set(dictionary())
    assert plan().consent_class("no_such_fact") == "own"
    assert plan().consent_class("region_code") is None
    assert plan().consent_class(SALES) == "02"


def test_nobody_else_writes_on_a_sheet(shop) -> None:
    who, business = shop
    for reader in strangers(who, business):
        if reader.role == "owner" and reader.behalf_of is None and reader.seen_by is None:
            continue
        for attempt in (
            lambda by: declare(by, {SALES: 1}, now()),
            lambda by: erase_declared(by, None, now()),
            lambda by: dispute(Objection(str(uuid4()), "region_code", "不对"), act(by)),
        ):
            with pytest.raises(NotAllowedError):
                attempt(reader)


def act(actor) -> Act:
    return Act(actor, now(), workday_table())


def test_a_dispute_is_a_case_with_a_clock_and_its_end_decides(shop) -> None:
    who, business = shop
    told(who, business, SALES, 60_000)
    objection = Objection(str(uuid4()), SALES, "申报表上是 8 万", 80_000)
    case = dispute(objection, act(who.actor))
    assert dispute(objection, act(who.actor)) == case
    assert whole(who, business).facts[SALES].is_disputed
    assert whole(who, business).facts[SALES].value == 60_000
    with pytest.raises(BusinessError, match="已经在核对"):
        dispute(Objection(str(uuid4()), SALES, "再说一遍"), act(who.actor))
    kept = Case.objects.get(number=case.number)
    assert kept.clocks.count() == 1
    officer = someone("support", kept.organisation)
    advance(case.number, kept.version, "correct", "税务局核对过", act(officer.actor))
    line = whole(who, business).facts[SALES]
    assert (line.value, line.said.source) == (80_000, "您自己填的")
    assert Loss.REJECTED in {each.loss for each in line.others}
    assert dict(AuditEntry.objects.values_list("verb", "subject_id"))["businesses.dispute"] == business


def test_only_what_a_department_says_is_disputed(shop) -> None:
    who, _ = shop
    declare(who.actor, {SALES: 1}, now())
    with pytest.raises(BusinessError, match="直接改就行"):
        dispute(Objection(str(uuid4()), SALES, "不对"), act(who.actor))
    with pytest.raises(BusinessError, match="写一句"):
        dispute(Objection(str(uuid4()), "region_code", ""), act(who.actor))


def test_what_the_owner_said_is_erased_and_that_it_was_said_stays(shop) -> None:
    who, business = shop
    told(who, business, HEADS, 3)
    declare(who.actor, {SALES: 1, HEADS: 4}, now())
    declare(who.actor, {SALES: 2}, now())
    assert erase_declared(who.actor, [SALES], now()) == 2
    line = whole(who, business).facts[SALES]
    assert (line.value, [each.is_erased for each in line.others]) == (None, [True, True])
    assert erase_declared(who.actor, None, now()) == 1
    assert whole(who, business).facts[HEADS].value == 3
    with pytest.raises(BusinessError, match="不用删"):
        erase_declared(who.actor, None, now())


def test_records_are_kept_as_they_were_written_whoever_asks(shop) -> None:
    for statement in ("UPDATE businesses_factrecord SET source = 'x'", "DELETE FROM businesses_factrecord"):
        with pytest.raises(DatabaseError, match="for ever"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_value_put_in_the_place_of_another_is_unknown(shop) -> None:
    who, business = shop
    declare(who.actor, {SALES: 1}, now())
    kept = FactValue.objects.get(record__fact=SALES)
    kept.value = "9"
    kept.save()
    assert whole(who, business).facts[SALES].value is None


def test_values_lie_encrypted(shop) -> None:
    who, _ = shop
    declare(who.actor, {SALES: 1234567}, now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM businesses_factvalue")
        assert all("1234567" not in row[0] and "410825" not in row[0] for row in cursor.fetchall())


def test_a_sheet_costs_three_questions_however_full_it_is(shop, django_assert_num_queries) -> None:
    who, business = shop
    declare(who.actor, {SALES: 1, HEADS: 2, "employees": 3}, now())
    reader = who.actor
    with django_assert_num_queries(3):
        sheet_for(reader, business, today(), Purpose.OWN_USE)


def test_the_demo_shop_has_sources_that_disagree(settings) -> None:
    settings.HUIQI_SMS, settings.HUIQI_MODE = "demo", "demo"
    maker = Actor("test", "测试")
    make_demo_people(now(), maker)
    assert [make_demo_sheet(now(), maker) for _ in range(2)] == [True, False]
    owner = demo_actor("owner")
    sheet = sheet_for(owner, owner.organisation.id, today(), Purpose.OWN_USE)
    line = sheet.facts[SALES]
    assert (line.value, line.is_contested) == (60_000, True)
    assert {each.loss for each in line.others} == {Loss.WEAKER, Loss.REPLACED}
    assert sheet.facts["loan_balance_cny"].others[0].loss is Loss.EXPIRED
    assert sheet.facts["household_type"].is_derived
