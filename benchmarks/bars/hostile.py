"""Bars on strangers: every kind of hostile input on every way into the site, and what it leaves behind."""

from benchmarks.bars import Figure, bar
from benchmarks.passing import passing

FEWEST_KINDS = 60


@bar(
    "kinds of hostile input on every form, address, cookie and header, no 500 and no row",
    f"all of ≥ {FEWEST_KINDS}",
    source="B1, hostile input",
    limit_minutes=20,
)
def kinds() -> Figure:
    tried = "test_a_request_of_a_strange_shape or test_every_way_in_stands or test_a_lie_on_the_wire"
    stood, fell = passing("tests/hostile", tried)
    return Figure(f"{stood} of {stood + fell}", is_met=stood >= FEWEST_KINDS and not fell)
