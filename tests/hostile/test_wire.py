"""What no client library sends, written to the socket of a running site byte by byte: it answers or hangs
up, never breaks, and serves the next who comes.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.support.serving import free_port, serving

PATIENCE_SECONDS = 30
ENOUGH_SECONDS = 0.5  # for an answer to a lie; some are rightly waited for in vain
_HOST = b"Host: localhost\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
_POST = b"POST /accounts/sign-in/ HTTP/1.1\r\n" + _HOST + _FORM
PIECES = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
MANY = b"".join(b"X%d: a\r\n" % n for n in range(1000))
SMUGGLED = b"GET /accounts/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"

WIRE = {
    "a body shorter than it says": _POST + b"Content-Length: 500\r\n\r\nphone=1",
    "a body longer than it says": _POST + b"Content-Length: 3\r\n\r\nphone=13800000000",
    "two lengths": _POST + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nphone=138",
    "a length below nothing": _POST + b"Content-Length: -1\r\n\r\n",
    "a length and pieces": _POST + PIECES + SMUGGLED,
    "pieces that are none": _POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nphone\r\n",
    "pieces said twice": _POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a header with a line in it": b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\r\n b\r\n\r\n",
    "a header with NUL": b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\0b\r\n\r\n",
    "an endless header": b"GET / HTTP/1.1\r\n" + _HOST + b"X: " + b"a" * 900_000 + b"\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\n" + _HOST + MANY + b"\r\n",
    "no host at all": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n" + _HOST + b"Host: evil.example\r\n\r\n",
    "a whole address of another": b"GET http://evil.example/ HTTP/1.1\r\n" + _HOST + b"\r\n",
    "an address with a line in it": b"GET /?a\rX: b HTTP/1.1\r\n" + _HOST + b"\r\n",
    "bytes that are no request": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "an older protocol": b"GET /\r\n\r\n",
    "a newer protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 60,
    "nothing": b"",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    number = free_port()
    with serving(tmp_path_factory.mktemp("wire") / "data", number, HUIQI_HOSTS="localhost"):
        yield number


@pytest.mark.parametrize("name", WIRE)
def test_a_lie_on_the_wire_breaks_nothing(name: str, port: int) -> None:
    told = sent(port, WIRE[name], ENOUGH_SECONDS)
    assert b"Traceback" not in told
    assert not told.startswith(b"HTTP/1.1 5")
    assert b"\r\nlocation: http" not in told.lower()
    assert told.count(b"HTTP/1.1 ") <= 2, "what was hidden in a body is no request"
    well = b"GET /healthz HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n"
    assert sent(port, well, PATIENCE_SECONDS).startswith(b"HTTP/1.1 200")


def sent(port: int, request: bytes, patience: float) -> bytes:
    """All that comes back until the site hangs up, or nothing more has come for so long."""
    told = b""
    with socket.create_connection(("127.0.0.1", port), patience) as wire, suppress(OSError):
        wire.sendall(request)
        while piece := wire.recv(65536):
            told += piece
    return told
