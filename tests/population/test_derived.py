"""Facts derived over columns are those core.rules derives for each business."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.derivation import MONTHS_SINCE_ESTABLISHED, SIZE_CLASS, derive
from huiqi.core.rules.facts import Facts, Value
from huiqi.population.columns import Block, CodeColumn, NumberColumn, block_of_facts
from huiqi.population.derived import Deriver
from huiqi.population.planes import unpack

AS_OF = date(2026, 2, 28)
DICTIONARY = read_dictionary(shipped_path() / FACTS_FILE)
STANDARD = load_size_standard(shipped_path() / "standards")
WANTED = frozenset({MONTHS_SINCE_ESTABLISHED, SIZE_CLASS})
INDUSTRIES = [
    "A0171",
    "C",
    "C13",
    "E47",
    "F",
    "F51",
    "F5213",
    "G",
    "G591",
    "G59",
    "H62",
    "H6210",
    "J66",
    "I65",
    "K70",
    "K701",
    "K702",
    "K703",
    "K704",
    "L71",
    "M73",
    "P83",
    "Q84",
    "Q85",
    "S91",
]
PERSONS = (0, 4, 5, 9, 10, 19, 20, 49, 50, 99, 100, 199, 200, 299, 300, 999, 1000, 5000)
YUAN = tuple(
    bound * 10_000 + step for bound in (50, 80, 100, 300, 500, 1000, 2000, 5000, 8000, 40_000, 200_000)
    for step in (-1, 0)
)  # fmt: skip

businesses = st.fixed_dictionaries(
    {},
    optional={
        "established_on": st.dates(AS_OF - timedelta(900), AS_OF + timedelta(40)),
        "months_since_established": st.integers(0, 40),
        "size_class": st.sampled_from(("micro", "small", "medium", "large")),
        "industry_code": st.sampled_from(INDUSTRIES),
        "employees": st.sampled_from(PERSONS),
        "annual_revenue_cny": st.sampled_from(YUAN),
        "total_assets_cny": st.sampled_from(YUAN),
    },
)


def column_values(block: Block, fact_id: str) -> list[Value | None]:
    column = block.columns.get(fact_id)
    if column is None:
        return [None] * block.rows
    is_known = unpack(column.present, block.rows)
    assert isinstance(column, CodeColumn | NumberColumn)
    found = column.indices if isinstance(column, CodeColumn) else column.values
    meaning = column.dictionary.__getitem__ if isinstance(column, CodeColumn) else int
    return [meaning(each) if known else None for each, known in zip(found, is_known, strict=True)]


def block_of(facts: list[Facts]) -> Block:
    return block_of_facts([str(number) for number in range(len(facts))], facts, DICTIONARY)


@given(st.lists(st.lists(businesses, min_size=1, max_size=70), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_derived_columns_are_equal_to_core_rules(blocks: list[list[Facts]]) -> None:
    deriver = Deriver(AS_OF, STANDARD, WANTED)
    for facts in blocks:
        derived = deriver.derive(block_of(facts))
        expected = [derive(each, AS_OF, STANDARD).facts for each in facts]
        for fact_id in WANTED:
            assert column_values(derived, fact_id) == [each.get(fact_id) for each in expected]


def test_every_trade_of_the_standard_is_classified_as_core_does() -> None:
    facts: list[Facts] = [
        {"industry_code": code, "employees": persons, "annual_revenue_cny": yuan, "total_assets_cny": assets}
        for code in INDUSTRIES
        for persons in PERSONS
        for yuan, assets in ((YUAN[0], YUAN[-1]), (YUAN[7], YUAN[7]), (YUAN[-1], YUAN[-1]))
    ]
    found = column_values(Deriver(AS_OF, STANDARD, WANTED).derive(block_of(facts)), SIZE_CLASS)
    assert found == [derive(each, AS_OF, STANDARD).facts.get(SIZE_CLASS) for each in facts]
    assert set(found) == {"micro", "small", "medium", "large", None}


def test_without_a_size_standard_the_size_class_stays_unknown() -> None:
    facts: list[Facts] = [{"industry_code": "H6210", "employees": 3, "annual_revenue_cny": 0}]
    assert column_values(Deriver(AS_OF, None, WANTED).derive(block_of(facts)), SIZE_CLASS) == [None]


def test_nothing_is_derived_that_no_rule_asks_for() -> None:
    facts: list[Facts] = [{"established_on": AS_OF, "industry_code": "H6210", "employees": 3}]
    block = block_of(facts)
    assert dict(Deriver(AS_OF, STANDARD, frozenset()).derive(block).columns) == dict(block.columns)
