"""The documents hold together: links lead somewhere, decisions are numbered and complete."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_rules import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(document.read_text(encoding="utf-8"))]
    files = [
        target for target in targets if target and not target.startswith(("http://", "https://", "mailto:"))
    ]
    assert [target for target in files if not (document.parent / target).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_a_decision_says_context_decision_and_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(Context|Decision|Consequences)\.\*\*", text, flags=re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
