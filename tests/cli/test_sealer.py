"""The sealer beside the server: it seals, it is started again when killed, and it goes with the server."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest

LONGEST_SECONDS = 60


def until(is_so: Callable[[], object]) -> object:
    """What a condition comes to, asked again and again until it is true."""
    pause = Event()
    for _ in range(LONGEST_SECONDS * 10):
        if found := is_so():
            return found
        pause.wait(0.1)
    raise AssertionError("it never came about")


def sealers(data: Path) -> set[int]:
    """The sealers of one data folder that are running."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
            variables = (process / "environ").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if b"audit\0seal" in words and f"HUIQI_DATA={data}\0".encode() in variables + b"\0":
            found.add(int(process.name))
    return found


def anchors_in(data: Path) -> list[Path]:
    return list((data / "anchors").glob("*.anchor.json"))


@contextmanager
def served(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    command = [sys.executable, "-m", "huiqi.cli", "serve", "--port", str(port)]
    environment = {**known, "HUIQI_DATA": str(data)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            yield server, f"http://127.0.0.1:{port}/healthz"
        finally:
            server.send_signal(signal.SIGINT)


def health(address: str) -> dict[str, object]:
    try:
        with urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            return dict(json.load(answer))
    except OSError:
        return {}


def seconds_behind(address: str) -> object:
    parts = health(address).get("parts", {})
    return parts.get("sealer", {}).get("seconds_behind") if isinstance(parts, dict) else None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="没有 /proc，看不到别的进程")
def test_a_sealer_runs_beside_the_server_is_started_again_and_goes_with_it(tmp_path: Path) -> None:
    with served(tmp_path) as (server, address):
        until(lambda: seconds_behind(address) == 0)
        first = until(lambda: sealers(tmp_path))
        assert isinstance(first, set)
        assert len(first) == 1
        killed = first.pop()
        until(lambda: anchors_in(tmp_path))
        os.kill(killed, signal.SIGKILL)
        assert until(lambda: sealers(tmp_path) - {killed})
    assert server.returncode is not None
    until(lambda: not sealers(tmp_path))
    assert len(anchors_in(tmp_path)) == 1
