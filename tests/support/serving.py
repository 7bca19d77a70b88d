"""A site in a process of its own, started as an operator starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_START = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(data: Path, port: int, *, workers: int = 1, **settings: str) -> Iterator[str]:
    """The address of a site with its data in a folder; gone when the block ends."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    environment = {**known, "HUIQI_DATA": str(data), "HUIQI_MODE": "demo", **settings}
    command = [sys.executable, "-m", "huiqi.cli", "serve", f"--port={port}", f"--workers={workers}"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until_well(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_until_well(address: str, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + LONGEST_START
    while time.monotonic() < last and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)  # another process: there is nothing to wait on but its answer
    raise RuntimeError(f"The site did not come up within {LONGEST_START} s (exit {server.poll()}).")
