"""The world of the walk, and every way into the site that its pages show."""

import pytest

from tests.hostile.finding import Input, inputs
from tests.walk.conftest import world
from tests.walk.world import World

__all__ = ["world"]


@pytest.fixture(scope="module")
def ways_in(world: World) -> tuple[Input, ...]:
    return inputs(world)
