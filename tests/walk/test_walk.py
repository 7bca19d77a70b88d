"""Everybody tries every address by every method with what is theirs and others'; and slips are seen."""

import pytest

from tests.support.run import is_on_postgres
from tests.walk.mutants import MUTANTS, Mutant, mutated
from tests.walk.reading import difference, expected
from tests.walk.recipes import MISSING, addresses, recipes
from tests.walk.walking import walk
from tests.walk.world import World

RENEW = """The table of rights no longer says what was looked through. If that is meant, run
    python -m tests.walk.reading
look through each line that changed in tests/walk/rights.txt, and commit it with the table."""


def test_the_table_says_what_was_looked_through() -> None:
    assert not difference(), f"{RENEW}\n{difference()}"


@pytest.mark.parametrize("name", addresses())
def test_every_address_has_a_recipe(name: str) -> None:
    assert name in recipes(), MISSING.format(name=name)


def test_every_recipe_is_of_an_address_there_is() -> None:
    assert sorted(set(recipes()) - set(addresses())) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in addresses() if name in recipes()])
def test_everybody_gets_in_where_the_table_says_so_and_nowhere_else(name: str, world: World) -> None:
    """On the second database without the refusals: they ask it nothing but for the relation, by the same
    question as those who are let in.
    """
    steps = walk(name, recipes()[name], world, expected(), only_let_in=is_on_postgres())
    surprises = [each for each in steps if each]
    assert not surprises, "\n".join(surprises)


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_the_walk_sees_a_slip(mutant: Mutant, world: World) -> None:
    with mutated(mutant):
        surprises = (each for page in mutant.pages for each in walk(page, recipes()[page], world, expected()))
        assert any(surprises), f"nobody noticed: {mutant}"


def test_there_are_enough_slips() -> None:
    assert len(MUTANTS) >= 20
