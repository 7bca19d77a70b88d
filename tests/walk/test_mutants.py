"""The walk can fail: it sees each of the slips somebody could make."""

import pytest

from tests.walk.mutants import MUTANTS, Mutant, mutated
from tests.walk.reading import expected
from tests.walk.recipes import recipes
from tests.walk.walking import walk
from tests.walk.world import World


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_the_walk_sees_a_slip(mutant: Mutant, world: World) -> None:
    with mutated(mutant):
        surprises = (each for page in mutant.pages for each in walk(page, recipes()[page], world, expected()))
        assert any(surprises), f"nobody noticed: {mutant}"


def test_there_are_enough_slips() -> None:
    assert len(MUTANTS) >= 20
