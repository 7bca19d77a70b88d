"""`huiqi explain`: one business, one item, the whole reasoning."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.reading import MEGABYTE, read_json
from huiqi.cli.errors import refuse
from huiqi.cli.options import (
    FILE,
    as_of_day,
    chosen_catalogue,
    day_or_today,
    json_output,
    rule_files,
    shipped_size_standard,
)
from huiqi.cli.wording import ChineseCommand, ChineseOption
from huiqi.core.rules.advice import Advice, advise
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.explanation import ExplainedNode, Explanation, FactSource
from huiqi.core.rules.explanation import explain as explain_rule
from huiqi.core.rules.plan import NodeKind
from huiqi.core.rules.rule import Window, WindowState
from huiqi.core.rules.wording import date_text
from huiqi.foundation.look.queries import basis_text, code_name

_MARKS = {True: "✓", False: "✗", None: "?"}
_WORDS = {"eligible": "符合", "ineligible": "不符合", "unknown": "还需确认"}
_GROUPS = {NodeKind.ALL: "以下都要满足", NodeKind.ANY: "以下满足一项即可", NodeKind.NOT: "以下不能成立"}


@click.command(cls=ChineseCommand)
@click.option("--business", cls=ChineseOption, type=FILE, required=True, help="一家经营主体的事实（JSON）")
@click.option("--item", "item_id", cls=ChineseOption, metavar="编号", required=True, help="政策事项编号")
@rule_files
@as_of_day
@json_output
def explain(
    business: Path,
    item_id: str,
    facts: Path | None,
    items: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """说明一家经营主体为什么符合、不符合，还差什么。"""
    catalogue = chosen_catalogue(facts, items)
    if item_id not in catalogue.items:
        refuse(f"没有编号为“{item_id}”的政策事项，请核对编号")
    given = catalogue.dictionary.parse_facts(_business_facts(business), str(business))
    explanation, advice = _explained(catalogue, item_id, given, day_or_today(as_of))
    if as_json:
        click.echo(json.dumps(_json(explanation, advice), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(catalogue, explanation, advice)))


def _business_facts(business: Path) -> object:
    raw = read_json(business, MEGABYTE)
    return raw["facts"] if isinstance(raw, Mapping) and "facts" in raw else raw


def _explained(
    catalogue: Catalogue, item_id: str, given: dict[str, Any], as_of: date
) -> tuple[Explanation, Advice]:
    item = catalogue.items[item_id]
    standard = shipped_size_standard()
    derived = derive(given, as_of, standard)
    sources = {
        fact_id: FactSource("自测", is_derived=True) if fact_id in derived.derived else FactSource("文件所填")
        for fact_id in derived.facts
    }
    explanation = explain_rule(
        item.rule,
        derived.facts,
        as_of,
        catalogue.dictionary,
        sources=sources,
        clauses=item.conditions_text,
        code_name=code_name,
    )
    return explanation, advise(item.rule, given, as_of, catalogue.dictionary, standard)


def _lines(catalogue: Catalogue, explanation: Explanation, advice: Advice) -> Iterator[str]:
    item = catalogue.items[explanation.rule_id]
    yield f"{item.title}：{_WORDS[explanation.verdict]}"
    yield f"依据：{basis_text(item.issuer, item.doc_no)}"
    yield from _window(item.window, explanation.window)
    yield from _tree(explanation.root, 0)
    yield from (f"还需核实：{check}" for check in explanation.manual_checks)
    yield from (f"差一点：{remedy.text}" for remedy in advice.remedies)
    yield from (f"还需回答：{catalogue.dictionary[fact].question}" for fact in advice.asks)


def _window(window: Window, state: WindowState) -> Iterator[str]:
    """The day that decides, where the item is not in force."""
    if state is WindowState.CLOSED and window.closes_on is not None:
        yield f"执行期已于 {date_text(window.closes_on)} 结束"
    elif state is WindowState.NOT_YET and window.opens_on is not None:
        yield f"{date_text(window.opens_on)} 起执行，现在还没有开始"


def _tree(node: ExplainedNode, depth: int) -> Iterator[str]:
    lead = f"{'  ' * depth}{_MARKS[node.state]} "
    if node.leaf is None:
        yield lead + _GROUPS[node.kind]
        for child in node.children:
            yield from _tree(child, depth + 1)
        return
    leaf = node.leaf
    source = f"，{leaf.source.department}" if leaf.source else ""
    clause = f"（{leaf.clause}）" if leaf.clause else ""
    yield f"{lead}{leaf.rule_text}{clause}；现在：{leaf.value_text}{source}"


def _json(explanation: Explanation, advice: Advice) -> dict[str, Any]:
    return {
        "item": explanation.rule_id,
        "verdict": explanation.verdict,
        "window": explanation.window,
        "tree": _node_json(explanation.root),
        "manual_checks": explanation.manual_checks,
        "remedies": [
            {
                "fact": each.fact,
                "change": each.change,
                "text": each.text,
                "on": each.on and each.on.isoformat(),
            }
            for each in advice.remedies
        ],
        "questions": advice.questions,
        "is_exact": advice.is_exact,
    }


def _node_json(node: ExplainedNode) -> dict[str, Any]:
    if node.leaf is None:
        return {"kind": node.kind, "state": node.state, "children": [_node_json(c) for c in node.children]}
    leaf = node.leaf
    return {
        "kind": node.kind,
        "state": node.state,
        "fact": leaf.fact.id,
        "rule": leaf.rule_text,
        "value": leaf.value_text,
        "source": leaf.source.department if leaf.source else None,
        "clause": leaf.clause,
    }
