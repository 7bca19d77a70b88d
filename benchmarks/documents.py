"""Handing in 20 MB and issuing a PDF: how long it takes, and how much memory.

`python -m benchmarks.documents`: in a process of its own on SQLite in a throw-away folder.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 2**20
SENT_MEGABYTES = 19  # just below the limit: with its frame it makes 20 MB
PRINTS = 5
BOUNDARY = "between-the-parts-of-a-benchmark"


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of one upload of each kind and of one print; what the process grew by, in MB, at its peak.

    ``fetch_mb`` is for a download; a PDF is kept as it is, a photograph is drawn anew.
    """

    pdf_seconds: float
    pdf_mb: float
    fetch_mb: float
    photo_seconds: float
    photo_mb: float
    print_seconds: float
    print_bytes: int
    is_print_the_same: bool


def measure() -> Result:
    """Measure in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="huiqi-documents-") as folder:
        environment = {**os.environ, "HUIQI_MODE": "test", "HUIQI_DATA": folder}
        environment |= {"DJANGO_SETTINGS_MODULE": "huiqi.config.settings", "HUIQI_SERVE_UNSCANNED": "1"}
        environment.pop("HUIQI_DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.documents", "--inside"]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return Result(**json.loads(told.stdout.splitlines()[-1]))


def table(result: Result) -> str:
    """The result as lines of text."""
    return (
        f"documents of {SENT_MEGABYTES} MB\n"
        f"  a PDF handed in: {result.pdf_seconds:.2f} s, {result.pdf_mb:.0f} MB more at the peak\n"
        f"  fetched again: {result.fetch_mb:.0f} MB more\n"
        f"  a photograph handed in: {result.photo_seconds:.2f} s, {result.photo_mb:.0f} MB more at the peak\n"
        f"  a PDF issued: {result.print_seconds:.2f} s, {result.print_bytes / 1024:.0f} KB"
    )


def _inside() -> Result:
    import django  # noqa: PLC0415 - only the process inside needs a site

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from tests.support.people import client_of, someone  # noqa: PLC0415

    setup_test_environment()
    call_command("migrate", verbosity=0)
    who = someone("owner")
    client = client_of(who)
    _send(client, who, "small")  # what the first of all uploads loads is not of the measure
    begun = _peak()
    pdf_seconds = _send(client, who, "pdf")
    handed_in = _peak()
    _fetch_largest(client)
    fetched = _peak()
    photo_seconds = _send(client, who, "photo")
    drawn = _peak()
    return Result(
        pdf_seconds, handed_in - begun, fetched - handed_in, photo_seconds, drawn - fetched, *_prints()
    )


def _send(client: Any, who: Any, kind: str) -> float:
    """Post from a file written by another process, so that the sender's copy is not counted."""
    from huiqi.foundation.documents.queries import offer_upload, shelf_of  # noqa: PLC0415

    offer = offer_upload(who.actor, shelf_of(who.actor), "/documents/")
    part = 'Content-Disposition: form-data; name="upload_key"\r\n\r\n'
    head = f"--{BOUNDARY}\r\n{part}{offer.form_key}\r\n--{BOUNDARY}\r\n"
    head += 'Content-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    with tempfile.TemporaryFile() as body:
        body.write(head.encode())
        body.flush()
        subprocess.run(
            [sys.executable, "-m", "benchmarks.documents", "--write", kind], check=True, stdout=body
        )
        length = body.seek(0, os.SEEK_END)
        length += body.write(f"\r\n--{BOUNDARY}--\r\n".encode())
        body.seek(0)
        address, _, query = offer.address.partition("?")
        began = time.perf_counter()
        answer = client.request(
            REQUEST_METHOD="POST",
            PATH_INFO=address,
            QUERY_STRING=query,
            CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
            CONTENT_LENGTH=str(length),
            **{"wsgi.input": body},
        )
        seconds = time.perf_counter() - began
    if answer.status_code != 302:
        raise RuntimeError(f"the upload was answered with {answer.status_code}")
    return seconds


def _fetch_largest(client: Any) -> None:
    from huiqi.foundation.documents.models import Document  # noqa: PLC0415

    one = Document.objects.order_by("-content__size").first()
    fetched = sum(map(len, client.get(f"/documents/{one.pk}/download/")))
    if fetched != one.content.size:
        raise RuntimeError(f"{fetched} bytes of {one.content.size} came back")


def _content(kind: str) -> bytes:
    from tests.foundation.documents.files import pdf  # noqa: PLC0415

    if kind == "photo":
        return _photograph()
    return pdf(more=b"% " + bytes(SENT_MEGABYTES * MEGABYTE) + b"\n") if kind == "pdf" else pdf()


def _photograph() -> bytes:
    """Fifty million dots of noise: as large as a telephone makes them."""
    from PIL import Image  # noqa: PLC0415

    drawn = io.BytesIO()
    Image.effect_noise((8160, 6120), 60).convert("RGB").save(drawn, "JPEG", quality=35)
    return drawn.getvalue()


def _prints() -> tuple[float, int, bool]:
    from huiqi.foundation.documents.actions.printing import print_pdf  # noqa: PLC0415
    from tests.foundation.documents.test_printing import CONTENT, STAMP  # noqa: PLC0415

    made, seconds = set(), []
    for _ in range(PRINTS):
        began = time.perf_counter()
        made.add(print_pdf("letter", CONTENT, STAMP))
        seconds.append(time.perf_counter() - began)
    return max(seconds), len(next(iter(made))), len(made) == 1


def _peak() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure uploads and PDFs.")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--write", default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.write:
        sys.stdout.buffer.write(_content(chosen.write))
        return
    if chosen.inside:
        print(json.dumps(asdict(_inside())))
        return
    print(table(measure()))


if __name__ == "__main__":
    main()
