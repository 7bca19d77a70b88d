"""No row of the demo city would make a person who knows businesses shake their head."""

from collections import Counter
from datetime import date

import pytest

from huiqi.core.rules.derivation import full_months
from huiqi.demo.city import DEFAULT_SEED, generate_city, load_ground
from tests.support.shared import ROOT

AS_OF = date(2026, 11, 23)
LAST_YEARS_FIGURES = (
    "annual_revenue_cny",
    "annual_taxable_income_cny",
    "rd_expense_cny",
    "r_and_d_expense_ratio",
    "hi_tech_revenue_ratio_pct",
    "layoff_rate_pct",
)
OWN_MONTHS = (
    "invoice_months",
    "payment_code_months",
    "tobacco_license_months",
    "unemployment_insurance_months",
    "new_hire_insured_months",
    "months_since_last_tax",
)
HIRED = (
    "hired_graduates_count",
    "hired_unemployed_youth_count",
    "hired_hard_to_employ_count",
    "hired_half_year_unemployed_count",
    "hired_poverty_alleviated_count",
    "hired_veteran_soldiers_count",
)
COMPANY_HONOURS = {"high_tech_enterprise", "tech_sme", "innovative_sme", "srdi_provincial", "ip_advantage"}
# ../shared/domain/support.md §2.2 四上; the longest prefix counts.
LINES = {
    20_000_000: ("C", "F51", "G", "I", "N", "Q84", "K7010"),
    10_000_000: ("E", "L", "M", "P", "K7020", "K7030"),
    5_000_000: ("F52", "O", "R", "Q85"),
    2_000_000: ("H",),
}


@pytest.fixture(scope="module", params=[DEFAULT_SEED, 7, 20260101])
def rows(request):
    ground = load_ground(ROOT / "catalogue")
    return generate_city(seed=request.param, as_of=AS_OF, ground=ground).to_pylist()


def offenders(rows, is_wrong) -> list[str]:
    return [row["business_id"] for row in rows if is_wrong(row)]


def age(row) -> int:
    return full_months(row["established_on"], AS_OF)


def test_nobody_founded_this_year_has_figures_of_last_year(rows):
    for fact in LAST_YEARS_FIGURES:
        having = [row["established_on"].year for row in rows if row[fact] is not None]
        assert having, fact
        assert max(having) < 2026, fact


def test_growth_needs_two_years_to_compare(rows):
    assert not offenders(
        rows, lambda row: row["established_on"].year >= 2025 and row["revenue_growth_pct"] is not None
    )


def test_figures_of_a_period_are_those_of_the_part_lived_through(rows):
    """Of a business and its like: founded in the last weeks of last year, it sold little in that year."""
    late = [
        row["annual_revenue_cny"] / row["monthly_sales_cny"]
        for row in rows
        if row["established_on"] >= date(2025, 12, 1)
        and row["annual_revenue_cny"]
        and row["monthly_sales_cny"]
    ]
    assert late
    assert max(late) < 2
    weeks_old = [
        row for row in rows if (AS_OF - row["established_on"]).days < 30 and row["monthly_sales_cny"]
    ]
    assert all((row["annual_tax_paid_cny"] or 0) <= row["monthly_sales_cny"] for row in weeks_old)
    assert all((row["payment_code_flow_cny"] or 0) <= 1.2 * row["monthly_sales_cny"] for row in weeks_old)


def test_level_m_is_for_the_young_and_hardly_anybody_else(rows):
    rated = [row for row in rows if row["tax_credit_level"] is not None]
    young = [row for row in rated if row["established_on"].year >= 2025]
    assert young
    assert {row["tax_credit_level"] for row in young} <= {"M", "D"}
    older = Counter(row["tax_credit_level"] for row in rated if row["established_on"].year < 2025)
    assert older["M"] < 0.02 * older.total()
    assert set(older) == set("ABMCD")
    assert not offenders(rows, lambda row: row["tax_credit_level"] == "A" and age(row) < 36)
    assert not offenders(rows, lambda row: row["has_tax_violation"] and row["tax_credit_level"] in {"A", "B"})


def test_loans_are_signed_in_the_life_of_the_business_and_run_out_later(rows):
    borrowers = [row for row in rows if row["loan_contract_on"] is not None]
    assert borrowers
    for row in borrowers:
        assert row["established_on"] <= row["loan_contract_on"] <= AS_OF
        assert 360 <= (row["loan_maturity_on"] - row["loan_contract_on"]).days <= 1110
        assert (AS_OF - row["loan_maturity_on"]).days <= 30
        assert not row["needs_loan_renewal"] or (row["loan_maturity_on"] - AS_OF).days <= 90


def test_small_scale_taxpayers_sell_no_more_than_five_million_a_year(rows):
    def sells_too_much(row):
        sales = max(row["annual_revenue_cny"] or 0, 12 * (row["monthly_sales_cny"] or 0))
        return row["taxpayer_type"] != "general" and row["taxpayer_type"] is not None and sales > 5_000_000

    assert not offenders(rows, sells_too_much)


def test_above_scale_means_above_the_line_of_its_trade(rows):
    counted = [row for row in rows if row["is_above_scale"]]
    assert len(counted) > 50
    for row in counted:
        assert row["is_operating"] is not False
        assert row["established_on"].year < 2026
        assert row["years_kept_above_scale"] <= 2025 - row["established_on"].year
        assert row["entity_type"] != "individual_business" or (row["industry_code"] or "F")[0] in "FH"
        line = next(
            (bar for bar, codes in LINES.items() if (row["industry_code"] or "-").startswith(codes)), 0
        )
        assert (row["annual_revenue_cny"] or line) >= line, row["business_id"]


def test_names_say_what_the_industry_is(rows):
    trade_words = ("经营部", "商行", "批发部", "购销部", "超市", "便利店", "收购点")
    maker_words = ("厂", "加工部", "加工坊")
    known = [row for row in rows if row["industry_code"]]
    for row in known:
        if any(word in row["name"] for word in trade_words):
            assert row["industry_code"][0] == "F", row["name"]
        if any(word in row["name"] for word in maker_words):
            assert row["industry_code"][0] == "C", row["name"]
    makers = [row["name"].rstrip("号0123456789") for row in known if row["industry_code"][0] == "C"]
    assert not [
        name for name in makers if name.endswith(("店", "商行", "部（个人独资）")) and "加工部" not in name
    ]


def test_only_companies_develop_land_dispatch_labour_and_make_chemicals(rows):
    guarded = ("K7010", "L7263", "C26", "C271", "C274", "F5265")
    assert not offenders(
        rows,
        lambda row: (
            row["entity_type"] not in {"company", "farmers_cooperative"}
            and (row["industry_code"] or "").startswith(guarded)
        ),
    )
    assert not offenders(
        rows, lambda row: row["tour_group_size"] is not None and row["entity_type"] != "company"
    )
    assert not offenders(
        rows,
        lambda row: (
            row["entity_type"] == "farmers_cooperative" and (row["industry_code"] or "A")[0] in "KLOPQ"
        ),
    )


def test_no_counter_of_months_is_longer_than_the_life_it_counts(rows):
    for row in rows:
        for fact in OWN_MONTHS:
            assert (row[fact] or 0) <= age(row), (row["business_id"], fact)
        if row["owner_age"] is not None:
            assert (row["owner_si_paid_months"] or 0) <= 12 * (row["owner_age"] - 18), row["business_id"]
    assert not offenders(
        rows, lambda row: row["tobacco_tier"] is not None and not row["tobacco_license_months"]
    )


def test_owners_are_of_the_age_their_identity_needs(rows):
    spans = {
        "college_graduate_2y": (21, 26),
        "college_graduate_5y": (21, 30),
        "veteran": (20, 84),
        "self_employed_veteran_soldier": (20, 50),
        "hard_to_employ": (40, 59),
        "registered_unemployed": (18, 59),
    }
    assert not offenders(rows, lambda row: not 18 <= (row["owner_age"] or 18) <= 84)
    for row in rows:
        for identity in (row["owner_identity"] or []) if row["owner_age"] is not None else []:
            low, high = spans.get(identity, (18, 84))
            assert low <= row["owner_age"] <= high, (row["business_id"], identity)
        if "registered_unemployed" in (row["owner_identity"] or []):
            assert not row["owner_employed_elsewhere"]
            assert age(row) < 36


def test_parts_of_the_staff_are_no_more_than_the_staff(rows):
    for row in (row for row in rows if row["employees"] is not None):
        parts = ("social_insurance_headcount", "disabled_employees", "interns_count")
        for part in (*(row[fact] or 0 for fact in parts), sum(row[fact] or 0 for fact in HIRED)):
            assert part <= row["employees"], row["business_id"]


def test_an_open_company_employs_somebody_and_a_closed_one_nobody(rows):
    assert not offenders(
        rows,
        lambda row: row["entity_type"] == "company" and row["is_operating"] and row["employees"] == 0,
    )
    today = ("employees", "social_insurance_headcount", "monthly_sales_cny", "invoice_months")
    closed = [row for row in rows if row["is_operating"] is False]
    assert closed
    assert not offenders(closed, lambda row: any(row[fact] for fact in today))


def test_a_layoff_rate_is_made_of_whole_people(rows):
    for row in rows:
        if row["layoff_rate_pct"] and row["social_insurance_headcount"]:
            gone = row["social_insurance_headcount"] * row["layoff_rate_pct"] / (100 - row["layoff_rate_pct"])
            assert gone > 0.9, row["business_id"]


def test_science_belongs_to_companies_old_enough_for_it(rows):
    for row in rows:
        honours = set(row["honours"] or [])
        name = row["business_id"]
        assert (row["patents"] or 0) <= (row["ip_count"] or 0)
        assert (row["patents"] or 0) <= age(row) // 6
        assert row["entity_type"] == "company" or not honours & COMPANY_HONOURS, name
        assert row["entity_type"] == "company" or row["equity_financing_2y_cny"] is None, name
        assert not honours & COMPANY_HONOURS or row["established_on"].year < 2026, name
        assert (row["niche_market_years"] or 0) <= age(row) / 12
        if "high_tech_enterprise" in honours:
            assert row["patents"] is None or row["patents"] >= 1
            assert (row["r_and_d_expense_ratio"] or 3) >= 3
            assert (row["hi_tech_revenue_ratio_pct"] or 60) >= 60
        if "srdi_provincial" in honours:
            assert row["niche_market_years"] >= 2
        assert row["high_tech_cert_event"] != "third_consecutive" or age(row) >= 84


def test_honour_of_good_households_goes_to_households_of_the_upper_types(rows):
    honoured = [row for row in rows if "mtyx_household" in (row["honours"] or [])]
    assert honoured
    assert all(row["household_type"] in {"growth", "developing"} for row in honoured)


def test_incubators_house_the_young_and_bidders_who_won_did_bid(rows):
    assert any(row["in_incubator"] for row in rows)
    assert not offenders(rows, lambda row: row["in_incubator"] and age(row) >= 36)
    assert not offenders(
        rows, lambda row: row["has_gov_procurement_contract"] and row["bids_gov_procurement"] is False
    )
    assert not offenders(
        rows,
        lambda row: (
            row["entity_type"] == "individual_business" and "patent_pledge" in (row["collateral"] or [])
        ),
    )


def test_nobody_is_registered_on_a_holiday(rows):
    closed = {(1, 1), *((5, day) for day in range(1, 4)), *((10, day) for day in range(1, 8))}
    assert not offenders(rows, lambda row: (row["established_on"].month, row["established_on"].day) in closed)


def test_nobody_is_older_than_the_law_of_its_kind_or_the_idea_of_its_trade(rows):
    first = {
        "farmers_cooperative": date(2007, 6, 1),
        "partnership": date(1997, 6, 1),
        "sole_proprietorship": date(1999, 12, 1),
    }
    assert not offenders(
        rows, lambda row: row["established_on"] < first.get(row["entity_type"], date(1985, 1, 1))
    )
    assert not offenders(
        rows, lambda row: row["industry_code"] == "F5292" and row["established_on"].year < 2005
    )


def test_no_giant_has_stopped_and_no_firm_is_called_twice_the_same(rows):
    assert not offenders(
        rows, lambda row: row["is_operating"] is False and (row["annual_revenue_cny"] or 0) > 2_000_000
    )
    assert not [
        row["name"] for row in rows if any(twice in row["name"] for twice in ("泰泰", "源源", "顺顺", "丰丰"))
    ]
