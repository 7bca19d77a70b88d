"""The world is made once a module, in a transaction that is undone at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.walk.recipes import addresses, recipes
from tests.walk.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    known = recipes()
    with django_db_blocker.unblock(), transaction.atomic():
        settings.DEBUG_PROPAGATE_EXCEPTIONS = True
        yield build(known[name] for name in addresses() if name in known)
        settings.DEBUG_PROPAGATE_EXCEPTIONS = False
        transaction.set_rollback(True)
