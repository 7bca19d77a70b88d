"""消息 and 接收方式, as somebody signed in sees them."""

import re

import pytest
from django.db import connection
from django.test import Client

from huiqi.foundation.notices.actions import withdraw
from huiqi.foundation.notices.models import Letter, Preference
from tests.foundation.notices.trial import NOW, OFFICER, told, with_mail, work
from tests.support.people import client_of, someone


@pytest.fixture
def browser(owner) -> Client:
    return client_of(owner)


def page(browser: Client, address: str = "/notices/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_is_led_to_the_sign_in(client: Client, db) -> None:
    for address in ("/notices/", "/notices/choices/"):
        assert client.get(address).headers["Location"].startswith("/accounts/sign-in/?next=%2Fnotices")


def test_an_empty_list_says_why_and_what_next(browser) -> None:
    html = page(browser)
    assert "还没有消息" in html
    assert "回到首页" in html
    assert "没有没看的" in page(browser, "/notices/?show=unread")


def test_what_was_told_is_read_with_its_day_and_ticked_off(browser, person) -> None:
    told("trial.due", "k", person, link="/policies/")
    work(NOW)
    html = page(browser)
    assert "有 <strong>1</strong> 条没看" in html
    assert "请在12月1日（周二）前补齐" in html
    assert "2026年11月24日（周二） 10:00" in html
    assert "短信已发" in html
    assert 'href="/policies/"' in html
    letter = Letter.objects.get()
    answer = browser.post("/notices/read/", {"letter": letter.pk, "show": "unread"})
    assert answer.headers["Location"] == "/notices/?show=unread"
    assert "都看过了" in page(browser)
    assert "请补材料" not in page(browser, "/notices/?show=unread")


def test_all_are_ticked_off_at_once(browser, person) -> None:
    for number in range(3):
        told("trial.news", f"k{number}", person)
    html = page(browser)
    assert "3 条全部标为已读" in html
    sent = dict(
        re.findall(r'name="(letter|newest)" value="(all|\d+)"', html[html.index('value="all"') - 60 :])
    )
    told("trial.news", "came meanwhile", person)
    browser.post("/notices/read/", sent)
    assert "有 <strong>1</strong> 条没看" in page(browser), "what was not on the page was not read"
    assert browser.get("/notices/read/").status_code == 405
    browser.post("/notices/read/", {"letter": "all", "newest": "x"})
    assert "都看过了" in page(browser)


def test_nobody_sees_or_ticks_off_what_is_anothers(browser, person) -> None:
    other = someone("owner")
    told("trial.due", "k", other.person)
    assert "请补材料" not in page(browser)
    letter = Letter.objects.get()
    for number in (letter.pk, "x", "", "9" * 30, "-1"):
        assert browser.post("/notices/read/", {"letter": number, "page": number}).status_code == 302
    assert Letter.objects.get().read_at is None


def test_a_withdrawn_notice_shows_as_such(browser, person) -> None:
    notice = told("trial.due", "k", person)
    withdraw(notice, "发错了人", NOW, OFFICER)
    html = page(browser)
    assert "已撤回" in html
    assert "原因：发错了人" in html
    assert "请不要理会" in html


def test_what_a_room_writes_is_shown_as_text(browser, person, monkeypatch) -> None:
    from tests.foundation.notices import trial  # noqa: PLC0415 - its words are changed

    monkeypatch.setitem(trial.WORDS, "case", "<b>x</b>")
    told("trial.due", "k", person)
    assert "<b>x</b>" not in page(browser)


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1e3", "²"])
def test_a_page_that_is_not_there_is_the_nearest_one(browser, person, number: str) -> None:
    for count in range(21):
        told("trial.news", f"k{count}", person)
    assert "第 2 页，共 2 页" in page(browser, "/notices/?page=2")
    assert "共 2 页" in page(browser, f"/notices/?page={number}")


@pytest.mark.parametrize(("count", "queries"), [(1, 9), (20, 9)])
def test_what_the_list_costs(browser, person, django_assert_num_queries, count: int, queries: int) -> None:
    for number in range(count):
        told("trial.due", f"k{number}", person)
    page(browser)
    with django_assert_num_queries(queries, connection=connection):
        page(browser)


def test_what_the_choices_cost(browser, person, django_assert_num_queries) -> None:
    with_mail(person)
    with django_assert_num_queries(6, connection=connection):
        page(browser, "/notices/choices/")


def test_choices_are_kept_and_shown_again(browser, person) -> None:
    with_mail(person)
    sent = {"sms": "0", "mail_mode": "daily", "quiet": "own", "from_hour": "22", "until_hour": "7"}
    answer = browser.post("/notices/choices/", {**sent, "kind": ["trial.progress"]})
    assert "已保存" in page(browser, answer.headers["Location"])
    kept = Preference.objects.get()
    assert (kept.is_sms_wanted, kept.mail_mode, kept.muted) == (False, "daily", ["trial.news"])
    assert (kept.quiet_from, kept.quiet_until) == (22, 7)
    html = page(browser, "/notices/choices/")
    assert '<option value="22" selected>' in html
    assert "关不掉：有材料要补、急事" in html


@pytest.mark.parametrize(
    "hostile",
    [
        {"quiet": "own", "from_hour": "99", "until_hour": "1"},
        {"quiet": "own", "from_hour": "-1", "until_hour": "x"},
        {"quiet": "own"},
        {"mail_mode": "always", "sms": "x", "kind": ["trial.due", "nothing"]},
    ],
)
def test_what_the_form_never_offers_changes_nothing_for_the_worse(browser, hostile) -> None:
    assert browser.post("/notices/choices/", hostile).status_code == 302
    kept = Preference.objects.get()
    assert (kept.quiet_from, kept.mail_mode) == (None, "off")
    assert "trial.due" not in kept.muted


def test_an_address_is_typed_confirmed_and_removed(browser, posts) -> None:
    browser.post("/notices/choices/mail/", {"mail": "zhang@example.com"})
    work(NOW.replace(year=2030))
    html = page(browser, "/notices/choices/")
    assert "确认码正在发到 z***@example.com" in html
    wrong = browser.post("/notices/choices/mail/code/", {"code": "12"}).content.decode()
    assert "6 位数字" in wrong
    text = posts["mail"].sent[0][2]
    code = text[text.index("确认码是 ") + 5 :][:6]
    assert browser.post("/notices/choices/mail/code/", {"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    assert "已确认：z***@example.com" in page(browser, "/notices/choices/")
    browser.post("/notices/choices/mail/", {"mail": ""})
    assert "填一个邮箱" in page(browser, "/notices/choices/")


@pytest.mark.parametrize(
    "address", ["zhang", "a@b", "a b@example.com", "a@example.com\r\nBcc: b@c.cn", "王@例.cn"]
)
def test_what_is_no_address_stays_typed_with_a_sentence(browser, address: str) -> None:
    html = browser.post("/notices/choices/mail/", {"mail": address}).content.decode()
    assert "不像一个邮箱" in html
    assert not Preference.objects.exists()


def test_codes_are_not_sent_without_end(browser) -> None:
    answers = [
        browser.post("/notices/choices/mail/", {"mail": "a@example.com"}).status_code for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_a_channel_the_site_has_not_is_not_offered(browser, settings) -> None:
    settings.HUIQI_POSTS = {}
    html = page(browser, "/notices/choices/")
    assert "短信</legend>" not in html
    assert "邮箱" not in html
