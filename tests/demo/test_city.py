"""The demo city as a whole: shares, codes, names, values, and the same bytes again."""

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import parquet as pq

from huiqi.catalogue.classification import classify
from huiqi.catalogue.standards import load_divisions, load_industries
from huiqi.core.rules.derivation import derive
from huiqi.core.standards.credit_code import CreditCodeKind, check_credit_code
from huiqi.demo.areas import ZONE
from huiqi.demo.city import DEFAULT_SEED, IDENTITY, generate_city, load_ground, write_city, written_city
from huiqi.demo.columns import ARROW_TYPES
from huiqi.demo.summary import city_summary
from tests.support.shared import ROOT

AS_OF = date(2026, 11, 23)
STANDARDS = ROOT / "catalogue" / "standards"
WRITE = """
import sys
from datetime import date
from pathlib import Path
from huiqi.demo.city import write_city
write_city(Path(sys.argv[1]), count=2000, as_of=date(2026, 11, 23))
"""


@pytest.fixture(scope="module")
def ground():
    return load_ground(ROOT / "catalogue")


@pytest.fixture(scope="module")
def city(ground):
    return generate_city(as_of=AS_OF, ground=ground)


@pytest.fixture(scope="module")
def businesses(city, ground):
    """Every row as facts, read as strictly as an import reads them."""
    rows = city.drop_columns(list(IDENTITY)).to_pylist()
    return [ground.dictionary.parse_facts(row) for row in rows]


def shares(table: pa.Table) -> dict[str, float]:
    counted = Counter(value for value in table.column("household_type").to_pylist() if value)
    return {code: 100 * number / counted.total() for code, number in counted.items()}


def test_city_has_20000_businesses_and_a_column_for_every_fact(city, ground):
    assert city.num_rows == 20_000
    assert city.column_names == [*IDENTITY, *ground.dictionary]
    for fact in ground.dictionary.values():
        assert city.schema.field(fact.id).type == ARROW_TYPES[fact.type]


def test_every_value_is_one_the_fact_dictionary_accepts(businesses):
    assert len(businesses) == 20_000


def test_three_in_four_are_individuals(city):
    kinds = Counter(city.column("entity_type").to_pylist())
    assert 0.74 <= kinds["individual_business"] / city.num_rows <= 0.76
    assert set(kinds) >= {"company", "farmers_cooperative", "sole_proprietorship", "partnership"}


@pytest.mark.parametrize("seed", [DEFAULT_SEED, 1, 20260101])
def test_types_split_as_published_for_real_places(ground, seed):
    split = shares(generate_city(seed=seed, as_of=AS_OF, ground=ground))
    assert 92 <= split["survival"] <= 94
    assert 5.5 <= split["growth"] <= 7.5
    assert 0.1 <= split["developing"] <= 0.35


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 6, 30)])
def test_types_split_so_on_any_day_of_the_year(ground, as_of):
    split = shares(generate_city(as_of=as_of, ground=ground))
    assert 92 <= split["survival"] <= 94
    assert 0.1 <= split["developing"] <= 0.35


def test_type_of_each_household_is_the_one_the_rules_judge(city, businesses, ground):
    types = city.column("household_type").to_pylist()
    for facts, written in zip(businesses, types, strict=True):
        assert classify(ground.preset, facts, AS_OF, ground.dictionary).type == written


def test_all_eleven_areas_of_jiaozuo_are_inhabited(city):
    expected = {area.code for area in load_divisions(STANDARDS).children_of("410800")}
    assert set(city.column("region_code").to_pylist()) == expected


def test_industries_are_whole_classes_of_the_standard(city):
    industries = load_industries(STANDARDS)
    codes = {code for code in city.column("industry_code").to_pylist() if code}
    assert all(len(code) == 5 and industries.parse(code).division for code in codes)
    assert len(codes) > 100


def test_credit_codes_are_valid_unique_and_visibly_invented(city):
    codes = city.column("credit_code").to_pylist()
    assert len(set(codes)) == len(codes)
    kinds = {
        "individual_business": CreditCodeKind.INDIVIDUAL_BUSINESS,
        "farmers_cooperative": CreditCodeKind.FARMERS_COOPERATIVE,
    }
    rows = zip(
        codes, city.column("entity_type").to_pylist(), city.column("region_code").to_pylist(), strict=True
    )
    for code, entity_type, region in rows:
        checked = check_credit_code(code)
        assert checked.is_acceptable()
        assert checked.organisation_code.startswith("MATE")
        assert checked.kind is kinds.get(entity_type, CreditCodeKind.ENTERPRISE)
        assert checked.area_code == ("410800" if region == ZONE else region)


def test_names_are_unique_and_each_says_it_is_fictional(city):
    names = city.column("name").to_pylist()
    assert len(set(names)) == len(names)
    assert all("演示" in name or "示例" in name for name in names)


def test_individuals_and_sole_owners_have_an_operator_who_is_plainly_invented(city):
    rows = city.select(["entity_type", "operator", "name"]).to_pylist()
    for row in rows:
        is_run_by_one = row["entity_type"] in ("individual_business", "sole_proprietorship")
        assert (row["operator"] is not None) is is_run_by_one
        assert row["operator"] is None or "演示" in row["operator"] or "示例" in row["operator"]
    operators = "".join(row["operator"] or "" for row in rows)
    names = "".join(row["name"] for row in rows)
    assert all(rare in operators for rare in "𬱖䶮㛃𰻞·")
    assert all(rare in names for rare in "𬱖䶮㛃")
    assert any(row["operator"] and row["operator"] in row["name"] for row in rows)


def test_nobody_is_older_than_their_papers(businesses):
    """Ages, periods and dates inside one file never contradict the founding date."""
    for facts in businesses:
        months = derive(facts, AS_OF, None).facts["months_since_established"]
        assert facts["established_on"] <= AS_OF
        assert facts["established_on"].weekday() < 5
        for fact in (
            "invoice_months",
            "payment_code_months",
            "tobacco_license_months",
            "months_since_last_tax",
        ):
            assert facts.get(fact, 0) <= months, fact
        assert facts.get("loan_contract_on", AS_OF) >= facts["established_on"]
        assert facts.get("social_insurance_headcount", 0) <= facts.get("employees", 10**9)


def test_tax_paid_and_months_since_tax_tell_one_story(businesses):
    for facts in businesses:
        if {"annual_tax_paid_cny", "months_since_last_tax"} <= facts.keys():
            assert (facts["annual_tax_paid_cny"] > 0) is (facts["months_since_last_tax"] < 12)


def test_honours_climb_their_ladder_and_identities_keep_their_company(businesses):
    for facts in businesses:
        honours = facts.get("honours", frozenset())
        assert "little_giant_national" not in honours or "srdi_provincial" in honours
        assert "high_tech_enterprise" not in honours or "tech_sme" in honours
        identity = facts.get("owner_identity", frozenset())
        assert "college_graduate_2y" not in identity or "college_graduate_5y" in identity


def test_each_area_keeps_its_speciality(city):
    def share(area: str, prefix: str) -> float:
        here = city.filter(pc.equal(city["region_code"], area))
        return pc.mean(pc.starts_with(here["industry_code"], prefix).cast(pa.int8())).as_py()

    assert share("410825", "A0171") > 3 * share("410811", "A0171")
    assert share("410883", "C193") > 5 * share("410825", "C193")
    assert share("410803", "C26") > 3 * share("410821", "C26")
    assert share("410821", "H61") > 2 * share("410804", "H61")


def test_much_is_unknown_but_the_register_itself_is_nearly_complete(city):
    gaps = {name: city.column(name).null_count / city.num_rows for name in city.column_names}
    assert gaps["entity_type"] == gaps["region_code"] == gaps["established_on"] == 0
    assert 0 < gaps["industry_code"] < 0.05
    assert 0.03 < gaps["annual_tax_paid_cny"] < 0.3
    assert 0.03 < gaps["social_insurance_headcount"] < 0.3
    assert gaps["owner_credit_good"] > 0.5


def test_facts_that_time_changes_are_left_to_be_derived(city):
    for fact in ("months_since_established", "founded_in_report_year"):
        assert city.column(fact).null_count == city.num_rows


def test_noodle_shop_owner_of_wenxian_finds_her_like_in_the_city(businesses):
    alike = [
        facts
        for facts in businesses
        if (facts["region_code"], facts.get("industry_code")) == ("410825", "H6210")
        and facts["entity_type"] == "individual_business"
        and 24 <= derive(facts, AS_OF, None).facts["months_since_established"] <= 36
    ]
    assert alike


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_same_arguments_give_the_same_bytes_in_another_process(tmp_path):
    for name in ("first.parquet", "second.parquet"):
        subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / name)], check=True, cwd=ROOT)
    assert digest(tmp_path / "first.parquet") == digest(tmp_path / "second.parquet")


def test_another_seed_or_day_gives_another_city(ground):
    first = generate_city(500, seed=1, as_of=AS_OF, ground=ground)
    assert not first.equals(generate_city(500, seed=2, as_of=AS_OF, ground=ground))
    assert not first.equals(generate_city(500, seed=1, as_of=date(2026, 11, 25), ground=ground))


@pytest.mark.parametrize("count", [0, 1, 40])
def test_very_small_cities_are_complete_too(ground, count):
    assert generate_city(count, as_of=AS_OF, ground=ground).num_rows == count


def test_written_city_is_whole_or_absent(tmp_path, ground):
    path = tmp_path / "new" / "city.parquet"
    table = write_city(path, count=50, as_of=AS_OF, ground=ground)
    assert table.num_rows == 50
    assert [each.name for each in path.parent.iterdir()] == ["city.parquet"]


def test_a_written_city_says_how_large_it_is_and_of_which_day(tmp_path, ground):
    path = tmp_path / "city.parquet"
    assert written_city(path) is None
    table = write_city(path, count=50, as_of=AS_OF, ground=ground)
    assert written_city(path) == (50, AS_OF)
    pq.write_table(table, path)
    assert written_city(path) is None
    path.write_bytes(b"PAR1 half of it")
    assert written_city(path) is None


def test_summary_counts_kinds_areas_and_types_in_words(city, ground):
    said = city_summary(city, ground.dictionary)
    assert "20,000 户" in said
    assert "个体工商户 15,000" in said
    assert "温县" in said
    assert "发展型" in said
