"""Decision diagrams against tables of all values."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.evaluation import kleene_all, kleene_any, kleene_not
from huiqi.core.rules.linting.diagrams import FALSE, TRUE, UNKNOWN, Diagram, Diagrams, DiagramTooLargeError

WIDTHS = (2, 3, 2, 4)
PLACES = list(product(*(range(width) for width in WIDTHS)))
STATE = {FALSE: False, TRUE: True, UNKNOWN: None}
Table = tuple[bool | None, ...]

literals = st.integers(0, len(WIDTHS) - 1).flatmap(
    lambda variable: st.tuples(
        st.just(variable), st.lists(st.sampled_from([FALSE, TRUE, UNKNOWN]), min_size=WIDTHS[variable],
                                    max_size=WIDTHS[variable])
    )
)  # fmt: skip
expressions = st.recursive(
    literals,
    lambda below: st.one_of(
        st.tuples(st.just("not"), below),
        st.tuples(st.sampled_from(["all", "any"]), st.lists(below, max_size=3)),
    ),
    max_leaves=8,
)


def built(diagrams: Diagrams, expression: tuple) -> Diagram:
    match expression:
        case ("not", below):
            return diagrams.negation(built(diagrams, below))
        case ("all", parts):
            return diagrams.all_of(built(diagrams, part) for part in parts)
        case ("any", parts):
            return diagrams.any_of(built(diagrams, part) for part in parts)
        case (variable, children):
            return diagrams.node(variable, children)


def tabled(expression: tuple) -> Table:
    match expression:
        case ("not", below):
            return tuple(map(kleene_not, tabled(below)))
        case ("all" | "any" as kind, parts):
            fold = kleene_all if kind == "all" else kleene_any
            columns = [tabled(part) for part in parts]
            return tuple(fold(column[row] for column in columns) for row in range(len(PLACES)))
        case (variable, children):
            return tuple(STATE[children[places[variable]]] for places in PLACES)


def followed(diagrams: Diagrams, diagram: Diagram) -> Table:
    """The table of a diagram, by fixing one variable after another."""
    rows = []
    for places in PLACES:
        left = diagram
        for variable, place in enumerate(places):
            left = diagrams.at(left, variable, place)
        rows.append(STATE[left])
    return tuple(rows)


@given(expressions)
def test_a_diagram_says_what_its_table_says(expression: tuple) -> None:
    diagrams = Diagrams()
    assert followed(diagrams, built(diagrams, expression)) == tabled(expression)


@given(expressions, expressions)
def test_equal_functions_and_only_these_are_the_same_diagram(one: tuple, other: tuple) -> None:
    diagrams = Diagrams()
    is_same = built(diagrams, one) == built(diagrams, other)
    assert is_same == (tabled(one) == tabled(other))


@given(expressions)
def test_outcomes_and_variables_of_a_diagram_are_those_of_its_table(expression: tuple) -> None:
    diagrams, table = Diagrams(), tabled(expression)
    diagram = built(diagrams, expression)
    assert [diagrams.can_be(diagram, end) for end in STATE] == [state in table for state in STATE.values()]
    by_places = dict(zip(PLACES, table, strict=True))
    depends_on = {
        variable
        for places, state in by_places.items()
        for variable in range(len(WIDTHS))
        if by_places[*places[:variable], 0, *places[variable + 1 :]] != state
    }
    assert diagrams.asked(diagram) == depends_on


@given(expressions, expressions)
def test_a_decision_is_overturned_where_the_other_function_says_something_else(
    one: tuple, other: tuple
) -> None:
    diagrams = Diagrams()
    pairs = zip(tabled(one), tabled(other), strict=True)
    expected = any(before is not None and before is not after for before, after in pairs)
    assert diagrams.overturns(built(diagrams, one), built(diagrams, other)) == expected


def test_a_function_beyond_the_budget_is_refused_and_the_next_has_a_budget_of_its_own() -> None:
    diagrams = Diagrams(budget=200)
    early = [diagrams.node(number, (FALSE, TRUE)) for number in range(10)]
    late = [diagrams.node(number + 10, (FALSE, TRUE)) for number in range(10)]
    with pytest.raises(DiagramTooLargeError):
        diagrams.any_of(diagrams.all_of(pair) for pair in zip(early, late, strict=True))
    diagrams.renew()
    assert diagrams.can_be(diagrams.all_of(early), TRUE)
