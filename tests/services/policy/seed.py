"""The shipped catalogue in the database, for every test that shows or matches it."""

from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

import pytest
from django.db import connection, transaction

from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.foundation.audit.actions import Actor
from huiqi.services.policy.library import actions
from huiqi.services.policy.library.queries import Library, current_library

LOADED_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
load_seed = partial(actions.load_seed, actor=Actor("test", "测试"))


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def library(db: None) -> Library:
    """The shipped catalogue in a database without any. Loading it takes a tenth of a second, and hundreds of
    tests begin with it: the first writes down what was sent to the database, and the others send it again.
    """
    if not _sent:
        _sent.extend(_sent_while_loading())
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values, are_many in _sent:
                (cursor.executemany if are_many else cursor.execute)(sql, values)
    return current_library()


_sent: list[tuple[str, Any, bool]] = []


def _sent_while_loading() -> list[tuple[str, Any, bool]]:
    sent = []

    def note(execute: Any, sql: str, values: Any, are_many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            sent.append((sql, values, are_many))
        return execute(sql, values, are_many, context)

    with connection.execute_wrapper(note):
        load_seed(shipped(), LOADED_AT)
    return sent
