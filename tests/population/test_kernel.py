"""The population path says of everyone what core.rules says of each."""

import numpy as np
import pytest
from hypothesis import given, settings

from huiqi.core.rules.conditions import Leaf, Not, Op
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import CodeSystem, FactDictionary, FactType
from huiqi.core.rules.plan import compile_plan
from huiqi.core.rules.rule import Rule, Window
from huiqi.population.columns import Block, block_of_facts, missing_column
from huiqi.population.kernel import Kernel
from huiqi.population.planes import count, unpack
from huiqi.population.verdicts import VERDICTS, VerdictBlock
from tests.population.worlds import AS_OF, World, fact, worlds

FACT = fact("persons", FactType.INTEGER)
DICTIONARY = FactDictionary({FACT.id: FACT}, "test")
SIZES = (1, 7, 8, 9, 63, 64, 65, 4095, 4096, 4097)


def verdicts_of(decided: VerdictBlock) -> list[list[Verdict]]:
    """A list of verdicts for each business."""
    return [[VERDICTS[code] for code in business] for business in decided.codes().T]


def block_of(world: World) -> Block:
    ids = [str(number) for number in range(len(world.businesses))]
    return block_of_facts(ids, world.businesses, world.dictionary)


@given(worlds())
@settings(max_examples=500, deadline=None)
def test_the_population_path_is_equal_to_core_rules(world: World) -> None:
    decided = Kernel(compile_plan(world.rules, world.dictionary), AS_OF).decide(block_of(world))
    assert verdicts_of(decided) == [
        [decide(rule, facts, AS_OF, world.dictionary) for rule in world.rules] for facts in world.businesses
    ]


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_every_pair_has_exactly_one_verdict_and_padding_has_none(world: World) -> None:
    decided = Kernel(compile_plan(world.rules, world.dictionary), AS_OF).decide(block_of(world))
    assert not (decided.eligible & decided.unknown).any()
    assert count(decided.eligible).tolist() == unpack(decided.eligible, decided.rows).sum(axis=1).tolist()
    assert count(decided.unknown).tolist() == unpack(decided.unknown, decided.rows).sum(axis=1).tolist()
    counts = decided.counts()
    assert sum(counts.values()).tolist() == [decided.rows] * len(world.rules)


@pytest.mark.parametrize("rows", SIZES)
def test_a_block_of_any_size_is_decided_row_by_row(rows: int) -> None:
    rule = Rule("rule", Window(), Not(Leaf("persons", Op.GE, 10)))
    persons = [None if row % 3 == 2 else row % 20 for row in range(rows)]
    facts = [{} if each is None else {"persons": each} for each in persons]
    block = block_of_facts([str(row) for row in range(rows)], facts, DICTIONARY)
    decided = Kernel(compile_plan([rule], DICTIONARY), AS_OF).decide(block)
    expected = [2 if each is None else int(each < 10) for each in persons]
    assert decided.codes()[0].tolist() == expected
    assert decided.counts()[Verdict.ELIGIBLE].tolist() == [expected.count(1)]


def test_one_kernel_decides_blocks_of_changing_size_alike() -> None:
    kernel = Kernel(compile_plan([Rule("rule", Window(), Leaf("persons", Op.LT, 5))], DICTIONARY), AS_OF)
    businesses = [{"persons": number % 10} for number in range(300)]
    whole = kernel.decide(block_of_facts(["x"] * 300, businesses, DICTIONARY)).codes()
    pieces = [
        kernel.decide(block_of_facts(["x"] * (end - start), businesses[start:end], DICTIONARY)).codes()
        for start, end in ((0, 1), (1, 129), (129, 130), (130, 300))
    ]
    assert np.concatenate(pieces, axis=1).tolist() == whole.tolist()


def test_a_block_without_a_column_and_one_with_nothing_known_in_it_are_the_same() -> None:
    rules = [
        Rule("asked", Window(), Leaf("persons", Op.GE, 1)),
        Rule("known", Window(), Leaf("persons", Op.EXISTS, True)),
        Rule("unknown", Window(), Leaf("persons", Op.EXISTS, False)),
    ]
    kernel = Kernel(compile_plan(rules, DICTIONARY), AS_OF)
    without = Block(block_of_facts(["a", "b"], [{}, {}], DICTIONARY).ids)
    with_nothing = Block(without.ids, {"persons": missing_column(FACT, 2)})
    assert (
        verdicts_of(kernel.decide(without)) == [[Verdict.UNKNOWN, Verdict.INELIGIBLE, Verdict.ELIGIBLE]] * 2
    )
    assert verdicts_of(kernel.decide(with_nothing)) == verdicts_of(kernel.decide(without))


def test_a_code_met_in_a_later_block_is_classified_then() -> None:
    region = fact("region", FactType.CODE, system=CodeSystem.REGION)
    dictionary = FactDictionary({"region": region}, "test")
    rule = Rule("rule", Window(), Leaf("region", Op.NOT_IN, ("410800",)))
    kernel = Kernel(compile_plan([rule], dictionary), AS_OF)
    for code, verdict in (
        ("410825", Verdict.INELIGIBLE),
        ("320100", Verdict.ELIGIBLE),
        ("410000", Verdict.UNKNOWN),
        ("410800", Verdict.INELIGIBLE),
    ):
        assert verdicts_of(kernel.decide(block_of_facts(["a"], [{"region": code}], dictionary))) == [
            [verdict]
        ]


def test_more_than_255_classes_of_codes_are_kept_apart() -> None:
    industry = fact("industry", FactType.CODE, system=CodeSystem.INDUSTRY)
    dictionary = FactDictionary({"industry": industry}, "test")
    codes = [f"C{number:04d}" for number in range(300)]
    rules = [Rule(code, Window(), Leaf("industry", Op.EQ, code)) for code in codes]
    block = block_of_facts(codes, [{"industry": code} for code in codes], dictionary)
    decided = Kernel(compile_plan(rules, dictionary), AS_OF).decide(block)
    assert (decided.codes() == np.eye(300)).all()


def test_a_rule_out_of_its_window_is_ineligible_for_everyone_even_where_facts_lack() -> None:
    rule = Rule("rule", Window(closes_on=AS_OF.replace(day=1)), Leaf("persons", Op.GE, 1))
    block = block_of_facts(["a", "b"], [{"persons": 5}, {}], DICTIONARY)
    decided = Kernel(compile_plan([rule], DICTIONARY), AS_OF).decide(block)
    assert verdicts_of(decided) == [[Verdict.INELIGIBLE]] * 2
