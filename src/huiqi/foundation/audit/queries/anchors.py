"""The anchors kept outside the database."""

from pathlib import Path

from django.conf import settings

from huiqi.foundation.audit.domain import Anchor, AnchorError, read_anchor

SUFFIX = ".anchor.json"
LARGEST_BYTES = 4096


def kept_anchors() -> tuple[Anchor, ...]:
    """Every anchor in the folder; AnchorError for the first that cannot be read."""
    return tuple(anchor_in(path) for path in sorted(Path(settings.HUIQI_ANCHORS).glob(f"*{SUFFIX}")))


def anchor_in(path: Path) -> Anchor:
    """The anchor a file holds; AnchorError where it holds none."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_BYTES).decode()
    except (OSError, UnicodeDecodeError) as failure:
        raise AnchorError(f"锚点文件 {path} 读不出来，请检查文件名和权限") from failure
    return read_anchor(text, str(path))
