"""Every wall is leaned on: a violation of each kind is planted in a copy of the tree and must be seen."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.contracts import planted
from tests.architecture.plants import AGAINST_CONTRACTS, AGAINST_RULES, Plant
from tests.architecture.test_rules import ROOT, RULES

UNPLANTED = "nothing is planted"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return root


@pytest.fixture(scope="module")
def broken_by(copy: Path) -> dict[str, list[str]]:
    """The contracts each plant breaks, found in one separate process."""
    plants = {UNPLANTED: {}} | {plant.sentence: plant.files for plant in AGAINST_CONTRACTS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.contracts", copy, ROOT / "pyproject.toml"],
        input=json.dumps(plants),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_unplanted_copy_breaks_no_contract(broken_by: dict[str, list[str]]) -> None:
    assert broken_by[UNPLANTED] == []


@pytest.mark.parametrize("plant", AGAINST_CONTRACTS, ids=lambda plant: plant.sentence)
def test_the_import_contract_sees(plant: Plant, broken_by: dict[str, list[str]]) -> None:
    assert plant.caught_by in broken_by[plant.sentence]


@pytest.mark.parametrize("plant", AGAINST_RULES, ids=lambda plant: plant.sentence)
def test_the_rules_see(plant: Plant, copy: Path) -> None:
    rule = {rule.__name__: rule for rule in RULES}[plant.caught_by]
    before = rule(copy)
    with planted(copy, plant.files):
        assert set(rule(copy)) - set(before)
    assert rule(copy) == before
