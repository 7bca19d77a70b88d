"""What is not believed of a provider, or in its name: each is refused, and nothing changes but the log."""

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from joserfc.jwk import ECKey, OctKey

from huiqi.foundation.accounts.adapters.back_channel import BackChannel, UnreachableError
from huiqi.foundation.accounts.adapters.published import Published, is_safe_address
from huiqi.foundation.accounts.models import ExternalIdentity, OneTimeCode, Person
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.identifying import BACK, CONNECT, LEAVE, come, go
from tests.foundation.accounts.signing_in import page, verbs
from tests.support.issuer import Claims, Issuer, fresh_key
from tests.support.people import client_of, someone

pytestmark = pytest.mark.django_db


def unsigned(issuer: Issuer, claims: Claims) -> str:
    """The header of a token without a signature, before claims somebody wrote themselves."""
    _, body, _ = issuer.signed(claims).split(".")
    return f"eyJhbGciOiJub25lIn0.{body}."


def signed_with_the_public_key(issuer: Issuer, claims: Claims) -> str:
    """HS256 with what everybody can fetch as the secret: by hand, since no good library does it."""
    parts = json.dumps({"alg": "HS256", "kid": "k1"}), json.dumps(claims)
    text = ".".join(urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts)
    made = hmac.digest(issuer.key.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{urlsafe_b64encode(made).rstrip(b'=').decode()}"


def of_another_key(issuer: Issuer, claims: Claims) -> str:
    return issuer.signed(claims, fresh_key("k2"))


def by_a_key_called_the_same(issuer: Issuer, claims: Claims) -> str:
    return issuer.signed(claims, ECKey.generate_key("P-256", {"kid": "k1"}), "ES256")


def changed(issuer: Issuer, claims: Claims) -> str:
    head, _, signature = issuer.signed(claims).split(".")
    _, body, _ = issuer.signed({**claims, "sub": "u-9"}).split(".")
    return f"{head}.{body}.{signature}"


def saying(**said: object) -> Callable[[Issuer, Claims], str]:
    """A token rightly signed that says something else."""
    return lambda issuer, claims: issuer.signed({**claims, **said})


def without(name: str) -> Callable[[Issuer, Claims], str]:
    return lambda issuer, claims: issuer.signed({key: each for key, each in claims.items() if key != name})


SPOILT = {
    "wrong issuer": (saying(iss="https://evil.example"), "不是河南政务服务网发出的"),
    "no issuer": (without("iss"), "不是河南政务服务网发出的"),
    "wrong audience": (saying(aud="another"), "不是发给本站的"),
    "for several, made for another": (saying(aud=["huiqi", "another"], azp="another"), "不是发给本站的"),
    "for several, made for nobody": (saying(aud=["huiqi", "another"]), "不是发给本站的"),
    "wrong nonce": (saying(nonce="another"), "不是为这次登录"),
    "a nonce among others": (saying(nonce=["a", "b"]), "不是为这次登录"),
    "no nonce": (without("nonce"), "不是为这次登录"),
    "over": (saying(exp=1_700_000_000), "不在有效时间内"),
    "never over": (saying(exp=float("inf")), "不在有效时间内"),
    "no end": (without("exp"), "不在有效时间内"),
    "of the future": (saying(iat=4_000_000_000), "不在有效时间内"),
    "nobody": (saying(sub=""), "没有说明您是哪一位"),
    "a number": (saying(sub=7), "没有说明您是哪一位"),
    "endless": (saying(sub="s" * 256), "没有说明您是哪一位"),
    "unsigned": (unsigned, "签名不对"),
    "signed with the public key": (signed_with_the_public_key, "签名不对"),
    "signed with another key": (of_another_key, "签名不对"),
    "signed with another kind of key": (by_a_key_called_the_same, "签名不对"),
    "changed": (changed, "签名不对"),
    "no token": (lambda *_: None, "签名不对"),
    "no sense": (lambda *_: "a.b.c", "签名不对"),
}


def left() -> tuple[int, ...]:
    return Person.objects.count(), ExternalIdentity.objects.count(), OneTimeCode.objects.count()


@pytest.mark.parametrize("name", SPOILT)
def test_a_token_that_is_not_to_be_believed_changes_nothing(
    client: Client, issuer: Issuer, name: str
) -> None:
    issuer.sign, words = SPOILT[name]
    before, planted = left(), None
    brought = issuer.arrive(go(client))
    planted = client.cookies["sessionid"].value
    answer = client.post(BACK, brought)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert words in text
    assert "用手机号登录" in text
    assert (client.cookies["sessionid"].value, actor_of(client.session).role) == (planted, "visitor")
    assert left() == before
    assert verbs() == ["accounts.refuse_sign_in"]
    (entry,) = entries(LogFilters())
    assert not any(brought[secret] in str(entry) for secret in ("code", "state"))


def test_an_algorithm_outside_the_list_is_refused_though_its_key_is_published(
    client: Client, issuer: Issuer
) -> None:
    secret = OctKey.import_key("s" * 32, {"kid": "k3"})
    issuer.published = [secret.as_dict(), {"kty": "EC", "crv": "SM2", "kid": "sm2", "x": "AA", "y": "AA"}]
    issuer.sign = lambda issuer, claims: issuer.signed(claims, secret, "HS256")
    assert "签名不对" in come(client, issuer).content.decode()
    issuer.sign = lambda issuer, claims: issuer.signed(claims, algorithm="PS256")
    assert "/first/" in come(Client(), issuer).headers["Location"]


def test_a_state_is_used_once_and_in_its_own_browser(client: Client, issuer: Issuer) -> None:
    brought = issuer.arrive(go(client))
    stranger = Client()
    assert "不是从这个浏览器" in stranger.post(BACK, brought).content.decode()
    assert "不是从这个浏览器" in client.post(BACK, {**brought, "state": "x"}).content.decode()
    kept = client.session
    assert "asking" in kept
    assert "/first/" in client.post(BACK, brought).headers["Location"]
    assert "不是从这个浏览器" in client.post(BACK, brought).content.decode()
    kept.save()  # as a second request does that read the session at the same moment
    assert "已经用过一次" in client.post(BACK, brought).content.decode()


def test_a_code_is_used_once(client: Client, issuer: Issuer) -> None:
    brought = issuer.arrive(go(client))
    client.post(BACK, brought)
    again = {**issuer.arrive(go(client)), "code": brought["code"]}
    assert "没有接受这次登录" in client.post(BACK, again).content.decode()


def test_a_code_of_another_browser_fits_no_verifier_of_ours(client: Client, issuer: Issuer) -> None:
    stolen = issuer.arrive(go(Client()))["code"]
    mine = {**issuer.arrive(go(client)), "code": stolen}
    assert "没有接受这次登录" in client.post(BACK, mine).content.decode()


def test_another_issuer_named_by_the_browser_gets_no_code(client: Client, issuer: Issuer) -> None:
    brought = {**issuer.arrive(go(client)), "iss": "https://evil.example"}
    assert "不是河南政务服务网发出的" in client.post(BACK, brought).content.decode()
    assert "/token" not in issuer.asked


def test_who_stays_away_too_long_begins_anew(client: Client, issuer: Issuer) -> None:
    brought = issuer.arrive(go(client))
    session = client.session
    since = timezone.now() - timedelta(minutes=10)
    session["asking"] = {**session["asking"], "since": since.isoformat()}
    session.save()
    assert "超过了 10 分钟" in client.post(BACK, brought).content.decode()


def test_who_cancels_is_told_that_nothing_changed(client: Client, issuer: Issuer) -> None:
    go(client, "/policies/")
    text = client.get(BACK, {"error": "access_denied", "state": "x"}).content.decode()
    assert "取消了登录" in text
    assert "用手机号登录" in text
    assert 'name="next" value="/policies/"' in text


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_the_way_back_leads_to_no_other_site(client: Client, issuer: Issuer, way: str) -> None:
    assert come(client, issuer, way).headers["Location"] == "/accounts/sign-in/provider/first/"


def test_a_sign_in_long_ago_is_not_enough_where_the_city_says_so(settings, issuer: Issuer) -> None:
    settings.HUIQI_OIDC = {**issuer.settings, "max_age": timedelta(minutes=5)}
    client, moment = Client(), int(timezone.now().timestamp())
    assert "max_age=300" in go(client)
    for since in (None, moment - 400, True):
        issuer.said = {"sub": "u-1", "auth_time": since}
        assert "已经太久" in come(client, issuer).content.decode()
    issuer.said = {"sub": "u-1", "auth_time": moment - 30}
    assert "/first/" in come(client, issuer).headers["Location"]


def test_an_identity_is_connected_to_nobody_but_who_went_away(issuer: Issuer) -> None:
    mine, other = someone("person"), someone("person")
    client = client_of(mine)
    brought = issuer.arrive(go(client, start=CONNECT))
    session = client.session
    session.update(other.session)
    session.save()
    answer = client.post(BACK, brought)
    assert "没有连接成功" in answer.content.decode()
    assert not ExternalIdentity.objects.exists()


def test_details_of_somebody_else_are_not_shown(client: Client, issuer: Issuer) -> None:
    issuer.details = {"sub": "u-2", "phone_number": "13900009999"}
    assert "13900009999" not in page(client, come(client, issuer).headers["Location"])


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
        {"padding": "x" * 300_000},
    ],
)
def test_a_document_that_cannot_be_used_leads_nowhere(
    client: Client, issuer: Issuer, document: dict[str, object]
) -> None:
    issuer.document = document
    answer = client.post(LEAVE)
    assert answer.status_code == 503
    assert "现在连不上河南政务服务网" in answer.content.decode()
    assert verbs() == ["accounts.refuse_sign_in"]


def test_a_redirect_of_the_back_channel_is_not_followed(issuer: Issuer) -> None:
    with pytest.raises(UnreachableError):
        BackChannel().call(f"{issuer.address}/moved", {})


def test_a_provider_that_is_away_is_left_alone_for_a_while() -> None:
    moment = [0.0]
    channel = BackChannel(lambda: moment[0])
    with pytest.raises(UnreachableError, match="URLError"):
        channel.call("http://127.0.0.1:9/")
    moment[0] = 9.9
    with pytest.raises(UnreachableError, match="a moment ago"):
        channel.call("http://127.0.0.1:9/")
    moment[0] = 10
    with pytest.raises(UnreachableError, match="URLError"):
        channel.call("http://127.0.0.1:9/")


def test_keys_are_kept_and_asked_for_anew_once_a_minute(issuer: Issuer) -> None:
    moment = [0.0]
    published = Published(issuer.address, BackChannel(), lambda: moment[0])
    assert published.key("k1", "RS256")
    issuer.key = fresh_key("k2")
    assert published.key("k2", "RS256") is None
    moment[0] = 60
    assert published.key("k2", "RS256")
    assert published.key("k1", "RS256") is None
    for _ in range(20):
        published.key("made up", "RS256")
    assert issuer.asked.count("/keys") == 2


def test_only_addresses_that_are_encrypted_or_of_this_machine_are_gone_to() -> None:
    good = ["https://id.example.gov.cn/a", "http://127.0.0.1:9/a", "http://localhost/a"]
    bad = [
        "http://id.example/a",
        "ftp://a/b",
        "file:///a",
        "javascript:a",
        "https://",
        "",
        None,
        "https://a\n",
    ]
    assert [each for each in good + bad if is_safe_address(each)] == good


def test_a_provider_that_hangs_holds_one_caller_and_the_others_go_on(issuer: Issuer) -> None:
    channel, is_asked, may_answer = BackChannel(), threading.Event(), threading.Event()
    quick = issuer.answer

    def slow(path: str, form: dict[str, str]) -> tuple[int, object]:
        is_asked.set()
        may_answer.wait(10)
        return quick(path, form)

    issuer.answer = slow  # type: ignore[method-assign]
    first = threading.Thread(target=channel.call, args=(f"{issuer.address}/keys",))
    first.start()
    is_asked.wait(10)
    with pytest.raises(UnreachableError, match="another call"):
        channel.call(f"{issuer.address}/keys")
    may_answer.set()
    first.join()
