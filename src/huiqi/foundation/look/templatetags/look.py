"""Tags every page may use: icons, money, days, shares, names of regions."""

from datetime import date

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiqi.core.rules.wording import date_text, day_text, money_text
from huiqi.foundation.look import queries
from huiqi.foundation.look.domain import ICONS, exact_yuan, share

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline drawing; decoration only, so the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        " ".join(ICONS[name]),
    )


@register.simple_tag
def qr(address: str) -> SafeString:
    """The address as a code to be read by a phone; the address itself stands beside it in words."""
    picture = segno.make(address, micro=False, error="m").svg_data_uri(border=2, omitsize=True)
    return format_html(
        '<img class="qr" src="{}" alt="二维码，扫一扫打开这一页" width="160" height="160">', picture
    )


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
