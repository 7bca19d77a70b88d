"""The lost telephone in a browser: two at the window, the owner's strip, and who never gets in."""

from datetime import timedelta

import pytest
from django.test import Client

from huiqi.foundation.accounts.actions.lost_phone import approve_phone_request
from huiqi.foundation.accounts.actions.lost_phone_ends import settle_phone_request, text_old_number
from huiqi.foundation.accounts.actions.lost_phone_news import TO_OLD_NUMBER
from huiqi.foundation.accounts.models import Person, PhoneRequest
from huiqi.foundation.accounts.queries.acting import BEHALF_KEY, WAITING_KEY
from huiqi.foundation.clock.queries import now
from huiqi.foundation.notices.adapters import FilePost
from huiqi.foundation.notices.models import Outgoing
from huiqi.foundation.notices.queries import letters_of
from tests.foundation.accounts.members import granted, number_of
from tests.foundation.accounts.signing_in import code_on, page
from tests.foundation.accounts.test_lost_phone import LATER, NEW, Window, agreed, opened
from tests.support.people import NOW, Someone, client_of, someone

pytestmark = pytest.mark.django_db
REQUESTS = "/accounts/phone-requests/"
FORM = f"{REQUESTS}new/"


@pytest.fixture
def posts(settings, tmp_path):
    """A site that sends short messages, to a file."""
    settings.HUIQI_POSTS = {"sms": FilePost(tmp_path / "messages.jsonl", "sms")}
    return tmp_path / "messages.jsonl"


def asked_in_browser(window: Window, **others: str) -> str:
    """The address of a request made page by page."""
    client = client_of(window.one)
    name = window.owner.person.name.reveal()
    sent = {"old": number_of(window.owner), "new": NEW, "name": name, "proof": "id_card", **others}
    assert client.post(FORM, sent).headers["Location"] == f"{FORM}code/"
    code = code_on(page(client, f"{FORM}code/"))
    made = client.post(f"{FORM}code/", {"code": code})
    assert made.status_code == 302, made.content.decode()
    return made.headers["Location"]


def test_one_asks_another_agrees_and_the_owner_sees_it_on_every_page_until_then() -> None:
    window = Window()
    address = asked_in_browser(window, removes_proofs="yes", note="手机被偷")
    owner = client_of(window.owner)
    for where in ("/accounts/", "/about/"):
        assert "有人在窗口申请更换您的手机号" in page(owner, where)
    two = client_of(window.two)
    assert "等我核对的，1 个" in page(two, REQUESTS)
    shown = page(two, address)
    for words in ("138****0002 换成 139****2222", "手机被偷", "经营者", "证件上的和账号里的一样"):
        assert words in shown
    assert "13911112222" not in shown
    refused = two.post(f"{address}approve/", {"reason": "看了身份证"})
    assert (refused.status_code, "单独同意" in refused.content.decode()) == (409, True)
    two.post(f"{address}approve/", {"reason": "看了身份证", "agrees_to_proofs": "yes"})
    assert "已同意，到时间就换" in page(two, address)
    assert "起换" in page(owner, "/accounts/")


def test_the_owner_stops_it_with_one_tap_and_the_window_reads_so() -> None:
    window = Window()
    address = asked_in_browser(window)
    owner = client_of(window.owner)
    assert "已经叫停，手机号没有变" in owner.post(f"{address}stop/").content.decode()
    assert owner.post(f"{address}stop/").status_code == 409
    assert "有人在窗口申请更换" not in page(owner, "/about/")
    assert "本人叫停了" in page(client_of(window.one), address)
    assert "本人叫停了" in letters_of(window.one.actor.id).letters[0].title


def test_the_old_ways_are_told_at_every_step_and_every_message_fits_one(posts) -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    titles = [each.title for each in letters_of(str(window.owner.person.pk)).letters]
    assert titles == ["您的手机号将换成 139****2222", "有人在窗口申请更换您的手机号"]
    assert Outgoing.objects.filter(channel="sms", person=window.owner.person).count() == 2
    settle_phone_request(asked, LATER)
    text_old_number(asked, LATER)
    assert len(TO_OLD_NUMBER) <= 67
    assert TO_OLD_NUMBER in posts.read_text()
    assert "138****0002" in posts.read_text()


def test_what_was_typed_stays_and_nothing_is_said_of_whose_number_it_is() -> None:
    window = Window()
    client = client_of(window.one)
    empty = client.post(FORM, {"old": "123", "new": "1", "note": "证 410825199001011234"})
    assert empty.status_code == 422
    for words in ("还没有提出", "这不像一个手机号", "请选一下看了什么证件", "长号码", 'value="123"'):
        assert words in empty.content.decode()
    answers = []
    for old in (number_of(window.two), "13999999999"):
        sent = {"old": old, "new": NEW, "name": "王小明", "proof": "id_card"}
        client.post(FORM, sent)
        code = code_on(page(client, f"{FORM}code/"))
        answer = client.post(f"{FORM}code/", {"code": code}).content.decode()
        answers.append(answer.split("note is-stop")[1].split("</div>")[0])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("role", ["person", "owner", "officer", "support", "bank_clerk", "auditor"])
def test_whoever_is_not_named_in_the_table_gets_no_form(role: str) -> None:
    client = client_of(someone(role))
    assert [client.get(each).status_code for each in (REQUESTS, FORM)] == [403, 403]


def test_under_a_mandate_nobody_asks_or_stops() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    mandate = granted(window.owner, number_of(window.two))
    acting = {BEHALF_KEY: {"mandate": mandate, "acting": window.two.session["acting"]}}
    agent = client_of(Someone(window.two.person, window.two.organisation, {**window.two.session, **acting}))
    for where in (REQUESTS, FORM, f"{REQUESTS}{asked}/"):
        assert agent.get(where).status_code == 403
    for what in ("approve", "stop"):
        assert agent.post(f"{REQUESTS}{asked}/{what}/", {"reason": "好"}).status_code == 403
    assert PhoneRequest.objects.get().approved_at is None


def test_who_gave_one_proof_by_the_old_telephone_owes_everything_again() -> None:
    window = Window()
    waiting = {"person": str(window.owner.person.pk), "method": "code", "since": NOW.isoformat()}
    thief = client_of(Someone(window.owner.person, None, {WAITING_KEY: waiting}))  # type: ignore[dict-item] # as kept
    assert thief.get("/accounts/set-up/").status_code == 200
    asked = opened(window.one, window.owner, removes_proofs=True)
    agreed(window.two, asked, agrees_to_proofs=True)
    settle_phone_request(asked, LATER)
    assert thief.get("/accounts/set-up/").headers["Location"].endswith("/accounts/sign-in/")


def test_a_new_number_is_let_in_by_code_once_its_hour_has_come(client: Client) -> None:
    window = Window()
    asked = opened(window.one, window.owner, now())
    approve_phone_request(window.two.actor, asked, "看了", now(), agrees_to_proofs=False)
    client.post("/accounts/sign-in/", {"phone": NEW})
    code = code_on(page(client, "/accounts/sign-in/code/"))
    early = client.post("/accounts/sign-in/code/", {"code": code}).content.decode()
    assert "正在把一个账号换成这个号码" in early
    PhoneRequest.objects.update(approved_at=NOW, effective_at=NOW + timedelta(hours=1))
    client.post("/accounts/sign-in/", {"phone": NEW})
    code = code_on(page(client, "/accounts/sign-in/code/"))
    assert client.post("/accounts/sign-in/code/", {"code": code}).status_code == 302
    assert "139****2222" in page(client, "/accounts/")
    assert Person.objects.get(phone_index=NEW) == window.owner.person


def test_the_list_asks_as_much_for_many_as_for_one(django_assert_num_queries) -> None:
    window = Window()
    client = client_of(window.two)
    for number in range(5):
        opened(window.one, someone("owner"), now(), form_key=f"{number:022}", new_phone=f"1391111{number:04}")
    client.post("/notices/read/")
    with django_assert_num_queries(6):
        text = page(client, REQUESTS)
    assert "等我核对的，5 个" in text
    asked = PhoneRequest.objects.first()
    with django_assert_num_queries(9):
        page(client, f"{REQUESTS}{asked.pk}/")


def test_the_sign_in_page_says_what_to_do_and_where(client: Client) -> None:
    assert "到政务服务窗口，工作人员帮您换成新号码" in page(client, "/accounts/sign-in/")
