"""长辈版 and 高对比: one tap in the head of every page, kept a year, back to the same page."""

import re
from pathlib import Path

import pytest
from django.test import Client

from huiqi.foundation.look.domain import Modes, modes_of

SHEET = Path(__file__).parents[3] / "frontend/css/modes/contrast.css"


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("", Modes()),
        ("elder", Modes(is_elder=True)),
        ("contrast", Modes(is_contrast=True)),
        ("elder.contrast", Modes(is_elder=True, is_contrast=True)),
        ("elderly.<script>", Modes()),
    ],
)
def test_a_cookie_says_what_it_says_and_nothing_else(text: str, modes: Modes) -> None:
    assert modes_of(text) == modes
    assert modes_of(modes.text) == modes


def test_one_tap_makes_pages_large_for_a_year_and_leads_back(client: Client) -> None:
    answer = client.post("/modes/", {"elder": "1", "next": "/about/?from=here"})
    assert answer.headers["Location"] == "/about/?from=here"
    kept = client.cookies["modes"]
    assert (kept["max-age"], kept["samesite"], kept["httponly"]) == (365 * 24 * 3600, "Lax", True)
    html = client.get("/about/").content.decode()
    assert '<html lang="zh-Hans" class="is-elder">' in html
    assert ">标准版</button>" in html


def test_both_modes_stand_together_and_each_goes_alone(client: Client) -> None:
    client.post("/modes/", {"elder": "1"})
    client.post("/modes/", {"contrast": "1"})
    assert 'class="is-elder is-contrast"' in client.get("/about/").content.decode()
    client.post("/modes/", {"elder": "0"})
    assert '<html lang="zh-Hans" class="is-contrast">' in client.get("/about/").content.decode()


def test_a_second_tap_on_the_same_button_changes_nothing(client: Client) -> None:
    for _ in range(2):
        client.post("/modes/", {"elder": "1"})
    assert 'class="is-elder"' in client.get("/about/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "evil",
        "",
        "/" + "a" * 3000,
        "/\n/evil.example",
    ],
)
def test_nobody_is_led_away_from_the_site(client: Client, address: str) -> None:
    assert client.post("/modes/", {"elder": "1", "next": address}).headers["Location"] == "/"


def test_the_switch_takes_no_orders_from_other_sites() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/modes/", {"elder": "1"}).status_code == 403
    token = re.search('csrfmiddlewaretoken" value="([^"]+)', stranger.get("/about/").content.decode())
    assert token is not None
    answer = stranger.post("/modes/", {"elder": "1", "next": "/about/", "csrfmiddlewaretoken": token[1]})
    assert answer.headers["Location"] == "/about/"


def test_who_comes_by_the_address_alone_is_led_home_and_nothing_is_kept(client: Client) -> None:
    assert client.get("/modes/?elder=1").headers["Location"] == "/"
    assert "modes" not in client.cookies


def test_a_page_kept_on_the_way_is_not_shown_to_who_wants_it_otherwise(client: Client) -> None:
    assert "Cookie" in client.get("/about/").headers["Vary"]


def test_the_system_and_the_tap_ask_for_the_same_contrast() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    tapped = re.search(r"^:root\.is-contrast {(.*?)}", sheet, re.DOTALL | re.MULTILINE)
    asked = re.search(r"^  :root {(.*?)}", sheet, re.DOTALL | re.MULTILINE)
    assert tapped is not None
    assert asked is not None
    assert tapped[1].split() == asked[1].split()
