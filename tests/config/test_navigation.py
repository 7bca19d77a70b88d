"""Tabs and functions: only what works, the closest one marked."""

import re

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/", "首页"),
        ("/matching/", "能享受什么"),
        ("/policies/", "政策"),
        ("/policies/?kind=policy", "政策"),
        ("/policies/?kind=loan_product&page=1", "贷款"),
        ("/policies/bank-ccb-yunshui/", "政策"),
        ("/about/", "帮助"),
        ("/services/", None),
    ],
)
def test_the_closest_tab_is_marked(client: Client, library, address: str, tab: str | None) -> None:
    html = client.get(address).content.decode()
    nav = html[html.index('class="tabs"') : html.index("</nav>")]
    marked = re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', nav, re.DOTALL)
    assert marked == ([tab] if tab else [])


def test_a_loan_list_is_among_the_policies_where_loans_have_no_tab(client: Client, library) -> None:
    client.post("/modes/", {"elder": "1"})
    html = client.get("/policies/?kind=loan_product").content.decode()
    nav = html[html.index('class="tabs"') : html.index("</nav>")]
    assert re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', nav, re.DOTALL) == ["政策"]
