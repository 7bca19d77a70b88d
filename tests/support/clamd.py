"""A private clamd that knows one thing: the harmless test file every scanner knows (EICAR)."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.serving import free_port

# In two halves, so that no file of ours is one that scanners take away.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
THREAT = "Huiqi.Test.Eicar"
MOST_BYTES = 2 * 2**20
LONGEST_START = 60


@dataclass(frozen=True, slots=True)
class PrivateClamd:
    """Where it listens: on a socket and, for this machine alone, on a port."""

    unix: str
    tcp: str


@contextmanager
def private_clamd() -> Iterator[PrivateClamd]:
    """Start it with a signature of our own, so that nothing is fetched; gone when the block ends."""
    # A socket's whole path must stay under 108 bytes, so the folder lies directly under /tmp.
    with tempfile.TemporaryDirectory(prefix="huiqi-av-", dir="/tmp") as folder:
        home, port = Path(folder), free_port()
        _write(home, port)
        command = [_program(), f"--config-file={home / 'clamd.conf'}", "--foreground"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                _wait_for(home / "clamd.sock", server)
                yield PrivateClamd(f"unix:{home / 'clamd.sock'}", f"tcp://127.0.0.1:{port}")
            finally:
                server.kill()


def _write(home: Path, port: int) -> None:
    signatures = home / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"{THREAT}:0:*:{TEST_VIRUS.hex()}\n", encoding="ascii")
    settings = {
        "LocalSocket": home / "clamd.sock",
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "DatabaseDirectory": signatures,
        "TemporaryDirectory": home,
        "StreamMaxLength": MOST_BYTES,
        "MaxThreads": 2,
        "Foreground": "yes",
        "LogFile": home / "clamd.log",
        "SelfCheck": 0,
    }
    text = "".join(f"{name} {value}\n" for name, value in settings.items())
    (home / "clamd.conf").write_text(text, encoding="ascii")


def _program() -> str:
    found = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin") or shutil.which("clamd")
    if found is None:
        raise FileNotFoundError("clamd is missing. On Debian or Ubuntu: apt-get install clamav-daemon")
    return found


def _wait_for(socket: Path, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + LONGEST_START
    while time.monotonic() < last and server.poll() is None:
        if socket.exists():
            return
        time.sleep(0.05)  # another process: there is nothing to wait on but its socket
    raise RuntimeError(f"clamd did not come up within {LONGEST_START} s (exit {server.poll()}).")
