"""A site whose database is stopped says so, and is well again by itself."""

import json
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.support.postgres import private_cluster
from tests.support.serving import free_port, serving


def test_a_database_that_is_stopped_is_named_and_the_rest_is_still_told(tmp_path: Path) -> None:
    with ExitStack() as cluster:
        url = cluster.enter_context(private_cluster())
        with serving(tmp_path, free_port(), HUIQI_DATABASE_URL=url) as address:
            cluster.close()
            status, told = health(f"{address}/healthz", "database")
            assert status == 503
            assert told["database"]["state"] == "broken"
            assert told["storage"]["state"] == "ok"
            assert "catalogue" not in told


def health(address: str, broken: str) -> tuple[int, dict[str, dict[str, object]]]:
    """The first answer in which the part is broken; what was measured just before may be told once more."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
                status, told = answer.status, json.load(answer)["parts"]
        except urllib.error.HTTPError as failure:
            status, told = failure.code, json.load(failure)["parts"]
        if told[broken]["state"] == "broken":
            return status, told
