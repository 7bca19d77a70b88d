"""Tags every page may use: icons, marks, money, days, shares, names of regions.

What stands in every line of a long list is a tag: a component costs ten times as much.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Protocol

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiqi.core.rules.wording import date_text, day_text, money_text
from huiqi.foundation.look import queries
from huiqi.foundation.look.domain import ICONS, exact_yuan, share

register = template.Library()


class _Card(Protocol):
    """What the tags read of an item: its sum in whole 元 or the formula that stands for it, its window."""

    amount_yuan: int | None
    amount_unit: str
    formula: str
    window: str
    opens_on: date
    closes_on: date | None
    days_left: int | None
    is_closing_soon: bool


@register.simple_tag
@cache
def icon(name: str, anchor: str = "") -> SafeString:
    """An inline drawing; decoration only, so the words beside it carry the meaning. With an ``anchor`` the
    page may show it again by `icon_again`.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        '<path{} d="{}"/></svg>',
        format_html(' id="{}"', anchor) if anchor else "",
        " ".join(ICONS[name]),
    )


@register.simple_tag
def icon_again(anchor: str) -> SafeString:
    """What the page draws once under this ``anchor``, in every line of a long list."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        '<use href="#{}"/></svg>',
        anchor,
    )


@register.simple_tag
def request_number() -> str:
    """The number of this request, by which we find it again."""
    return queries.request_number() or "-"


@register.simple_tag
@lru_cache(maxsize=1024)
def qr(address: str) -> SafeString:
    """The address as a code to be read by a phone; the address itself stands beside it in words. Drawing one
    takes as long as the rest of a page, so those drawn last are kept.
    """
    picture = segno.make(address, micro=False, error="m").svg_data_uri(border=2, omitsize=True)
    return format_html(
        '<img class="qr" src="{}" alt="二维码，扫一扫打开这一页" width="160" height="160">', picture
    )


@register.simple_tag
def mark(name: str, label: str, icon_name: str) -> SafeString:
    """How an item stands for the visitor: a word and a drawing, never a colour alone."""
    return format_html('<span class="mark mark-{}">{}{}</span>', name, icon(icon_name), label)


@register.simple_tag
def money(card: _Card) -> SafeString:
    """The largest sum, the exact one on a tap; the formula where the text names none."""
    if not card.amount_yuan:
        return format_html('<p class="money">{}</p>', card.formula)
    return format_html(
        '<p class="money">{}最高 <strong title="{}">{}</strong></p>',
        card.amount_unit,
        exact_yuan(card.amount_yuan),
        money_text(card.amount_yuan),
    )


@register.simple_tag
def window(card: _Card) -> SafeString:
    """When the item can be had; nothing where it has no end."""
    if card.window == "not_yet":
        return format_html('<span class="tag is-info">{}开始</span>', day_text(card.opens_on))
    if card.closes_on is None:
        return SafeString()
    until = day_text(card.closes_on)
    if card.window == "closed":
        return format_html('<span class="tag">已过期：{}止</span>', until)
    if card.is_closing_soon:
        words = '<span class="tag is-warn">{}还剩 {} 天，{}止</span>'
        return format_html(words, icon("clock"), card.days_left, until)
    return format_html('<span class="tag">{}止</span>', until)


@register.simple_tag
def city() -> str:
    """焦作"""
    return queries.home_city().short


@register.simple_tag
def city_name() -> str:
    """焦作市"""
    return queries.home_city().name


@register.simple_tag
def province_name() -> str:
    """河南省"""
    return queries.home_city().province


@register.simple_tag
def basis(issuer: str, doc_no: str | None) -> str:
    """财政部，财税〔2016〕12号"""
    return queries.basis_text(issuer, doc_no)


@register.filter
def day(value: date) -> str:
    """2026年12月31日（周四）"""
    return day_text(value)


@register.filter
def plain_day(value: date) -> str:
    """2026年12月31日"""
    return date_text(value)


@register.filter
def yuan(value: int) -> str:
    """48.6 万元"""
    return money_text(value)


@register.filter
def yuan_exact(value: int) -> str:
    """¥486,000"""
    return exact_yuan(value)


@register.filter
def percent(value: float) -> str:
    """0.0335 as 3.35%"""
    return share(value)


@register.filter
def county(code: str) -> str:
    """温县, where the city goes without saying"""
    return queries.divisions()[code].name


@register.filter
def region(code: str) -> str:
    """河南省焦作市温县"""
    return queries.region_name(code)
