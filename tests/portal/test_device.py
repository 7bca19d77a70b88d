"""What the site leaves on a device: the manifest, the worker, the page that lists what is kept."""

import json
import struct
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client


def test_the_manifest_names_the_site_in_chinese_and_opens_it_without_a_browser_frame(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["short_name"], manifest["display"], manifest["lang"]) == (
        "焦个企惠",
        "standalone",
        "zh-Hans",
    )
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert [each["name"] for each in manifest["shortcuts"]] == ["我能享受什么", "查政策"]


def test_every_address_of_the_manifest_answers(client: Client, library) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    for each in manifest["shortcuts"]:
        assert client.get(each["url"]).status_code == 200
    for each in manifest["icons"]:
        name = each["src"].removeprefix("/static/").partition("?")[0]
        head = Path(str(finders.find(name))).read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert each["sizes"] == "{}x{}".format(*struct.unpack(">II", head[16:24]))


def test_the_manifest_names_another_city(client: Client, settings) -> None:
    settings.HUIQI_CITY = "410100"
    assert json.loads(client.get("/manifest.webmanifest").content)["name"] == "焦个企惠：郑州的政策和贷款"


def test_the_worker_is_a_script_asked_for_anew_each_time_and_sent_only_when_it_changed(
    client: Client,
) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get("/sw.js", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_worker_knows_its_version_and_the_files_by_their_content(client: Client) -> None:
    first, _, _ = client.get("/sw.js").content.decode().partition("\n")
    site = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))
    assert len(site["version"]) == 12
    assert all("?v=" in address for address in site["files"])
    assert (site["offline"], site["clear"]) == ("/offline/", "/matching/clear/")
    assert site["own"] == {
        "pages": ["/", "/policies/"],
        "rooms": ["/matching/", "/calculator/"],
        "account": "/accounts/",
    }


def test_where_it_is_turned_off_the_worker_only_takes_its_leave(client: Client, settings) -> None:
    settings.HUIQI_OFFLINE = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "fetch" not in script


def test_a_page_has_room_for_what_it_says_by_itself_as_the_worker_looks_for_it(client: Client) -> None:
    assert '<div id="said" class="said" role="status"></div>' in client.get("/offline/").content.decode()


def test_the_list_of_kept_pages_says_what_to_do_without_scripts_too(client: Client) -> None:
    page = client.get("/offline/").content.decode()
    assert "没有丢" in page
    assert "现在还没有" in page
