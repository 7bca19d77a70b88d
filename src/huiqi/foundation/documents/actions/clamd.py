"""A client of clamd, the daemon of ClamAV: one file a connection, by its INSTREAM command.

The protocol: ``zINSTREAM\\0``, then pieces, each after its length in four bytes, then a length of nothing.
The answer is one line: ``stream: OK``, ``stream: <what> FOUND``, or ``… ERROR``.
"""

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address

CONNECT_SECONDS = 3
ANSWER_SECONDS = 30
LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.{1,200}) FOUND")
_TCP = re.compile(r"tcp://(\[[0-9a-fA-F:]+\]|[0-9.]+):(\d{1,5})")


class ScannerError(RuntimeError):
    """The scanner gave no verdict: unreachable, too slow, or the file is larger than it takes."""


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """What the scanner says; ``threat`` is its name for what it found, empty for a clean file."""

    threat: str = ""


Scanner = Callable[[Iterable[bytes]], ScanVerdict]


def scanner_at(address: str) -> Scanner | None:
    """The scanner at ``unix:/path`` or ``tcp://127.0.0.1:3310``; None where the address is empty.

    clamd knows no password, so only this machine is spoken to. ValueError for any other address.
    """
    if not address:
        return None
    family, target = _target(address)
    return lambda pieces: _scan(family, target, pieces)


def is_answering(address: str) -> bool:
    """Whether the scanner at an address, as `scanner_at` takes it, is there and listens."""
    family, target = _target(address)
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(CONNECT_SECONDS)
            line.connect(target)
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _target(address: str) -> tuple[socket.AddressFamily, str | tuple[str, int]]:
    if address.startswith("unix:/"):
        return socket.AF_UNIX, address.removeprefix("unix:")
    if found := _TCP.fullmatch(address):
        host = ip_address(found[1].strip("[]"))
        if host.is_loopback and 0 < int(found[2]) < 65536:
            family = socket.AF_INET if host.version == 4 else socket.AF_INET6
            return family, (str(host), int(found[2]))
    raise ValueError(f"no scanner is at {address!r}")


def _scan(
    family: socket.AddressFamily, target: str | tuple[str, int], pieces: Iterable[bytes]
) -> ScanVerdict:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(CONNECT_SECONDS)
            line.connect(target)
            line.settimeout(ANSWER_SECONDS)
            _send(line, pieces)
            return _verdict(_answer(line))
    except OSError as failure:
        raise ScannerError(f"clamd: {failure}") from failure


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    """clamd closes the line in the middle of a file it finds too large; its answer then says so."""
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            if piece:
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket) -> str:
    answer = b""
    while len(answer) < LONGEST_ANSWER and not answer.endswith(b"\0"):
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _verdict(answer: str) -> ScanVerdict:
    """Only the two answers that are verdicts count as one."""
    if answer == "stream: OK":
        return ScanVerdict()
    if found := _FOUND.fullmatch(answer):
        return ScanVerdict(found[1])
    raise ScannerError(f"clamd gave no verdict: {answer[:200]!r}")
