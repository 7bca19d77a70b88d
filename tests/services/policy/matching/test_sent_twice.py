"""A form that arrives twice, where the browser could not hold the second click back."""

import re

from django.test import Client

ADDRESS = re.compile("/matching/(questions|lists)/")


def test_the_same_answer_twice_leads_to_the_same_next_question(client: Client, library) -> None:
    first = client.post("/matching/", {"region_code": "410825"}).headers["Location"]
    assert ADDRESS.match(first)
    once = client.post(first, {"skip": "1"})
    twice = client.post(first, {"skip": "1"})
    assert ADDRESS.match(once.headers["Location"])
    assert twice.headers["Location"] == once.headers["Location"]
    assert "第 2 题" in client.get(twice.headers["Location"]).content.decode()
