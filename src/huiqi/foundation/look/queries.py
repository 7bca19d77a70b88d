"""Names of codes, for people: regions by GB/T 2260, trades by GB/T 4754-2017."""

from functools import lru_cache

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_divisions, load_industries
from huiqi.core.rules.facts import CodeSystem
from huiqi.core.standards.divisions import DivisionCodeError, Divisions
from huiqi.core.standards.industries import Industries, IndustryCodeError

STANDARDS_FOLDER = "standards"


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The table of divisions shipped with the catalogue."""
    return load_divisions(shipped_path() / STANDARDS_FOLDER)


@lru_cache(maxsize=1)
def industries() -> Industries:
    """The table of industries shipped with the catalogue."""
    return load_industries(shipped_path() / STANDARDS_FOLDER)


def region_name(code: str) -> str:
    """河南省焦作市温县; a code outside the table stands for itself."""
    try:
        return divisions().full_name(code)
    except DivisionCodeError:
        return code


def code_name(system: CodeSystem, code: str) -> str:
    """The name of a region or a trade, for the wording of rules."""
    if system is CodeSystem.REGION:
        return region_name(code)
    try:
        return industries().name_of(code)
    except IndustryCodeError:
        return code
