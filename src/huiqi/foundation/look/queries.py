"""Names for people: regions by GB/T 2260, trades by GB/T 4754-2017, the document an item rests on."""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_divisions, load_industries
from huiqi.core.rules.facts import CodeSystem
from huiqi.core.standards.divisions import Division, DivisionCodeError, Divisions, parent_of
from huiqi.core.standards.industries import Industries, IndustryCodeError
from huiqi.foundation.look.domain import COMMON_TRADES, HomeCity, Modes, cut_before, modes_of

STANDARDS_FOLDER = "standards"
MODES_COOKIE = "modes"
REQUEST_NUMBER: ContextVar[str] = ContextVar("request_number", default="")


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The table of divisions shipped with the catalogue."""
    return load_divisions(shipped_path() / STANDARDS_FOLDER)


@lru_cache(maxsize=1)
def industries() -> Industries:
    """The table of industries shipped with the catalogue."""
    return load_industries(shipped_path() / STANDARDS_FOLDER)


def home_city() -> HomeCity:
    """The city the site serves, as the operator set it (HUIQI_CITY)."""
    return _named_city(settings.HUIQI_CITY)


@lru_cache(maxsize=8)
def _named_city(code: str) -> HomeCity:
    province_code = parent_of(code) or code
    province, full = divisions().full_name(province_code), divisions().full_name(code)
    # A municipality is its own province: 北京市 stands for both.
    return HomeCity(code, province_code, province, full.removeprefix(province) or full)


def counties() -> tuple[Division, ...]:
    """The counties of the city the site serves; none where it has none (东莞)."""
    return tuple(divisions().children_of(home_city().code))


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
    return _trade_name(code)


def basis_text(issuer: str, doc_no: str | None) -> str:
    """Who issued a document and its number; the issuer once where the number begins with it."""
    if not doc_no:
        return issuer
    return doc_no if doc_no.startswith(issuer) else f"{issuer}，{doc_no}"


def modes_for(request: HttpRequest) -> Modes:
    """How this visitor wants pages shown. An answer that depends on it varies by Cookie; the token of the
    switch in every head already says so.
    """
    return modes_of(request.COOKIES.get(MODES_COOKIE, ""))


def request_number() -> str:
    """The number of the request that is being answered; empty outside of one."""
    return REQUEST_NUMBER.get()


def shortened(text: str, most: int) -> str:
    """At most so many code points, never cut through a character."""
    return text[: cut_before(text, most)]


def common_trades() -> Mapping[str, str]:
    """The trades asked for most, in the words of shop owners, by their code."""
    return COMMON_TRADES


def _trade_name(code: str) -> str:
    """The official name where it is known, else the shop owners' word, else the wider trade and the code.

    A wider name alone would lie: not every trade of 商务服务业 is a travel agency (L7291).
    """
    table = industries()
    try:
        industry = table.parse(code)
    except IndustryCodeError:
        return code
    named = {industry.section.letter, *(each.code for each in table.divisions), *table.labels}
    if code in named:
        return table.name_of(code)
    return COMMON_TRADES.get(code) or f"{table.name_of(code)}（{code}）"
