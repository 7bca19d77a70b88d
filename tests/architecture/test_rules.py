"""The tree keeps every rule an import checker cannot see. That each rule bites is shown in test_plants.py."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import purity, shape, tables, templates

ROOT = Path(__file__).resolve().parents[2]
RULES: tuple[Callable[[Path], list[str]], ...] = (
    purity.core_uses_only_the_standard_library,
    purity.core_knows_no_clock_no_chance_and_no_files,
    purity.only_the_clock_room_reads_the_time,
    purity.only_the_demo_city_uses_chance,
    purity.code_is_never_reached_by_a_string,
    shape.files_stay_under_400_lines,
    shape.functions_stay_under_40_lines,
    shape.no_module_has_an_empty_name,
    shape.nothing_is_left_lying_about,
    tables.foreign_keys_point_down,
    tables.queries_hand_out_no_open_querysets,
    templates.rooms_use_only_their_own_templates,
    templates.every_template_is_used,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Callable[[Path], list[str]]) -> None:
    broken = rule(ROOT)
    assert not broken, "\n".join(["", *broken])
