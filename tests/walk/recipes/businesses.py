"""Businesses and their sheets. No address names a business: it is always the one the walker acts for, so that
there is nobody else's to be reached by one.
"""

from collections.abc import Sequence

from tests.walk.recipe import ANY, Page, Thing
from tests.walk.world import Walker, World

FACT = "monthly_sales_cny"


def facts(world: World, walker: Walker) -> Sequence[Thing]:
    """One fact of the walker's own sheet."""
    del world, walker
    return (Thing("a fact", ANY, {"fact_id": FACT}, {FACT: "80000"}),)


_BIND, _SEE, _ERASE = "businesses.bind", "businesses.see", "businesses.erase"
_CODE, _SAY, _DISPUTE = "businesses.change_code", "businesses.declare", "businesses.dispute"
PAGES = {
    "businesses:own": Page(reads="businesses.see_own"),
    "businesses:open": Page(reads=_BIND, writes=_BIND, sends={"name": "店"}),
    "businesses:bind": Page(reads=_BIND, writes=_BIND),
    "businesses:code": Page(reads=_CODE, writes=_CODE),
    "businesses:sheet": Page(reads=_SEE),
    "businesses:erase_all": Page(reads=_ERASE, writes=_ERASE),
    "businesses:fact": Page(reads=_SEE, things=facts),
    "businesses:change": Page(reads=_SAY, writes=_SAY, things=facts),
    "businesses:correct": Page(reads=_DISPUTE, writes=_DISPUTE, things=facts),
    "businesses:erase": Page(reads=_ERASE, writes=_ERASE, things=facts),
}
