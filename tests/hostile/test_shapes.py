"""Requests of shapes no browser sends are answered in words, and leave nothing behind."""

import re

import pytest

from tests.hostile.kinds import VALUES, Value
from tests.hostile.shapes import SHAPES, Shape
from tests.hostile.trying import Came, faults, rows, send
from tests.walk.world import World

NOTHING = Value("nothing", "no such text")


@pytest.mark.django_db
@pytest.mark.parametrize("shape", SHAPES, ids=lambda each: each.name)
def test_a_request_of_a_strange_shape_is_answered_in_words(shape: Shape, world: World) -> None:
    who = next(each for each in world.walkers if each.name == shape.who)
    before = rows()
    cookies = {**who.cookies, **shape.cookies}
    came = send(
        shape.method,
        shape.path,
        shape.body,
        shape.kind,
        cookies,
        is_checked=shape.is_checked,
        **shape.headers,
    )
    assert came.status in shape.comes, came.text[:300]
    assert list(faults(came, NOTHING, shape.name)) == []
    assert not re.search(r'(href|src|action)="[^"]*evil', came.text)
    assert rows() == before


def test_there_are_enough_kinds_and_none_twice() -> None:
    names = [each.name for each in (*VALUES, *SHAPES)]
    assert len(set(names)) == len(names) >= 60


def page(text: str, status: int = 200, **headers: str) -> Came:
    return Came(status, text, {"Content-Type": "text/html", **headers})


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (page("请", 500), "500"),
        (page("Not Found", 404), "what to do"),
        (page("", 405), "what to do"),
        (page("<p>您填了<b>"), "as it was sent"),
        (page("请 Traceback (most recent call last)", 400), "traceback"),
        (page("", 302, Location="//evil.example/"), "leads to"),
        (page("", 302, Location="/\\evil.example/"), "leads to"),
        (page("", 302, Location="javascript:alert(7)"), "leads to"),
        (page("", Evil="1"), "header"),
        (Came(400, "请", {}, wrote=("cases_case",)), "yet it wrote"),
        (Came(302, "", {}, kept="a\0b"), "keeps"),
        (Came(200, "", {}, seconds=9), "took"),
    ],
)
def test_whoever_judges_sees_each_fault(came: Came, said: str) -> None:
    found = list(faults(came, Value("a text", "<b>", unseen="\0"), "there"))
    assert len(found) == 1
    assert said in found[0]
