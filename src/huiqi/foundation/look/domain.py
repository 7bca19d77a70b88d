"""The icon set, plain names of trades, and how money and shares are written."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

JOINER = "\u200d"
# Read aloud on the telephone: no 0 and O, no 1, I and L.
NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # pragma: allowlist secret
NUMBER_LENGTH = 12

# Strokes on a grid of 24, drawn 1.75 wide by the stylesheet.
ICONS: Mapping[str, tuple[str, ...]] = {
    "home": ("M4 11 12 4l8 7v8.5H4z", "M9.5 19.5v-5.5h5v5.5"),
    "shop": (
        "M4 10v9.5h16V10",
        "M3 9l2-4.5h14L21 9",
        "M3 9a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0",
        "M9.5 19.5V14h5v5.5",
    ),
    "file": ("M6 3.5h8l4.5 4.5v12.5H6z", "M13.5 3.5v5h5", "M9 12.5h6.5", "M9 16h6.5"),
    "checklist": ("M4 4.5h16v15H4z", "M7.5 12l3 3 6-6.5"),
    "help": (
        "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17",
        "M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.9.4-1.2 1-1.2 2",
        "M12 16.8v.3",
    ),
    "search": ("M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13", "M15.4 15.4 20 20"),
    "tick": ("M5 12.5 10 17.5 19 7",),
    "up": ("M12 19.5V5", "M6 11l6-6.5 6 6.5"),
    "question": ("M8.5 8.8a3.6 3.6 0 1 1 5.2 3.3c-1.3.6-1.7 1.5-1.7 3", "M12 18.6v.4"),
    "dash": ("M6 12h12",),
    "cross": ("M6.5 6.5l11 11", "M17.5 6.5l-11 11"),
    "eye": (
        "M2.8 12C5 7.8 8.3 5.8 12 5.8s7 2 9.2 6.2c-2.2 4.2-5.5 6.2-9.2 6.2S5 16.2 2.8 12",
        "M12 9.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4",
    ),
    "forward": ("M9.5 5.5 16 12l-6.5 6.5",),
    "back": ("M14.5 5.5 8 12l6.5 6.5",),
    "clock": ("M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17", "M12 7.5V12l3.2 2"),
    "yuan": ("M7 4.5l5 7 5-7", "M12 11.5V20", "M8 13h8", "M8 16.5h8"),
    "receipt": ("M5.5 3.5h13v17l-2.6-1.8-2 1.8-1.9-1.8-1.9 1.8-2-1.8-2.6 1.8z", "M9 8h6", "M9 12h6"),
    "gift": (
        "M4 9h16v4H4z",
        "M5.5 13v7h13v-7",
        "M12 9v11",
        "M12 9C8 9 6.8 7.8 6.8 6.4S9.3 3.6 12 9c2.7-5.4 5.2-4 5.2-2.6S16 9 12 9",
    ),
    "bank": ("M3.5 9.5 12 4l8.5 5.5z", "M5.5 10v7", "M10 10v7", "M14 10v7", "M18.5 10v7", "M3.5 20h17"),
    "badge": ("M12 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11", "M8.5 13.5 7 20.5l5-2.5 5 2.5-1.5-7"),
    "pencil": (
        "M4.5 19.5l.8-4L15.8 5a1.9 1.9 0 0 1 2.7 0l.5.5a1.9 1.9 0 0 1 0 2.7L8.5 18.7z",
        "M14 6.8l3.2 3.2",
    ),
    "trash": ("M5 7h14", "M9.5 7V4.5h5V7", "M6.5 7l.8 13h9.4l.8-13", "M10.5 10.5v6", "M13.5 10.5v6"),
    "alert": ("M12 4 21 19.5H3z", "M12 10v4.5", "M12 17v.2"),
    "shield": ("M12 3.5 19 6v5.5c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6z",),
    "people": (
        "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
        "M3.5 19.5c0-3.5 2.3-5.5 5.5-5.5s5.5 2 5.5 5.5",
        "M15.5 5.3a3 3 0 0 1 0 5.4",
        "M17 14.3c2.2.6 3.5 2.4 3.5 5.2",
    ),
    "steps": ("M4 18.5h5v-5h5v-5h6", "M16.5 5l3.5 3.5-3.5 3.5"),
    "grid": ("M4.5 4.5h6v6h-6z", "M13.5 4.5h6v6h-6z", "M4.5 13.5h6v6h-6z", "M13.5 13.5h6v6h-6z"),
    "phone": (
        "M5 4.5h3.5l1.8 4.3-2.2 1.6a12 12 0 0 0 5.5 5.5l1.6-2.2 4.3 1.8V19a1.5 1.5 0 0 1-1.6 1.5",
        "M18.5 20.5C10.6 20 4 13.4 3.5 6.1A1.5 1.5 0 0 1 5 4.5",
    ),
    "pin": (
        "M12 3.5a6.5 6.5 0 0 1 6.5 6.5c0 4.3-3.8 7.3-6.5 10.5C9.3 17.3 5.5 14.3 5.5 10A6.5 6.5 0 0 1 12 3.5",
        "M12 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6",
    ),
}


# What shop owners call their trade, with its class of GB/T 4754-2017; the whole list follows below it.
COMMON_TRADES: Mapping[str, str] = {
    "H6210": "饭店、面馆、火锅店（正餐服务）",
    "H6220": "快餐店",
    "H6291": "小吃店、早餐店",
    "H6239": "奶茶店、冷饮店",
    "H6129": "小旅馆、招待所",
    "H6130": "民宿",
    "F5213": "便利店",
    "F5212": "超市",
    "F5219": "小卖部、杂货店",
    "F5223": "水果店、蔬菜店",
    "F5222": "蛋糕店、面包店",
    "F5227": "烟酒店（烟草零售）",
    "F5232": "服装店",
    "F5251": "药店",
    "F5292": "网店",
    "O8040": "理发店、美容店",
    "O8053": "养生按摩店",
    "O8010": "家政服务",
    "O8111": "修车、汽车保养",
    "O8030": "洗衣店",
    "R8930": "健身房",
    "G543": "货运、拉货",
    "L7291": "旅行社",
    "A017": "种四大怀药（中药材种植）",
    "C273": "中药饮片加工",
    "C143": "方便面、速冻食品加工",
    "E5012": "家庭装修队",
    "I65": "软件和信息技术",
}


@dataclass(frozen=True, slots=True)
class HomeCity:
    """The city whose businesses the site serves, in the words of a sentence: 河南省, 焦作市, 焦作."""

    code: str
    province_code: str
    province: str
    name: str

    @property
    def short(self) -> str:
        """As people say it; 州, 盟 and 地区 belong to the name."""
        return self.name.removesuffix("市")


@dataclass(frozen=True, slots=True)
class Modes:
    """How a visitor wants every page shown: 长辈版 (large), 高对比, both or neither."""

    is_elder: bool = False
    is_contrast: bool = False

    @property
    def text(self) -> str:
        """As a cookie keeps it: elder.contrast"""
        return ".".join(self._names())

    @property
    def classes(self) -> str:
        """As the sheet knows it: is-elder is-contrast"""
        return " ".join(f"is-{name}" for name in self._names())

    def _names(self) -> list[str]:
        chosen = {"elder": self.is_elder, "contrast": self.is_contrast}
        return [name for name, is_chosen in chosen.items() if is_chosen]


def modes_of(text: str) -> Modes:
    """What a cookie says; a word nobody knows says nothing."""
    names = text.split(".")
    return Modes("elder" in names, "contrast" in names)


def cut_before(text: str, most: int) -> int:
    """Where to cut so that at most so many code points stay and what only joins onto the one before (a mark,
    the selector of a variant 异体字, a joiner) is not parted from it. A text of nothing else is cut anyway.
    """
    end = min(most, len(text))
    while 0 < end < len(text) and (text[end] == JOINER or unicodedata.category(text[end]).startswith("M")):
        end -= 1
    return end or most


def exact_yuan(yuan: int) -> str:
    """¥1,280,000"""
    return f"¥{yuan:,}"


def share(fraction: float) -> str:
    """0.0335 as 3.35%"""
    return f"{fraction * 100:.4f}".rstrip("0").rstrip(".") + "%"


def is_request_number(text: str) -> bool:
    """Whether a text could be the number of a request of ours."""
    return len(text) == NUMBER_LENGTH and all(each in NUMBER_ALPHABET for each in text)
