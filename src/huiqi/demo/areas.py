"""The eleven areas of 焦作 with their weight in the city and what each is known for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ZONE = "410871"
# The zone is counted by the statistics but registers under the city's own code.
CITY = "410800"


@dataclass(frozen=True, slots=True)
class Area:
    """`strengths` multiply the weight of trades by industry prefix; `tails` rename a trade locally."""

    code: str
    short: str
    weight: float
    strengths: Mapping[str, float]
    tails: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def registering_code(self) -> str:
        """The six digits a credit code of this area carries."""
        return CITY if self.code == ZONE else self.code

    def strength(self, industry: str) -> float:
        """The product of all prefixes that match."""
        product = 1.0
        for prefix, factor in self.strengths.items():
            if industry.startswith(prefix):
                product *= factor
        return product


_TOWN_CENTRE = {"A": 0.1, "C": 0.3, "F52": 1.3, "H": 1.3, "O": 1.3, "K": 1.4, "L": 1.4, "R": 1.2}

AREAS = (
    Area("410802", "解放区", 0.13, {**_TOWN_CENTRE, "P": 1.5}),
    Area("410803", "中站区", 0.04, {"A": 0.3, "C26": 9.0, "C30": 2.0, "G54": 1.6}),
    Area("410804", "马村区", 0.05, {"A": 0.5, "C26": 4.0, "C27": 5.0, "C35": 2.0, "G54": 1.5}),
    Area("410811", "山阳区", 0.16, {**_TOWN_CENTRE, "I65": 2.5, "M": 2.0}),
    Area(
        "410821",
        "修武县",
        0.08,
        {"H61": 4.0, "L7291": 4.0, "R9030": 4.0, "N7861": 6.0, "C1393": 12.0},
        {"H6130": ("云台民宿", "山居民宿"), "C1393": ("五里源松花蛋坊",)},
    ),
    Area(
        "410822",
        "博爱县",
        0.10,
        {"A0141": 3.0, "C1371": 8.0, "C2041": 25.0, "C36": 1.5},
        {"A0141": ("怀姜种植园",), "C1371": ("怀姜加工坊", "姜茶坊")},
    ),
    Area(
        "410823",
        "武陟县",
        0.18,
        {"A0171": 2.5, "C2730": 2.0, "C1439": 8.0, "F5152": 2.0},
        {"C1439": ("武陟油茶坊",)},
    ),
    Area(
        "410825",
        "温县",
        0.12,
        {"A0171": 5.0, "C2730": 3.0, "F5152": 2.5, "F5292": 1.3, "C1952": 6.0},
        {"A0171": ("铁棍山药种植园", "怀山药种植户"), "F5252": ("铁棍山药店", "怀药店")},
    ),
    Area(ZONE, "焦作示范区", 0.05, {"A": 0.4, "I65": 4.0, "M": 3.0, "C3841": 12.0, "C36": 3.0, "L72": 1.6}),
    Area(
        "410882",
        "沁阳市",
        0.12,
        {"C3062": 12.0, "C1353": 6.0, "C26": 1.8, "C30": 1.5},
        {"C1353": ("闹汤驴肉坊",), "H6291": ("驴肉火烧店", "闹汤驴肉馆")},
    ),
    Area(
        "410883",
        "孟州市",
        0.10,
        {"C193": 20.0, "C1959": 25.0, "F5292": 2.5, "C36": 4.0, "F5233": 1.5},
        {"F5292": ("桑坡皮毛网店", "雪地靴网店")},
    ),
)
