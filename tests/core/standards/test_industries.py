"""GB/T 4754-2017 codes by shape and by table."""

import pytest

from huiqi.core.standards.industries import Industries, IndustryCodeError

TABLE = Industries(
    {"H": "住宿和餐饮业", "C": "制造业"},
    {"H61": "住宿业", "H62": "餐饮业", "C19": "皮革、毛皮、羽毛及其制品和制鞋业"},
    {"H6210": "正餐服务", "C193": "毛皮鞣制及制品加工"},
)


@pytest.mark.parametrize("code", ["H", "H62", "H621", "H6210"])
def test_every_depth_from_section_to_class_is_read(code):
    industry = TABLE.parse(code)
    assert industry.code == code
    assert industry.section.name == "住宿和餐饮业"
    assert (industry.division is None) is (code == "H")


@pytest.mark.parametrize("code", ["", "h62", "H6", "H62100", "6210", "HH62", "Z01", "H６２"])
def test_wrong_shape_is_refused_with_an_example(code):
    with pytest.raises(IndustryCodeError, match="H6210"):
        TABLE.parse(code)


def test_division_of_another_section_is_refused():
    with pytest.raises(IndustryCodeError, match="没有大类 19"):
        TABLE.parse("H1930")


def test_section_missing_from_the_table_is_refused():
    with pytest.raises(IndustryCodeError, match="门类 T"):
        TABLE.parse("T97")


def test_table_whose_divisions_do_not_fit_its_sections_is_refused():
    with pytest.raises(IndustryCodeError, match="门类 F"):
        Industries({"H": "住宿和餐饮业"}, {"F52": "零售业"}, {})


@pytest.mark.parametrize(
    ("code", "name"),
    [("H6210", "正餐服务"), ("C1932", "毛皮鞣制及制品加工"), ("H6291", "餐饮业"), ("C", "制造业")],
)
def test_name_is_the_nearest_one_known(code, name):
    assert TABLE.name_of(code) == name


def test_sections_divisions_and_labels_can_be_listed():
    assert [section.letter for section in TABLE.sections] == ["H", "C"]
    assert [division.section for division in TABLE.divisions] == ["H", "H", "C"]
    assert dict(TABLE.labels) == {"H6210": "正餐服务", "C193": "毛皮鞣制及制品加工"}
