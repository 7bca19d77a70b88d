"""Lints a whole catalogue: its rules, the tiers of its benefits, its amounts, and what came after what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from huiqi.catalogue.items import Catalogue, Item
from huiqi.core.money.amounts import stated_cap
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.linting import Code, Finding, error, lint_rules, lint_tiers, warning


def lint_catalogue(catalogue: Catalogue, as_of: date) -> tuple[Finding, ...]:
    """Return every finding, in the order of the items; ``as_of`` is the day that makes a window expired.

    What keeps a catalogue from loading (an unknown fact, a wrong operator, a double id) is a CatalogueError
    and never gets here.
    """
    items = catalogue.items.values()
    findings = list(lint_rules((item.rule for item in items), catalogue.dictionary, as_of))
    never_true = {finding.item_id for finding in findings if finding.code is Code.NEVER_TRUE}
    for item in items:
        if item.id not in never_true:
            findings += _tier_findings(item, catalogue.dictionary)
        findings += [*_amount_findings(item), *_successor_findings(item, catalogue.items)]
    places = {item_id: place for place, item_id in enumerate(catalogue.items)}
    return tuple(sorted(findings, key=lambda finding: places[finding.item_id]))


def _tier_findings(item: Item, dictionary: FactDictionary) -> tuple[Finding, ...]:
    return lint_tiers(item.id, item.condition, [tier.when for tier in item.benefit.tiers], dictionary)


def _amount_findings(item: Item) -> Iterator[Finding]:
    benefit, loan = item.benefit, item.loan
    has_amount = benefit.amount_cny_max is not None or benefit.rate is not None or bool(benefit.tiers)
    has_amount = has_amount or benefit.amount is not None
    if not has_amount and (loan is None or loan.max_amount_cny is None):
        message = "没有写金额、比例、分档或贷款额度，算不出能得多少；原文有数的请补上，没有的可以不改"
        yield warning(Code.AMOUNT_MISSING, item.id, "benefit/amount_cny_max", message)
    cap = None if benefit.amount is None else stated_cap(benefit.amount.formula)
    if cap is not None and benefit.amount_cny_max is not None and cap != benefit.amount_cny_max:
        message = (
            f"算法里最多 {cap:,} 元，而 amount_cny_max 写着 {benefit.amount_cny_max:,} 元；请对照原文改成一致"
        )
        yield warning(Code.AMOUNT_DISAGREES, item.id, "benefit/amount", message)


def _successor_findings(item: Item, items: Mapping[str, Item]) -> Iterator[Finding]:
    """The item that came after is in the catalogue, and the way through those that followed has an end."""
    passed, successor = {item.id}, item.superseded_by
    if successor is not None and successor not in items:
        message = f"没有编号为 {successor} 的事项；请核对 superseded_by，或去掉它"
        yield error(Code.SUCCESSOR_UNKNOWN, item.id, "superseded_by", message)
    while successor is not None and successor in items and successor not in passed:
        passed.add(successor)
        successor = items[successor].superseded_by
    if successor == item.id:
        message = "接替它的事项又被它接替，成了一个圈；请只让旧的指向新的"
        yield error(Code.SUCCESSOR_CIRCLE, item.id, "superseded_by", message)
