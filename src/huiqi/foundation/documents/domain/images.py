"""Photographs: drawn anew from their dots, so that nothing else that lay in the file is left of it."""

import io
from threading import Lock
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from huiqi.foundation.documents.domain.kinds import HEIC
from huiqi.foundation.documents.domain.refusals import RefusedError, refuse_unless

MOST_DOTS = {"jpeg": 64_000_000}
MOST_DOTS_OTHERWISE = 40_000_000  # a JPEG may be decoded at a fraction, the others not
MOST_SCANS = 32  # of a progressive JPEG: each goes over the whole picture again
LONGEST_SIDE = 4096
ENOUGH = 3000  # an A4 page at 250 dots an inch: a JPEG at least twice as large is decoded at half the size
_QUALITY = 88
_PIECE = 256 * 1024
_SCAN = b"\xff\xda"
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", HEIC: "HEIF"}
_SAVED_AS = {"jpeg": "jpeg", "png": "png", "webp": "webp", HEIC: "jpeg"}
_BROKEN = "照片不完整，打不开。请重新拍一张，或在相册里确认能打开后再上传。"
_HUGE = "照片的尺寸太大（像素太多）。请截图，或在相册里缩小后再上传。"
_one_at_a_time = Lock()  # two large ones together are more memory than a small machine has

pi_heif.register_heif_opener(thumbnails=False)


def redraw(file: BinaryIO, kind: str) -> tuple[str, bytes]:
    """The kind it is kept as, and the picture drawn anew: turned upright, without place, time and camera
    (EXIF), its longer side at most LONGEST_SIDE dots. RefusedError for what cannot be drawn.
    """
    if kind == "jpeg":
        refuse_unless(_scans(file) <= MOST_SCANS, _BROKEN)
    file.seek(0)
    try:
        with _one_at_a_time, Image.open(file, formats=[_FORMATS[kind]]) as picture:
            most = MOST_DOTS.get(kind, MOST_DOTS_OTHERWISE)
            refuse_unless(picture.width * picture.height <= most, _HUGE)
            if kind == "jpeg":
                picture.draft("RGB", (ENOUGH, ENOUGH))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _SAVED_AS[kind], _drawn(upright, _SAVED_AS[kind])
    except RefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as failure:
        raise RefusedError(_HUGE) from failure
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError) as failure:
        raise RefusedError(_BROKEN) from failure


def _scans(file: BinaryIO) -> int:
    """How many scans begin in a JPEG: in what is coded, the mark of one cannot occur."""
    file.seek(0)
    count, last = 0, b""
    while piece := file.read(_PIECE):
        count += (last + piece).count(_SCAN)
        last = piece[-1:]
    return count


def _drawn(picture: Image.Image, kind: str) -> bytes:
    has_alpha = picture.has_transparency_data and kind != "jpeg"
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    plain.info.clear()
    drawn = io.BytesIO()
    plain.save(drawn, _FORMATS[kind], **({} if kind == "png" else {"quality": _QUALITY}))
    return drawn.getvalue()
