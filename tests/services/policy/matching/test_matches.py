"""Verdicts grouped for people: the same as the rules say, each with its reason and its next step."""

from datetime import date

from hypothesis import HealthCheck, given, settings

from huiqi.core.rules.conditions import facts_of
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Value
from huiqi.core.rules.rule import WindowState
from huiqi.services.policy.library.queries import Library, applies_in
from huiqi.services.policy.matching.queries import Answers, Group, Match, detail_of, matches_for, profile_of
from huiqi.services.policy.matching.queries.matches import size_standard
from tests.services.policy.matching.test_answers import facts
from tests.services.policy.seed import shipped

DAY = date(2026, 11, 23)
VERDICTS = {
    Group.ELIGIBLE: Verdict.ELIGIBLE,
    Group.TO_CHECK: Verdict.ELIGIBLE,
    Group.NEAR: Verdict.INELIGIBLE,
    Group.UNKNOWN: Verdict.UNKNOWN,
    Group.INELIGIBLE: Verdict.INELIGIBLE,
}


def noodle_shop(**more: Value) -> Answers:
    """个体, H6210, 温县, 30 months old."""
    given_facts: dict[str, Value] = {
        "region_code": "410825",
        "entity_type": "individual_business",
        "industry_code": "H6210",
        "established_on": date(2024, 5, 20),
    }
    return Answers(given_facts | more, DAY)


def found(answers: Answers, library: Library, item_id: str, on: date = DAY) -> Match:
    detail = detail_of(item_id, answers, library, on)
    assert detail is not None
    return detail.match


def test_the_noodle_shop_sees_what_its_registration_leaves_open(library) -> None:
    matches = matches_for(noodle_shop(), library, DAY)
    assert matches.count(Group.ELIGIBLE) >= 1
    assert matches.count(Group.UNKNOWN) >= 20
    for match in matches.groups[Group.UNKNOWN]:
        assert match.next_question is not None
        assert match.next_question.id not in noodle_shop().facts
        assert match.next_text.endswith(("？", "?"))
        assert match.questions >= 1


def test_the_noodle_shop_sees_no_item_of_another_city_or_county(library) -> None:
    matches = matches_for(noodle_shop(), library, DAY)
    shown = [match.card.region_code for group in matches.groups.values() for match in group]
    assert set(shown) <= {"000000", "410000", "410800", "410825"}
    expected = [each for each in library.items.values() if applies_in(each.item.region_code, "410825")]
    assert matches.total == len(shown) == len(expected)


def test_every_no_of_the_noodle_shop_has_a_reason_it_can_check(library) -> None:
    matches = matches_for(noodle_shop(), library, DAY)
    refused = matches.groups[Group.INELIGIBLE]
    assert len(refused) >= 10
    for match in refused:
        assert match.reasons or match.card.window is WindowState.CLOSED
        for reason in match.reasons:
            assert reason.rule_text
            assert reason.value_text != "未知"
            assert reason.source_text == "您填写的"
            assert reason.clauses
            assert reason.change_text.endswith("。")


def test_loans_stand_beside_policies(library) -> None:
    matches = matches_for(noodle_shop(), library, DAY)
    kinds = {match.card.kind_label for match in matches.groups[Group.UNKNOWN]}
    assert kinds == {"政策", "贷款产品"}


def test_without_a_place_nothing_is_matched(library) -> None:
    assert matches_for(Answers({"entity_type": "company"}, DAY), library, DAY).total == 0


def test_a_business_that_lacks_42_days_is_told_the_day(library) -> None:
    """豫: 注册并正常运营1年以上. The only thing missing is time."""
    answers = noodle_shop(
        established_on=date(2026, 1, 4),
        is_operating=True,
        is_first_startup=True,
        employees=4,
        annual_revenue_cny=300_000,
        jobs_created=3,
    )
    match = found(answers, library, "hn-hr-mass-startup-basic")
    assert match.group is Group.NEAR
    assert len(match.remedies) == 1
    assert match.remedies[0].startswith("还差 42 天满 1 年")
    assert "2027年1月4日（周一）" in match.remedies[0]
    assert found(answers, library, "hn-hr-mass-startup-basic", date(2027, 1, 4)).group in (
        Group.ELIGIBLE,
        Group.TO_CHECK,
    )


def test_manual_checks_keep_a_yes_apart_from_a_plain_yes(library) -> None:
    """An item whose tree says yes and whose text asks for more is 还需核实, never 符合."""
    for case in shipped().cases:
        item = library.items[case.item_id].item
        place = case.facts.get("region_code")
        if case.expected is not Verdict.ELIGIBLE or not isinstance(place, str):
            continue
        detail = detail_of(item.id, Answers(case.facts, case.as_of), library, case.as_of)
        if detail is None:
            continue
        expected = Group.TO_CHECK if item.manual_checks else Group.ELIGIBLE
        assert detail.match.group is expected


@given(facts())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_group_ever_says_anything_else_than_the_rules(library, known: dict[str, Value]) -> None:
    answers = Answers({**known, "region_code": "410825"}, DAY)
    derived = derive(answers.facts, DAY, size_standard()).facts
    for group, matches in matches_for(answers, library, DAY).groups.items():
        for match in matches:
            rule = library.items[match.card.id].item.rule
            assert decide(rule, derived, DAY, library.dictionary) is VERDICTS[group]
            if match.next_question is not None:
                assert match.next_question.id not in answers.facts
            if group is Group.INELIGIBLE and match.card.window is WindowState.OPEN:
                assert match.reasons
                assert {reason.fact_id for reason in match.reasons} <= facts_of(rule.condition)


def test_answering_the_last_question_settles_the_item(library) -> None:
    item_id = "cn-tax-vat-1pct"
    before = found(noodle_shop(), library, item_id)
    assert (before.group, before.questions, before.next_question.id) == (Group.UNKNOWN, 1, "taxpayer_type")
    settled = found(noodle_shop(taxpayer_type="small_scale"), library, item_id)
    assert (settled.group, settled.next_question) == (Group.TO_CHECK, None)
    refused = found(noodle_shop(taxpayer_type="general"), library, item_id)
    assert refused.group in (Group.NEAR, Group.INELIGIBLE)


def test_the_profile_is_told_in_words(library) -> None:
    profile = profile_of(noodle_shop(), library)
    assert (profile.place, profile.words) == ("温县", ("个体工商户", "正餐服务"))


def test_an_item_of_another_place_has_no_verdict_here(library) -> None:
    elsewhere = next(each.item.id for each in library.items.values() if not each.is_local)
    assert detail_of(elsewhere, noodle_shop(), library, DAY) is None
    assert detail_of("no-such-item", noodle_shop(), library, DAY) is None


def test_what_is_still_open_stands_by_the_fewest_questions_and_titles_last_among_equals(library) -> None:
    """A noodle shop reads of its VAT before it reads of prizes for high-tech enterprises."""
    still_open = matches_for(noodle_shop(), library, DAY).groups[Group.UNKNOWN]
    efforts = [(match.questions, match.is_about_titles, -match.met_share) for match in still_open]
    assert efforts == sorted(efforts)
    order = [match.card.id for match in still_open]
    assert order.index("cn-tax-vat-exempt-100k") < order.index("jz-kj-high-tech-20w")
    assert order.index("bank-citic-tobacco") < order.index("cn-rec-srdi-sme")


def test_whoever_has_the_title_is_not_told_of_it_last(library) -> None:
    answers = noodle_shop(honours=frozenset({"high_tech_enterprise"}))
    assert not found(answers, library, "jz-kj-high-tech-20w").is_about_titles
    assert found(noodle_shop(), library, "jz-kj-high-tech-20w").is_about_titles


def test_the_share_already_met_grows_with_the_answers(library) -> None:
    item_id = "cn-tax-vat-exempt-100k"
    assert found(noodle_shop(), library, item_id).met_share == 0
    assert found(noodle_shop(taxpayer_type="small_scale"), library, item_id).met_share == 0.5
