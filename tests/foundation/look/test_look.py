"""What templates may and may not do, and how tags write things."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import get_template
from django.templatetags.static import static

import huiqi
from huiqi.core.rules.facts import CodeSystem
from huiqi.foundation.look.domain import ICONS
from huiqi.foundation.look.queries import basis_text, code_name, shortened

PACKAGE = Path(huiqi.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SHEET = PACKAGE / "foundation/look/static/look/site.css"


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?! src=\"{% static )|\son[a-z]+=|javascript:|hx-on", text)


def test_every_icon_that_is_named_is_drawn() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'(?:{% icon |icon=)"([a-z]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(ICONS)


def test_every_class_that_is_used_has_a_rule() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    written = set(re.findall(r"\.([a-z][a-z-]+)", sheet))
    used = set()
    for path in TEMPLATES:
        text = re.sub(r"{[{%].*?[%}]}", " ", path.read_text(encoding="utf-8"))
        for names in re.findall(r'class="([^"]*)"', text):
            used |= {name for name in names.split() if not name.endswith("-")}
    assert used <= written


def test_the_stylesheet_loads_nothing_from_elsewhere() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("H", "住宿和餐饮业"),
        ("H62", "餐饮业"),
        ("H6210", "正餐服务"),
        ("F5219", "小卖部、杂货店"),
        ("L7291", "旅行社及相关服务"),
        ("L7243", "商务服务业（L7243）"),
        ("Z99", "Z99"),
    ],
)
def test_a_trade_is_never_called_by_a_wider_name_alone(code: str, name: str) -> None:
    assert code_name(CodeSystem.INDUSTRY, code) == name


@pytest.mark.parametrize(
    ("issuer", "doc_no", "basis"),
    [
        ("财政部 税务总局", "财政部 税务总局公告2023年第19号", "财政部 税务总局公告2023年第19号"),
        ("财政部 税务总局", "财税〔2016〕12号", "财政部 税务总局，财税〔2016〕12号"),
        (
            "财政部 税务总局等",
            "财政部 税务总局公告2023年第7号",
            "财政部 税务总局等，财政部 税务总局公告2023年第7号",
        ),
        ("中国建设银行", None, "中国建设银行"),
        ("中国建设银行", "", "中国建设银行"),
    ],
)
def test_the_basis_names_an_issuer_once_and_leaves_nothing_out(
    issuer: str, doc_no: str | None, basis: str
) -> None:
    assert basis_text(issuer, doc_no) == basis


def test_an_icon_is_decoration_and_hidden_from_readers() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "home" %}')


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|yuan }}", 486_000, "48.6 万元"),
        ("{{ v|yuan }}", 8_000, "8,000 元"),
        ("{{ v|yuan_exact }}", 1_280_000, "¥1,280,000"),
        ("{{ v|percent }}", 0.0335, "3.35%"),
        ("{{ v|percent }}", 0.05, "5%"),
        ("{{ v|percent }}", 0.1, "10%"),
        ("{{ v|day }}", date(2027, 1, 5), "2027年1月5日（周二）"),
        ("{{ v|plain_day }}", date(2027, 1, 5), "2027年1月5日"),
        ("{{ v|region }}", "410825", "河南省焦作市温县"),
        ("{{ v|region }}", "999999", "999999"),
    ],
)
def test_tags_write_money_days_shares_and_places(source: str, value: object, expected: str) -> None:
    assert rendered(source, v=value) == expected


def test_a_static_address_carries_the_hash_of_its_content() -> None:
    address = static("look/site.css")
    assert re.fullmatch(r"/static/look/site\.css\?v=[0-9a-f]{12}", address)
    assert finders.find("look/site.css") == str(SHEET)


def test_a_static_file_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        static("look/nothing.css")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("焦作市", 5, "焦作市"),
        ("焦作市惠企", 3, "焦作市"),
        ("𬱖䶮㛃𠮷𪚥", 2, "𬱖䶮"),
        ("面葛\U000e0100店", 2, "面"),
        ("面葛\U000e0100店", 3, "面葛\U000e0100"),
        ("e\u0301e\u0301", 3, "e\u0301"),
        ("店\u200d家", 2, "店\u200d"),
        ("\u0301" * 9, 4, "\u0301" * 4),
        ("", 3, ""),
    ],
)
def test_a_text_is_never_cut_through_a_character(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


def test_rare_characters_of_names_come_through_the_real_templates_whole() -> None:
    name = "𬱖䶮㛃𠮷𪚥面馆"
    words = dict.fromkeys(("title", "summary", "issuer", "formula", "level_label", "benefit_label"), name)
    unsaid = dict.fromkeys(
        ("doc_no", "needs_no_application", "window", "is_closing_soon", "closes_on", "amount_yuan")
    )
    held = SimpleNamespace(**words, **unsaid)
    html = get_template("cotton/entry.html").render({"card": held, "url": "/x/", "slot": ""})
    assert html.count(name) == len(words)


def card(**known: object) -> SimpleNamespace:
    unsaid = dict.fromkeys(("amount_yuan", "opens_on", "closes_on", "days_left", "window"))
    return SimpleNamespace(**{**unsaid, "amount_unit": "", "is_closing_soon": False, **known})


def test_a_sum_is_said_short_with_the_exact_one_behind_it_and_a_formula_where_there_is_none() -> None:
    source = "{% money card %}"
    assert rendered(source, card=card(amount_yuan=486_000, amount_unit="每家")) == (
        '<p class="money">每家最高 <strong title="¥486,000">48.6 万元</strong></p>'
    )
    assert rendered(source, card=card(formula="按<1%>算")) == '<p class="money">按&lt;1%&gt;算</p>'


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"window": "open"}, ""),
        ({"window": "not_yet", "opens_on": date(2026, 12, 1)}, "2026年12月1日（周二）开始"),
        ({"window": "closed", "closes_on": date(2025, 12, 31)}, "已过期：2025年12月31日（周三）止"),
        ({"window": "open", "closes_on": date(2027, 12, 31)}, "2027年12月31日（周五）止"),
        (
            {"window": "open", "closes_on": date(2026, 12, 1), "is_closing_soon": True, "days_left": 6},
            "还剩 6 天，2026年12月1日（周二）止",
        ),
    ],
)
def test_a_window_says_when_and_nothing_where_it_has_no_end(known: dict[str, object], words: str) -> None:
    assert re.sub("<[^>]+>", "", rendered("{% window card %}", card=card(**known))) == words


def test_a_mark_is_a_word_beside_a_drawing() -> None:
    html = rendered("{% mark name label 'up' %}", name="near", label="<差一点>")
    assert html.startswith('<span class="mark mark-near"><svg class="icon"')
    assert html.endswith("&lt;差一点&gt;</span>")
