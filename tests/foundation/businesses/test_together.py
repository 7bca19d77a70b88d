"""Several at once: one code is of one business, and one record is disputed once. SQLite's writers take turns
(see tests/foundation/storage), so this is for PostgreSQL.
"""

from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from huiqi.foundation.accounts.queries import members_in
from huiqi.foundation.businesses.actions import BusinessError, Objection, bind, dispute
from huiqi.foundation.businesses.adapters import DEMO_WORD
from huiqi.foundation.businesses.models import BusinessCode, Dispute
from huiqi.foundation.businesses.queries import business_with_code
from huiqi.foundation.cases.actions import Act
from huiqi.foundation.clock.queries import now, workday_table
from tests.foundation.businesses.register import CODE, THIRD, owner_of, registered
from tests.support.people import someone
from tests.support.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_where_writers_meet(transactional_db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写入轮流进行，几个人同时绑定只在 PostgreSQL 上试")


def test_two_who_bind_one_code_at_once_run_one_business() -> None:
    registered(THIRD)
    actors = [someone("person").actor for _ in range(3)]
    together(BusinessError, *(partial(bind, actor, THIRD, DEMO_WORD, now()) for actor in actors))
    assert BusinessCode.objects.filter(credit_code=THIRD).count() == 1
    assert len(members_in(business_with_code(THIRD) or "")) == 3


def test_one_record_is_disputed_once() -> None:
    registered(CODE)
    who, _ = owner_of()
    act = Act(who.actor, now(), workday_table())
    objections = [Objection(str(uuid4()), "region_code", "搬家了") for _ in range(3)]
    told = together(BusinessError, *(partial(dispute, each, act) for each in objections))
    assert [isinstance(each, BusinessError) for each in told].count(True) == 2
    assert Dispute.objects.count() == 1
