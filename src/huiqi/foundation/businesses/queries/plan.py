"""The dictionary and the plan of the sheet as they are shipped."""

from functools import lru_cache

from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.catalogue.sheet import SHEET_FILE, SheetPlan, load_sheet
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.standards.size_class import SizeStandard
from huiqi.foundation.look.queries import STANDARDS_FOLDER


@lru_cache(maxsize=1)
def dictionary() -> FactDictionary:
    """Every fact there is."""
    return read_dictionary(shipped_path() / FACTS_FILE)


@lru_cache(maxsize=1)
def plan() -> SheetPlan:
    """Groups, information classes and how long values keep."""
    return load_sheet(shipped_path() / SHEET_FILE, dictionary())


@lru_cache(maxsize=1)
def size_standard() -> SizeStandard:
    """The 2017 standard by which a size class is derived (自测)."""
    return load_size_standard(shipped_path() / STANDARDS_FOLDER)
