"""How well the site is: what was measured of each part, and what follows from it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How a part is; the later one is the worse."""

    OK = "ok"
    LATE = "late"
    BROKEN = "broken"


STATES: Mapping[State, str] = {State.OK: "正常", State.LATE: "要留意", State.BROKEN: "坏了"}
# Without these nothing could be served, or what people hand in would be lost: only they turn a site away
# from its load balancer. A log that waits for its seal loses nothing.
VITAL = frozenset({"database", "catalogue", "storage", "disk"})
# How many times later than late is broken, and how many times the least free space is little.
BROKEN_TIMES = 10
LITTLE_TIMES = 4
LABELS: Mapping[str, str] = {
    "database": "数据库",
    "catalogue": "政策库",
    "storage": "材料存放",
    "disk": "磁盘空间",
    "sealer": "日志封存",
    "jobs": "后台任务",
    "scanner": "查毒软件",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``figures`` for machines, in seconds, counts and megabytes; ``words`` how it is, ``advice``
    what to do, empty for nothing.
    """

    name: str
    state: State
    words: str
    advice: str = ""
    figures: Mapping[str, float | int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def state_label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Health:
    """Every part that could be looked at."""

    parts: tuple[Part, ...]

    @property
    def state(self) -> State:
        """That of the worst part."""
        return max((part.state for part in self.parts), key=list(State).index, default=State.OK)

    @property
    def is_serving(self) -> bool:
        """Whether people may be sent here."""
        return not any(part.state is State.BROKEN and part.name in VITAL for part in self.parts)

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)


def state_by(value: float, late: float, broken: float) -> State:
    """How something is that is the worse the larger it is."""
    if value >= broken:
        return State.BROKEN
    return State.LATE if value >= late else State.OK


def database_part(*, is_reachable: bool, is_writable: bool) -> Part:
    if not is_reachable:
        return Part("database", State.BROKEN, "连不上数据库。", "请看数据库服务有没有启动、连接地址对不对。")
    if not is_writable:
        advice = "请看数据库是不是只读的备库，数据文件和所在的磁盘能不能写。"
        return Part("database", State.BROKEN, "数据库读得到，但写不进去。", advice)
    return Part("database", State.OK, "读得到，也写得进。")


def catalogue_part(edition: int) -> Part:
    if not edition:
        return Part("catalogue", State.BROKEN, "政策库还是空的。", "请运行 huiqi serve，它会装入政策库。")
    return Part("catalogue", State.OK, f"第 {edition} 版，已装入。", figures={"edition": edition})


def storage_part(*, is_kept: bool) -> Part:
    if is_kept:
        return Part("storage", State.OK, "放得进，也读得出。")
    advice = "请看数据目录里的 documents 文件夹还在不在、能不能写。已经上传的材料没有动过。"
    return Part("storage", State.BROKEN, "材料放不进去或读不出来，现在不能上传。", advice)


def disk_part(free_mb: int, least_mb: int) -> Part:
    state = state_by(-free_mb, -least_mb * LITTLE_TIMES, -least_mb)
    words = f"还剩 {free_mb:,} MB。"
    advice = (
        "" if state is State.OK else "请腾出空间：清理旧的备份和日志，或者换更大的磁盘。满了就什么也存不下。"
    )
    return Part("disk", state, words, advice, {"free_mb": free_mb})


def sealer_part(seconds: float, late: int) -> Part:
    state = state_by(seconds, late, late * BROKEN_TIMES)
    words = f"最早一条等了 {_span(seconds)}。" if seconds else "都已封存。"
    advice = (
        "" if state is State.OK else "封存程序可能停了。请运行 huiqi audit seal，或者重启网站。日志没有丢。"
    )
    return Part("sealer", state, words, advice, {"seconds_behind": round(seconds, 1)})


def jobs_part(seconds: float, dead: int, late: int) -> Part:
    state = state_by(seconds, late, late * BROKEN_TIMES)
    words = [f"最早一件晚了 {_span(seconds)}。" if seconds else "没有晚的。"]
    advice = []
    if state is not State.OK:
        advice.append("后台程序可能停了。请运行 huiqi jobs work，或者重启网站。任务都还在，没有丢。")
    if dead:
        words.append(f"没做成的 {dead} 件。")
        advice.append("请运行 huiqi jobs list 看原因，再用 huiqi jobs retry 重做。")
        state = max(state, State.LATE, key=list(State).index)
    return Part(
        "jobs", state, "".join(words), "".join(advice), {"seconds_behind": round(seconds, 1), "dead": dead}
    )


def scanner_part(*, is_answering: bool) -> Part:
    if is_answering:
        return Part("scanner", State.OK, "有回应。")
    advice = "请看 clamd 有没有启动。新上传的材料会等着，查完才能下载，没有丢。"
    return Part("scanner", State.BROKEN, "没有回应。", advice)


def health_of(parts: Iterable[Part]) -> Health:
    """The parts in the order they are named."""
    return Health(tuple(sorted(parts, key=lambda part: list(LABELS).index(part.name))))


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{round(seconds)} 秒"
    return f"{round(seconds / 60)} 分钟" if seconds < 7200 else f"{round(seconds / 3600)} 小时"
