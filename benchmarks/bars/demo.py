"""Bars on the demo city and on what its noodle-shop owner sees."""

import pyarrow.compute as pc

from benchmarks.bars import Figure, bar
from benchmarks.passing import passing
from benchmarks.population import AS_OF
from huiqi.demo.city import generate_city

CITY = "A1, deliver 8"
NOT_A_TOY = "A1, must show: not a toy"
SHARES = {"survival": (0.92, 0.94), "growth": (0.055, 0.075), "developing": (0.001, 0.0035)}


@bar("types of individual businesses under P1", "生存 92–94, 成长 5.5–7.5, 发展 0.1–0.35 %", source=CITY)
def household_types() -> Figure:
    types = generate_city(as_of=AS_OF)["household_type"].drop_null()
    shares = {name: pc.sum(pc.equal(types, name)).as_py() / len(types) for name in SHARES}
    text = ", ".join(f"{name} {share:.2%}" for name, share in shares.items())
    return Figure(text, is_met=all(low <= shares[name] <= high for name, (low, high) in SHARES.items()))


@bar("a noodle-shop owner of 温县 in a real browser", "all steps pass", source=NOT_A_TOY)
def noodle_shop() -> Figure:
    passed, failed = passing("tests/journeys/test_noodle_shop.py")
    return Figure(f"{passed} of {passed + failed} steps", is_met=passed > 0 == failed)
