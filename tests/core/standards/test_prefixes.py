"""Three-valued containment of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.standards.prefixes import prefix_covers


@pytest.mark.parametrize(
    ("scope", "entity", "expected"),
    [
        ("4108", "410825", True),
        ("410825", "4108", None),
        ("410825", "410882", False),
        ("", "410825", True),
        ("F52", "F", None),
        ("F52", "F5213", True),
        ("F52", "F51", False),
        ("H", "H", True),
    ],
)
def test_coarser_entity_is_unknown_and_never_a_no(scope, entity, expected):
    assert prefix_covers(scope, entity) is expected


codes = st.text("0123", max_size=4)


@given(codes, codes, st.text("0123", max_size=2))
def test_knowing_the_entity_more_finely_never_reverses_an_answer(scope, entity, more):
    before = prefix_covers(scope, entity)
    assert before is None or prefix_covers(scope, entity + more) is before
