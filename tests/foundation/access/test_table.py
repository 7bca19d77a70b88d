"""The table of rights: what it says is allowed, and nothing else."""

import pytest

from huiqi.foundation.access.domain import RELATIONS, RIGHTS, ROLES, VERBS, Rights, RuleError, read_rules

SOME = """
everyone       library.see             public
officer        library.report_mistake  organisation    open|waiting
officer        library.report_mistake  assigned
"""


def test_what_is_not_written_is_refused() -> None:
    rights = Rights(read_rules(SOME))
    assert not rights.may("officer", "portal.see", {"public"})
    assert not rights.may("auditor", "library.report_mistake", {"organisation", "assigned"}, "open")
    assert not rights.may("officer", "library.report_mistake", {"below"}, "open")


def test_a_right_for_everyone_holds_for_each_role() -> None:
    rights = Rights(read_rules(SOME))
    assert all(rights.may(role, "library.see", {"public"}) for role in ROLES)


def test_a_right_in_some_states_holds_in_no_other() -> None:
    rights = Rights(read_rules(SOME))
    assert rights.may("officer", "library.report_mistake", {"organisation"}, "open")
    assert not rights.may("officer", "library.report_mistake", {"organisation"}, "closed")
    assert rights.may("officer", "library.report_mistake", {"assigned"}, "closed")


def test_a_list_is_filtered_by_every_relation_that_gives_the_right() -> None:
    rights = Rights(read_rules(SOME))
    assert rights.relations("officer", "library.report_mistake") == {"organisation", "assigned"}
    assert rights.relations("owner", "library.report_mistake") == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "officer library.see",
        "nobody library.see public",
        "officer library.fly public",
        "officer library.see nearby",
        "officer library.see public a|b more",
        "officer library.see public\nofficer library.see public",
    ],
)
def test_a_line_that_says_nothing_is_no_rule(line: str) -> None:
    with pytest.raises(RuleError):
        read_rules(line)


def test_every_word_of_the_table_has_words_for_people_and_is_used() -> None:
    assert {rule.verb for rule in RIGHTS.rules} == set(VERBS)
    assert all(ROLES.values())
    assert all(RELATIONS.values())
