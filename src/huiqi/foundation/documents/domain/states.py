"""How a file stands with the scanner, and who may be given it."""

from enum import StrEnum


class ScanState(StrEnum):
    """waiting → clean | infected; unscanned where no scanner is set up. Own files need no scan."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"


LABELS = {
    ScanState.WAITING: "正在查毒",
    ScanState.CLEAN: "可以下载",
    ScanState.INFECTED: "有病毒，已隔离",
    ScanState.UNSCANNED: "未扫描",
}


def may_be_served(state: ScanState, *, are_unscanned_served: bool) -> bool:
    """Clean files, and unscanned ones where the operator allows it; nothing else ever."""
    return state is ScanState.CLEAN or (state is ScanState.UNSCANNED and are_unscanned_served)
