"""Fixtures every folder of tests may use. What must happen before Django starts is in support/run.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import TransactionTestCase

from tests.support.databases import keep_migrated
from tests.support.declaring import known, left_behind
from tests.support.triggers import without_triggers

_KNOWN = pytest.StashKey[dict[str, object]]()


class UndefinedVariable(str):
    """Stands where Django would print nothing for a name the template misspelt: showing it is an error."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"  # so Django asks for the name to be put in, which is where this speaks up

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")


@pytest.fixture(scope="session", autouse=True)
def undefined_template_variables_are_errors() -> None:
    engines["django"].engine.string_if_invalid = UndefinedVariable("undefined")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables are made once a run, also for what runs in processes of its own."""
    with django_db_blocker.unblock():
        keep_migrated()


@pytest.fixture(scope="session", autouse=True)
def passwords_are_kept_cheaply() -> None:
    """A real one costs as much as a dozen pages; which hasher the site has is Django's own default."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def tests_may_empty_tables_that_are_kept_for_ever() -> None:
    """A test that commits leaves rows that nobody can remove; only between tests the triggers let go."""
    empty = TransactionTestCase._fixture_teardown

    def without(case: TransactionTestCase) -> None:
        with without_triggers():
            empty(case)

    TransactionTestCase._fixture_teardown = without  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[_KNOWN] = known()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Kinds, verbs and numbers of a test are the test's alone: one left behind fails others elsewhere. Looked
    at here, when every fixture has taken back its own.
    """
    yield
    assert left_behind(item.stash[_KNOWN]) == [], "declare with tests.support.declaring"
