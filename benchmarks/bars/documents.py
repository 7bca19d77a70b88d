"""Bars on documents: a large upload fits into a small machine, and a PDF is issued while one waits."""

import functools

from benchmarks.bars import Figure, bar
from benchmarks.documents import SENT_MEGABYTES, Result, measure

SOURCE = "B1, documents"
MOST_MB, MOST_PHOTO_MB, MOST_SECONDS = 48, 256, 1.0


@bar(
    f"{SENT_MEGABYTES} MB handed in and fetched again: memory beyond what the site holds anyway",
    f"≤ {MOST_MB} MB",
    source=SOURCE,
)
def upload() -> Figure:
    found = _result()
    text = f"{found.pdf_mb:.0f} MB in {found.pdf_seconds:.2f} s, fetched with {found.fetch_mb:.0f} MB"
    return Figure(text, is_met=max(found.pdf_mb, found.fetch_mb) <= MOST_MB)


@bar("a photograph of 50 million dots handed in: memory", f"≤ {MOST_PHOTO_MB} MB", source=SOURCE)
def photograph() -> Figure:
    found = _result()
    return Figure(
        f"{found.photo_mb:.0f} MB in {found.photo_seconds:.2f} s", is_met=found.photo_mb <= MOST_PHOTO_MB
    )


@bar("a PDF issued with Chinese fonts, the same bytes each time", f"≤ {MOST_SECONDS:g} s", source=SOURCE)
def print_pdf() -> Figure:
    found = _result()
    text = f"{found.print_seconds:.2f} s, {found.print_bytes / 1024:.0f} KB"
    return Figure(text, is_met=found.print_seconds <= MOST_SECONDS and found.is_print_the_same)


@functools.cache
def _result() -> Result:
    return measure()
