"""What the operator says of a city's 统一身份认证, read once and checked before anything starts."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from huiqi.config.environment import EnvironmentMistakeError

LONGEST_MAX_AGE = 24 * 60
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"[\w（）()·-][\w（）()· -]{0,19}")
_CLAIM = re.compile(r"[A-Za-z0-9_.:/-]{1,100}")


def read_identity_provider(variables: Mapping[str, str], *, is_production: bool) -> dict[str, object] | None:
    """What `accounts.adapters.oidc.Arrangement` is made of; None where no provider is named."""
    issuer = _text(variables, "ISSUER")
    if not issuer:
        return None
    _check_issuer(issuer, is_production=is_production)
    scopes = (_text(variables, "SCOPES") or "openid profile phone").split()
    if "openid" not in scopes:
        raise EnvironmentMistakeError("HUIQI_OIDC_SCOPES 里要有 openid，例如 openid profile phone。")
    return {
        "issuer": issuer,
        "client_id": _client_id(variables),
        "client_secret": _secret(variables),
        "name": _name(variables),
        "scopes": " ".join(scopes),
        "subject_claim": _claim(variables, "SUBJECT", "sub"),
        "phone_claim": _claim(variables, "PHONE", "phone_number"),
        "name_claim": _claim(variables, "PERSON_NAME", "name"),
        "strong_acr": tuple(_text(variables, "STRONG_ACR").split()),
        "max_age": _max_age(variables),
        "is_phone_trusted": _is_phone_trusted(variables),
    }


def _text(variables: Mapping[str, str], name: str) -> str:
    return variables.get(f"HUIQI_OIDC_{name}", "").strip()


def _check_issuer(issuer: str, *, is_production: bool) -> None:
    try:
        parts = urlsplit(issuer)
        is_tried = parts.scheme == "http" and parts.hostname in _LOOPBACK and not is_production
        is_good = bool(parts.hostname) and (parts.scheme == "https" or is_tried)
    except ValueError:
        is_good = False
    if not is_good or parts.query or parts.fragment or parts.username:
        raise EnvironmentMistakeError(
            "HUIQI_OIDC_ISSUER 看不懂。请写统一身份认证平台的 issuer，以 https:// 开头，"
            "与它的发现文档里一字不差。"
        )


def _client_id(variables: Mapping[str, str]) -> str:
    found = _text(variables, "CLIENT_ID")
    if not found:
        raise EnvironmentMistakeError(
            "设置了 HUIQI_OIDC_ISSUER，还要用 HUIQI_OIDC_CLIENT_ID 写明平台分配的应用编号。"
        )
    return found


def _secret(variables: Mapping[str, str]) -> str:
    """From a file where one is named, so that no list of processes shows it; empty for a public client."""
    path = _text(variables, "CLIENT_SECRET_FILE")
    if not path:
        return _text(variables, "CLIENT_SECRET")
    try:
        found = Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as failure:
        raise EnvironmentMistakeError(
            f"HUIQI_OIDC_CLIENT_SECRET_FILE 指的文件 {path} 读不了。请检查路径和权限。"
        ) from failure
    if not found:
        raise EnvironmentMistakeError(
            f"HUIQI_OIDC_CLIENT_SECRET_FILE 指的文件 {path} 是空的，请写入应用密钥。"
        )
    return found


def _name(variables: Mapping[str, str]) -> str:
    name = _text(variables, "NAME") or "统一身份认证"
    if not _NAME.fullmatch(name):
        raise EnvironmentMistakeError(
            f"HUIQI_OIDC_NAME 不能是“{name}”。请写平台的名称，最多 20 个字，例如 河南政务服务网。"
        )
    return name


def _claim(variables: Mapping[str, str], name: str, default: str) -> str:
    claim = _text(variables, name) or default
    if not _CLAIM.fullmatch(claim):
        raise EnvironmentMistakeError(
            f"HUIQI_OIDC_{name} 不能是“{claim}”，请写声明（claim）的名称，例如 {default}。"
        )
    return claim


def _max_age(variables: Mapping[str, str]) -> timedelta | None:
    text = _text(variables, "MAX_AGE")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= LONGEST_MAX_AGE):
        raise EnvironmentMistakeError(
            f"HUIQI_OIDC_MAX_AGE 不能是“{text}”，请写 1 到 {LONGEST_MAX_AGE} 之间的整数（分钟）。"
        )
    return timedelta(minutes=int(text))


def _is_phone_trusted(variables: Mapping[str, str]) -> bool:
    text = _text(variables, "TRUST_PHONE") or "0"
    if text not in ("0", "1"):
        raise EnvironmentMistakeError(f"HUIQI_OIDC_TRUST_PHONE 不能是“{text}”，只能是 0 或 1。")
    return text == "1"
