"""Photographs: drawn anew from their dots, so that nothing else that lay in the file is left of it."""

import io
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from huiqi.foundation.documents.domain.kinds import HEIC
from huiqi.foundation.documents.domain.refusals import RefusedError, refuse_unless

MOST_DOTS = 64_000_000
LONGEST_SIDE = 4096
ENOUGH = 3000  # an A4 page at 250 dots an inch: a JPEG at least twice as large is decoded at half the size
_QUALITY = 88
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", HEIC: "HEIF"}
_SAVED_AS = {"jpeg": "jpeg", "png": "png", "webp": "webp", HEIC: "jpeg"}
_BROKEN = "照片不完整，打不开。请重新拍一张，或在相册里确认能打开后再上传。"
_HUGE = f"照片的尺寸太大（超过 {MOST_DOTS // 1_000_000} 百万像素）。请截图，或在相册里缩小后再上传。"

pi_heif.register_heif_opener(thumbnails=False)


def redraw(file: BinaryIO, kind: str) -> tuple[str, bytes]:
    """The kind it is kept as, and the picture drawn anew: turned upright, without place, time and camera
    (EXIF), its longer side at most LONGEST_SIDE dots. RefusedError for what cannot be drawn.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[_FORMATS[kind]]) as picture:
            refuse_unless(picture.width * picture.height <= MOST_DOTS, _HUGE)
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


def _drawn(picture: Image.Image, kind: str) -> bytes:
    has_alpha = picture.has_transparency_data and kind != "jpeg"
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    plain.info.clear()
    drawn = io.BytesIO()
    plain.save(drawn, _FORMATS[kind], **({} if kind == "png" else {"quality": _QUALITY}))
    return drawn.getvalue()
