"""The library, matching and the calculator: public, and nothing of them belongs to anybody."""

from collections.abc import Sequence

from huiqi.services.policy.calculator.queries import workable_items
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.matching.queries import tick_lists
from tests.services.policy.seed import LOADED_AT
from tests.walk.recipe import ANY, Page, Thing
from tests.walk.world import Walker, World


def items(world: World, walker: Walker) -> Sequence[Thing]:
    del world, walker
    return (Thing("an item", ANY, {"item_id": workable_items(current_library(), LOADED_AT.date())[0].id}),)


def facts(world: World, walker: Walker) -> Sequence[Thing]:
    del world, walker
    return (Thing("a fact", ANY, {"fact_id": next(iter(current_library().dictionary))}),)


def lists(world: World, walker: Walker) -> Sequence[Thing]:
    del world, walker
    return (Thing("a list", ANY, {"list_id": next(iter(tick_lists()))}),)


_ASK, _WORK_OUT = "matching.ask", "calculator.work_out"
PAGES = {
    "library:list": Page(reads="library.see"),
    "library:suggest": Page(reads="library.see"),
    "library:item": Page(reads="library.see", things=items),
    "library:history": Page(reads="library.see", things=items),
    "library:poster": Page(reads="library.see", things=items),
    "library:mistake": Page(
        reads="library.report_mistake",
        writes="library.report_mistake",
        things=items,
        sends={"kind": "amount", "text": "原文写的是 5000 元", "form_key": "w" * 22},
    ),
    "matching:form": Page(reads=_ASK, writes=_ASK),
    "matching:lookup": Page(reads=_ASK, writes=_ASK, sends={"code": "91410800MA000000X0"}),
    "matching:confirm": Page(reads=_ASK, writes=_ASK),
    "matching:results": Page(reads=_ASK),
    "matching:save": Page(writes="businesses.declare"),
    "matching:clear": Page(reads=_ASK, writes=_ASK),
    "matching:questions": Page(reads=_ASK, writes=_ASK),
    "matching:question": Page(reads=_ASK, writes=_ASK, things=facts),
    "matching:ticks": Page(reads=_ASK, writes=_ASK, things=lists),
    "matching:item": Page(reads=_ASK, things=items),
    "calculator:index": Page(reads=_WORK_OUT),
    "calculator:item": Page(reads=_WORK_OUT, writes=_WORK_OUT, things=items),
}
