"""Where the catalogue of this installation lies."""

from __future__ import annotations

import os
from pathlib import Path

from huiqi.catalogue.problems import CatalogueError

ENVIRONMENT_VARIABLE = "HUIQI_CATALOGUE"
FACTS_FILE = "facts.yaml"

_PACKAGE = Path(__file__).resolve().parent


def shipped_path() -> Path:
    """The folder that holds ``facts.yaml`` and ``items/``.

    In order: the folder named by ``HUIQI_CATALOGUE``; ``shipped`` inside the installed package (a wheel);
    ``catalogue/`` of the checkout this package lies in. A named folder that is no catalogue is an error and
    is never passed over in silence. Raises :class:`CatalogueError`.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE, "").strip()
    if named:
        folder = Path(named).expanduser().resolve()
        if not (folder / FACTS_FILE).is_file():
            raise CatalogueError.single(
                str(folder),
                "",
                f"环境变量 {ENVIRONMENT_VARIABLE} 指向的文件夹里没有 {FACTS_FILE}。"
                "请改为政策库所在的文件夹，或取消这个变量使用自带的政策库",
            )
        return folder
    for folder in _shipped_folders():
        if (folder / FACTS_FILE).is_file():
            return folder
    raise CatalogueError.single(
        str(_shipped_folders()[-1]),
        "",
        f"找不到政策库（缺少 {FACTS_FILE}）。请重新安装本程序，"
        f"或用环境变量 {ENVIRONMENT_VARIABLE} 指明政策库所在的文件夹",
    )


def _shipped_folders() -> tuple[Path, ...]:
    # A wheel carries the data inside the package; a checkout keeps it beside src/.
    return (_PACKAGE / "shipped", _PACKAGE.parents[2] / "catalogue")
