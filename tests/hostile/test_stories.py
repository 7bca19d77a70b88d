"""What strangers try in more than one step, each told as a story; and where else such stories are told."""

from importlib.util import find_spec

import pytest
from django.test import Client

from huiqi.foundation.cases.models import CaseEvent
from huiqi.foundation.cases.queries import receipt_of
from huiqi.foundation.documents.queries import offer_upload, shelf_of
from huiqi.foundation.storage.models import Spending
from huiqi.services.policy.library.models import MistakeReport
from tests.foundation.accounts.signing_in import ask_for_code, sign_in
from tests.foundation.cases.places import Office, member_id, opened, version
from tests.hostile.trying import rows
from tests.support.people import client_of, someone
from tests.walk.recipes.policy import items
from tests.walk.world import World

pytestmark = pytest.mark.django_db

TOLD_ELSEWHERE = {
    "a session planted before the sign-in": "tests.foundation.accounts.test_hostile",
    "one code used several times at once, on both databases": "tests.foundation.accounts.test_races",
    "two officers who take one case at once": "tests.foundation.cases.test_together",
    "another's id in every address": "tests.walk.test_walk",
    "bad files: bombs, polyglots, macros, broken XLSX": "tests.foundation.documents.test_hostile",
    "one form of files eight times at once": "tests.foundation.documents.test_uploading",
    "passwords and codes that are guessed": "tests.foundation.accounts.test_sign_in",
    "entries of the log that somebody changed": "tests.foundation.audit.test_tampering",
}


@pytest.mark.parametrize("story", TOLD_ELSEWHERE)
def test_a_story_told_elsewhere_is_still_told(story: str) -> None:
    assert find_spec(TOLD_ELSEWHERE[story]), f"nobody tells any more of {story}"


def test_a_key_kept_from_before_the_sign_out_opens_nothing(client: Client) -> None:
    sign_in(client)
    kept = client.cookies["sessionid"].value
    client.post("/accounts/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/accounts/").headers["Location"].startswith("/accounts/sign-in/")


def test_a_key_kept_from_before_a_sign_in_is_not_the_one_after(client: Client) -> None:
    ask_for_code(client)
    before = client.cookies["sessionid"].value
    sign_in(client)
    assert client.cookies["sessionid"].value != before


def test_a_note_sent_three_times_is_one_note() -> None:
    office, case = Office(), opened()
    client, key = client_of(office.one), "n" * 22
    for _ in range(3):
        client.post(f"/cases/{case.number}/note/", {"form_key": key, "text": "已打电话"})
    assert CaseEvent.objects.filter(case_id=case.id, text="已打电话").count() == 1


def test_a_step_sent_twice_is_done_once_and_said() -> None:
    office, case = Office(), opened()
    client = client_of(office.one)
    to = f"{office.place.pk}:{member_id(office.one)}"
    sent = {"version": version(case.number), "to": to, "text": "我来", "confirmed": "yes"}
    first, again = (client.post(f"/cases/{case.number}/transfer/", sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 409)


def test_a_mistake_reported_twice_is_one_report(world: World) -> None:
    item = items(world, world.walkers[0])[0].args["item_id"]
    sent = {"kind": "amount", "text": "应该是 5000 元", "form_key": "m" * 22}
    for _ in range(2):
        Client().post(f"/policies/{item}/mistake/", sent)
    assert MistakeReport.objects.filter(form_key="m" * 22).count() == 1


@pytest.mark.parametrize("at", [0, 5, -1])
def test_a_receipt_with_one_sign_changed_shows_nothing(client: Client, at: int) -> None:
    Office()
    receipt = list(receipt_of(opened().id))
    receipt[at] = "a" if receipt[at] != "a" else "b"
    assert client.get(f"/cases/follow/{''.join(receipt)}/").status_code == 404


def test_the_leave_to_hand_in_files_is_no_use_to_another() -> None:
    mine, thief = someone("person"), someone("person")
    offer = offer_upload(mine.actor, shelf_of(mine.actor), "/documents/")
    before = rows()
    assert client_of(thief).post(offer.address, {"upload_key": offer.form_key}).status_code == 400
    assert rows() == before


def test_who_says_to_come_from_elsewhere_is_counted_all_the_same() -> None:
    """Without a proxy before the site nobody may name another address to get a new allowance."""
    for number in range(4):
        spoofed = Client(headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.1.{number}"})
        spoofed.post("/verify/", {"number": "1", "code": "2"})
    assert Spending.objects.count() == 1


def test_a_field_that_no_form_has_changes_nothing_more() -> None:
    """Nobody gives themselves a role or another's name by sending more than was asked."""
    who = someone("person")
    before = rows()
    more = {"role": "system_admin", "person": "1", "id": "1", "is_staff": "1", "organisation": "1"}
    client_of(who).post("/accounts/name/", {"name": "王小明", **more})
    assert rows() == before
    assert who.actor.role == "person"
