"""Everybody tries every address by every method with what is theirs and what is others'."""

from collections.abc import Iterator

import pytest

from tests.support.run import is_on_postgres
from tests.walk.reading import difference, expected
from tests.walk.recipe import Outcome
from tests.walk.recipes import MISSING, addresses, recipes
from tests.walk.walking import METHODS, outcome_wanted, step, walk
from tests.walk.world import World

RENEW = """The table of rights no longer says what was looked through. If that is meant, run
    python -m tests.walk.reading
look through each line that changed in tests/walk/rights.txt, and commit it with the table."""
_steps: dict[str, int] = {}


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
    is_whole = not is_on_postgres() or recipes()[name].lists
    found = list(walk(name, recipes()[name], world, expected()) if is_whole else _let_in(name, world))
    _steps[name] = len(found)
    surprises = [each for each in found if each]
    assert not surprises, "\n".join(surprises)


def _let_in(name: str, world: World) -> Iterator[str]:
    """The steps of those who are let in. A refusal asks no database but for the relation, by the same
    question: on the second, lists are walked whole, and of all else what goes on behind the door.
    """
    page = recipes()[name]
    for walker in world.walkers:
        for thing in world.things(page.things, walker):
            for method in METHODS:
                if outcome_wanted(page, walker, thing, method, expected()) is Outcome.OPEN:
                    yield step(name, page, walker, thing, method, expected())
