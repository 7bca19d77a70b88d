"""What the operator may set from outside, read once and checked before anything starts."""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_divisions
from huiqi.core.standards.divisions import DivisionLevel

SHORTEST_SECRET = 50
MOST_AN_HOUR = 100_000
_SECRET_FILE = "secret-key"  # noqa: S105 (the name of a file, not a secret)
_JIAOZUO = "410800"
_POSTGRES = ("postgres", "postgresql")
SHORTEST_KEEP_DAYS = 180  # 网络安全法：网络日志留存不少于六个月
SHORTEST_KEEP_LOAN_DAYS = 3 * 366
_KEYS_FILE = "field-keys.json"
_CIPHERS = {"aes": "aes-256-gcm", "sm4": "sm4-gcm"}
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_SMS = ("demo", "file", "http", "none")
SHORTEST_SMS_SECRET = 20
_SCANNER = re.compile(r"unix:/[^\0]{1,100}|tcp://(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]):[1-9]\d{0,4}")
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; ``is_tls`` for a line that is encrypted from its first byte."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_tls: bool


class EnvironmentMistakeError(ValueError):
    """A setting that must not be used; the message says which variable to change, and to what."""


class Mode(StrEnum):
    """How the site runs: to be tried, for real, or under test."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """How codes are sent (``sms``: demo, file, http or none) and how long codes and sessions last."""

    sms: str
    sms_url: str
    sms_secret: str
    code_minutes: int
    staff_hours: int
    session_days: int


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How long the log and the jobs may wait, and the free space without which nothing can be kept."""

    late_seconds: int
    least_free_mb: int


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything taken from environment variables.

    ``database_url`` is None for the SQLite file inside ``data_dir``; ``secret_key`` is None where it is to
    be kept in ``data_dir``; ``home_city`` is the division (GB/T 2260) whose businesses the site serves;
    ``keys_file`` holds the keys of encrypted fields, and ``cipher`` is what a new one of them is for.
    ``anchors_dir`` holds the daily heads of the audit chain; the two ``audit_keep`` say for how many days at
    least entries stay, those about loans apart. ``jobs_keep_days`` is how long jobs that ended are kept.
    ``mail_server`` is None where there is none.
    ``clamd`` is where the virus scanner listens, empty for none; ``are_unscanned_served`` says whether files
    no scanner has seen may be fetched, with a mark. ``watch`` says from when on the site is
    no longer well.
    """

    mode: Mode
    data_dir: Path
    home_city: str
    database_url: str | None
    secret_key: str | None
    allowed_hosts: tuple[str, ...]
    keys_file: Path
    cipher: str
    is_debug: bool
    is_behind_proxy: bool
    is_kept_offline: bool
    anchors_dir: Path
    audit_keep_days: int
    audit_keep_loan_days: int
    jobs_keep_days: int
    mail_server: MailServer | None
    mail_from: str
    lookups_per_visitor: int
    lookups_per_code: int
    sign_in: "SignInSettings"
    upload_most_mb: int
    upload_most_files: int
    uploads_an_hour: int
    verifications_an_hour: int
    clamd: str
    are_unscanned_served: bool
    invitation_days: int
    look_minutes: int
    mandate_days: int
    watch: "WatchSettings"

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read and check; EnvironmentMistakeError names the variable that is wrong."""
    data_dir = Path(variables.get("HUIQI_DATA") or "~/.huiqi").expanduser()
    environment = Environment(
        mode=_mode(variables),
        data_dir=data_dir,
        home_city=_city(variables.get("HUIQI_CITY") or _JIAOZUO),
        database_url=_database(variables.get("HUIQI_DATABASE_URL") or None),
        secret_key=variables.get("HUIQI_SECRET_KEY") or None,
        allowed_hosts=_hosts(variables.get("HUIQI_ALLOWED_HOSTS", "")),
        keys_file=Path(variables.get("HUIQI_KEYS") or data_dir / _KEYS_FILE).expanduser(),
        cipher=_cipher(variables.get("HUIQI_CIPHER") or "aes"),
        is_debug=_flag(variables, "HUIQI_DEBUG"),
        is_behind_proxy=_flag(variables, "HUIQI_BEHIND_PROXY"),
        is_kept_offline=_flag(variables, "HUIQI_OFFLINE", default="1"),
        anchors_dir=Path(variables.get("HUIQI_ANCHORS") or data_dir / "anchors").expanduser(),
        audit_keep_days=_days(variables, "HUIQI_AUDIT_KEEP_DAYS", SHORTEST_KEEP_DAYS),
        audit_keep_loan_days=_days(variables, "HUIQI_AUDIT_KEEP_LOAN_DAYS", SHORTEST_KEEP_LOAN_DAYS),
        jobs_keep_days=_days(variables, "HUIQI_JOBS_KEEP_DAYS", 7, 90),
        mail_server=_mail_server(variables.get("HUIQI_MAIL_URL") or None),
        mail_from=_mail_from(variables),
        lookups_per_visitor=_count(variables, "HUIQI_LOOKUPS_PER_VISITOR", 60),
        lookups_per_code=_count(variables, "HUIQI_LOOKUPS_PER_CODE", 20),
        sign_in=_sign_in(variables),
        upload_most_mb=_count(variables, "HUIQI_UPLOAD_MOST_MB", 20, 200),
        upload_most_files=_count(variables, "HUIQI_UPLOAD_MOST_FILES", 5, 20),
        uploads_an_hour=_count(variables, "HUIQI_UPLOADS_AN_HOUR", 60),
        verifications_an_hour=_count(variables, "HUIQI_VERIFICATIONS_AN_HOUR", 30),
        clamd=_scanner(variables.get("HUIQI_CLAMD", "").strip()),
        are_unscanned_served=_flag(
            variables, "HUIQI_SERVE_UNSCANNED", default="0" if _mode(variables) is Mode.PRODUCTION else "1"
        ),
        invitation_days=_whole(variables, "HUIQI_INVITATION_DAYS", 7, 60, "天"),
        look_minutes=_whole(variables, "HUIQI_LOOK_MINUTES", 30, 240, "分钟"),
        mandate_days=_whole(variables, "HUIQI_MANDATE_DAYS", 365, 1096, "天"),
        watch=_watch(variables),
    )
    if environment.is_production:
        _check_production(environment)
    return environment


def kept_secret(data_dir: Path) -> str:
    """The key kept in the data directory, made at first start and readable by its owner alone."""
    path = data_dir / _SECRET_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_secret(path)
        return _read_secret(path)
    except OSError as failure:
        raise EnvironmentMistakeError(
            f"数据文件夹 {data_dir} 不能用（{failure.strerror}）。请检查权限和磁盘空间，"
            "或用 HUIQI_DATA 换一个文件夹。"
        ) from failure


def _make_secret(path: Path) -> None:
    """Whole or not at all, and never over another's: several processes may start at once."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_SECRET_FILE)  # readable by its owner alone
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SHORTEST_SECRET))
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()


def _read_secret(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < SHORTEST_SECRET:
        raise EnvironmentMistakeError(
            f"密钥文件 {path} 不完整。请删除它再启动（会重新生成，已保存在访客浏览器里的回答将作废）。"
        )
    return secret


def _mode(variables: Mapping[str, str]) -> Mode:
    named = variables.get("HUIQI_MODE") or Mode.DEMO
    try:
        return Mode(named)
    except ValueError:
        known = "、".join(Mode)
        raise EnvironmentMistakeError(f"HUIQI_MODE 不能是“{named}”，只能是 {known}。") from None


def _city(code: str) -> str:
    if code == _JIAOZUO:
        return code
    found = load_divisions(shipped_path() / "standards").get(code)
    if found is None or found.level is not DivisionLevel.CITY:
        raise EnvironmentMistakeError(
            f"HUIQI_CITY 不能是“{code}”。请写地级市的六位行政区划代码，例如 410800（焦作市）。"
        )
    return code


def _database(url: str | None) -> str | None:
    """Only what the site is tested on; the address itself may hold a password and is never repeated."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        is_known = parts.scheme == "sqlite" or (
            parts.scheme in _POSTGRES and parts.port != 0 and len(parts.path) > 1
        )
    except ValueError:
        is_known = False
    if not is_known:
        raise EnvironmentMistakeError(
            "HUIQI_DATABASE_URL 看不懂。请写成 postgres://用户:密码@主机:5432/库名 的样子，"
            "或去掉它，使用自带的 SQLite。"
        )
    return url


def _cipher(named: str) -> str:
    try:
        return _CIPHERS[named]
    except KeyError:
        raise EnvironmentMistakeError(f"HUIQI_CIPHER 不能是“{named}”，只能是 aes 或 sm4（国密）。") from None


def _hosts(text: str) -> tuple[str, ...]:
    named = tuple(host.strip() for host in text.split(",") if host.strip())
    return named or _LOCAL_HOSTS


def _flag(variables: Mapping[str, str], name: str, default: str = "0") -> bool:
    text = variables.get(name, "").strip() or default
    if text not in ("0", "1"):
        raise EnvironmentMistakeError(f"{name} 不能是“{text}”，只能是 0 或 1。")
    return text == "1"


def _days(variables: Mapping[str, str], name: str, least: int, default: int | None = None) -> int:
    text = variables.get(name, "").strip() or str(least if default is None else default)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) >= least):
        raise EnvironmentMistakeError(f"{name} 不能是“{text}”，请写 {least} 到 99999 之间的天数。")
    return int(text)


def _count(variables: Mapping[str, str], name: str, default: int, most: int = MOST_AN_HOUR) -> int:
    text = variables.get(name, "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise EnvironmentMistakeError(f"{name} 不能是“{text}”，请写 1 到 {most} 之间的整数。")
    return int(text or default)


def _mail_server(url: str | None) -> MailServer | None:
    """The address may hold a password and is never repeated."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host, port, is_tls = parts.hostname or "", parts.port, parts.scheme == "smtps"
        is_known = parts.scheme in ("smtp", "smtps") and host and port != 0
    except ValueError:
        is_known = False
    if not is_known:
        raise EnvironmentMistakeError(
            "HUIQI_MAIL_URL 看不懂。请写成 smtps://用户:密码@主机:465 的样子，或去掉它，不发邮件。"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, port or (465 if is_tls else 25), user, password, is_tls)


def _mail_from(variables: Mapping[str, str]) -> str:
    address = variables.get("HUIQI_MAIL_FROM", "").strip()
    if variables.get("HUIQI_MAIL_URL") and not _ADDRESS.fullmatch(address):
        raise EnvironmentMistakeError(
            "设置了 HUIQI_MAIL_URL，还要用 HUIQI_MAIL_FROM 写明发件邮箱，例如 huiqi@example.gov.cn。"
        )
    return address


def _scanner(address: str) -> str:
    """clamd knows no password, so it is spoken to on this machine alone."""
    if address and not _SCANNER.fullmatch(address):
        raise EnvironmentMistakeError(
            f"HUIQI_CLAMD 不能是“{address}”。请写 unix:/run/clamav/clamd.ctl 或 tcp://127.0.0.1:3310 的样子，"
            "只能是本机；没有查毒软件就去掉它。"
        )
    return address


def _sign_in(variables: Mapping[str, str]) -> SignInSettings:
    is_production = _mode(variables) is Mode.PRODUCTION
    sms = variables.get("HUIQI_SMS") or ("none" if is_production else "demo")
    url, secret = variables.get("HUIQI_SMS_URL", ""), variables.get("HUIQI_SMS_SECRET", "")
    if sms not in _SMS:
        raise EnvironmentMistakeError(f"HUIQI_SMS 不能是“{sms}”，只能是 {'、'.join(_SMS)}。")
    if is_production and sms in ("demo", "file"):
        raise EnvironmentMistakeError(
            "正式环境不能把验证码显示出来。请把 HUIQI_SMS 改为 http，接上短信网关。"
        )
    if sms == "http":
        _check_gateway(url, secret, is_production)
    return SignInSettings(
        sms,
        url,
        secret,
        code_minutes=_whole(variables, "HUIQI_CODE_MINUTES", 5, 30, "分钟"),
        staff_hours=_whole(variables, "HUIQI_STAFF_SESSION_HOURS", 12, 24 * 7, "小时"),
        session_days=_whole(variables, "HUIQI_SESSION_DAYS", 30, 366, "天"),
    )


def _watch(variables: Mapping[str, str]) -> WatchSettings:
    return WatchSettings(
        late_seconds=_whole(variables, "HUIQI_LATE_SECONDS", 60, 3600, "秒"),
        least_free_mb=_whole(variables, "HUIQI_LEAST_FREE_MB", 500, 99999, "MB"),
    )


def _check_gateway(url: str, secret: str, is_production: bool) -> None:
    scheme = urlsplit(url).scheme
    if scheme != "https" and (is_production or scheme != "http"):
        raise EnvironmentMistakeError("HUIQI_SMS_URL 请写短信网关的地址，以 https:// 开头。")
    if len(secret) < SHORTEST_SMS_SECRET:
        raise EnvironmentMistakeError(
            f"HUIQI_SMS_SECRET 请写与网关约好的密钥，至少 {SHORTEST_SMS_SECRET} 位。"
        )


def _whole(variables: Mapping[str, str], name: str, default: int, most: int, unit: str) -> int:
    text = variables.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= most):
        raise EnvironmentMistakeError(f"{name} 不能是“{text}”，请写 1 到 {most} 之间的整数（{unit}）。")
    return int(text)


def _check_production(environment: Environment) -> None:
    if environment.is_debug:
        raise EnvironmentMistakeError("正式环境不能打开调试。请去掉 HUIQI_DEBUG，或把 HUIQI_MODE 改为 demo。")
    if "*" in environment.allowed_hosts or environment.allowed_hosts == _LOCAL_HOSTS:
        raise EnvironmentMistakeError(
            "正式环境要写明网站域名。请设置 HUIQI_ALLOWED_HOSTS，例如 huiqi.example.gov.cn。"
        )
    secret = environment.secret_key
    if secret is not None and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 12):
        raise EnvironmentMistakeError(
            f"HUIQI_SECRET_KEY 太短或太简单。请换成至少 {SHORTEST_SECRET} 位的随机字符，"
            "或去掉它，由系统自动生成。"
        )
