"""Of several who do the same at the same moment one wins, and the others are told."""

import pytest

from tests.foundation.accounts.racing import race
from tests.support.databases import own_database

pytestmark = pytest.mark.django_db
RACERS = 4


@pytest.fixture(scope="module")
def told(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the racers said of each race, in a database beside the one under test."""
    folder = tmp_path_factory.mktemp("races")
    return race(folder, own_database(folder, "races"), RACERS)


@pytest.mark.parametrize("kind", ["code", "app"])
def test_a_code_sent_several_times_at_once_lets_in_one(told: dict[str, list[str]], kind: str) -> None:
    assert told[kind] == ["lost"] * (RACERS - 1) + ["won"]


def test_a_number_that_comes_for_the_first_time_twice_at_once_is_one_person(
    told: dict[str, list[str]],
) -> None:
    assert len(set(told["first"])) == 1
    assert told["first"][0].startswith("won ")


def test_one_form_sent_several_times_at_once_grants_one_mandate(told: dict[str, list[str]]) -> None:
    assert len(set(told["grant"])) == 1
    assert told["grant"][0].startswith("won ")


def test_a_mandate_is_revoked_once_and_the_others_are_told(told: dict[str, list[str]]) -> None:
    *others, one = told["revoke"]
    assert others == ["lost"] * (RACERS - 1)
    assert one.startswith("won ")
