"""A clean clone of the current revision and a demo started in it, as somebody new would."""

import atexit
import functools
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("HUIQI_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "DJANGO_")


@functools.cache
def place() -> Path:
    """An empty folder of this run, removed at its end."""
    path = Path(tempfile.mkdtemp(prefix="huiqi-evidence-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


@functools.cache
def clone() -> Path:
    """HEAD, cloned; what is not committed is not in it."""
    target = place() / "clone"
    run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], cwd=place())
    return target


def environment(cwd: Path) -> dict[str, str]:
    """Nothing of this project's surroundings: empty package caches, and a data folder of that place alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    caches = {"UV_CACHE_DIR": str(place() / "uv-cache"), "PIP_CACHE_DIR": str(place() / "pip-cache")}
    return kept | caches | {"HUIQI_DATA": str(cwd / ".huiqi")}


def run(command: Sequence[str], *, cwd: Path, may_fail: bool = False) -> str:
    """Output of a command; RuntimeError with its last lines where it fails and may not."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(cwd),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode and not may_fail:
        raise RuntimeError(f"{' '.join(command)} failed: … {done.stdout[-600:]}")
    return done.stdout


@contextmanager
def served(command: Sequence[str], *, cwd: Path, port: int) -> Iterator[float]:
    """Start a server, wait for its home page, yield the seconds that took, stop it."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as output:
        server = subprocess.Popen(
            command, cwd=cwd, env=environment(cwd), stdout=output, stderr=output, start_new_session=True
        )
        try:
            while not _answers(port):
                if server.poll() is not None:
                    output.seek(0)
                    text = output.read().decode(errors="replace")
                    raise RuntimeError(f"{' '.join(command)} stopped: … {text[-600:]}")
                time.sleep(0.2)
            yield time.monotonic() - began
        finally:
            _stop(server)


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8")
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        return get(port, "/")[0] == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if server.poll() is not None:
            return
        os.killpg(server.pid, sign)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
