"""Printing a PDF: the same words, number and moment give the same bytes (ADR 0020)."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import segno
import typst

from huiqi.core.rules.wording import date_text
from huiqi.foundation.documents.domain import PrintContent

_TEMPLATES = Path(__file__).parents[1] / "prints"
_PREFERRED = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "FangSong",
    "SimSun",
    "WenQuanYi Zen Hei",
)
_RARE = ("Plangothic P1", "Plangothic P2", "SimSun-ExtB", "SimSun-ExtG", "HanaMinB")  # for 生僻字 of names
_NOT_SHOWN = re.compile(r"the text `\"(?:\\u\{([0-9a-f]{1,6})\}|([^\"]{1,8}))\"` could not")


class NoChineseFontError(RuntimeError):
    """The machine has no font with Chinese characters; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__(
            "这台机器上没有中文字体，印不出文件。请安装一种，例如 apt-get install fonts-noto-cjk fontconfig，"
            "再试一次。没有出具任何文件，填的内容都没有丢。"
        )


class NoGlyphError(RuntimeError):
    """A character no font of the machine can show; the message names it and says what to do."""

    def __init__(self, said: str) -> None:
        found = _NOT_SHOWN.search(said)
        mark = chr(int(found[1], 16)) if found and found[1] else (found[2] if found else "")
        super().__init__(
            f"有字印不出来{f'：“{mark}”' if mark else ''}。请核对这个字，或在这台机器上安装收字更全的字体"
            "（例如遍黑体 Plangothic），再试一次。没有出具任何文件，填的内容都没有丢。"
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a PDF one of ours: its number, its check code in groups, who issued it and when, and the
    page on which it is verified.
    """

    number: str
    code: str
    issuer: str
    issued_at: datetime
    address: str
    verify_link: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families, the first one for everything it has, and the folders their files lie in."""

    families: tuple[str, ...]
    folders: tuple[str, ...]


def print_pdf(template: str, content: PrintContent, stamp: Stamp) -> bytes:
    """The PDF (PDF/A-2b: fonts embedded, every character shown). NoChineseFontError, NoGlyphError; KeyError
    for a template there is not.
    """
    source = _TEMPLATES / f"{template}.typ"
    if source.parent != _TEMPLATES or not source.is_file():
        raise KeyError(template)
    fonts = chinese_fonts()
    at = stamp.issued_at
    told = {
        "title": content.title,
        "recipient": content.recipient,
        "paragraphs": content.paragraphs,
        "rows": content.rows,
        "number": stamp.number,
        "code": stamp.code,
        "issuer": stamp.issuer,
        "issued_at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "issued_on": date_text(at.date()),
        "address": stamp.address,
        "qr": _qr(stamp.verify_link),
        "fonts": fonts.families,
    }
    try:
        printed = typst.compile(
            str(source),
            root=str(_TEMPLATES),
            font_paths=list(fonts.folders),
            ignore_system_fonts=True,
            sys_inputs={"told": json.dumps(told)},
            pdf_standards="a-2b",
        )
    except typst.TypstError as failure:
        if "could not be displayed" not in str(failure):
            raise
        raise NoGlyphError(str(failure)) from failure
    return bytes(printed)


@lru_cache(maxsize=1)
def chinese_fonts() -> Fonts:
    """The fonts with Chinese characters fontconfig knows, the best first; NoChineseFontError without any."""
    found = _fonts()
    if not found:
        raise NoChineseFontError
    known = [name for name in (*_PREFERRED, *_RARE) if name in found] or sorted(found)
    return Fonts(tuple(known), tuple(dict.fromkeys(found[name] for name in known)))


def _fonts() -> dict[str, str]:
    """Families with Chinese characters, each with its folder."""
    command = shutil.which("fc-list")
    if command is None:
        return {}
    asked = [command, ":lang=zh-cn", "--format", "%{family[0]}\t%{file}\n"]
    answer = subprocess.run(asked, capture_output=True, check=False, timeout=30)  # noqa: S603
    lines = (line.split("\t") for line in answer.stdout.decode(errors="replace").splitlines())
    return {line[0]: str(Path(line[1]).parent) for line in lines if len(line) == 2}


def _qr(link: str) -> str:
    drawn = io.BytesIO()
    segno.make(link, micro=False, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
