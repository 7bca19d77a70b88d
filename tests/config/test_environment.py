"""What an operator may set, what is refused, and the secret that is made once."""

import os
import stat
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huiqi.config.environment import (
    SHORTEST_SECRET,
    EnvironmentMistakeError,
    Mode,
    kept_secret,
    read_environment,
)

LONG_AND_VARIED = string.ascii_letters + string.digits
PRODUCTION = {"HUIQI_MODE": "production", "HUIQI_ALLOWED_HOSTS": "huiqi.example.gov.cn"}


def test_without_any_variable_the_site_is_a_demo_for_this_machine_alone() -> None:
    environment = read_environment({})
    assert environment.mode is Mode.DEMO
    assert environment.data_dir == Path("~/.huiqi").expanduser()
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (environment.database_url, environment.secret_key, environment.is_debug) == (None, None, False)


def test_production_sends_no_code_before_a_gateway_is_named() -> None:
    assert read_environment({}).sign_in.sms == "demo"
    assert read_environment(PRODUCTION).sign_in.sms == "none"
    gateway = {"HUIQI_SMS": "http", "HUIQI_SMS_URL": "https://sms.example", "HUIQI_SMS_SECRET": "x" * 20}
    assert read_environment({**PRODUCTION, **gateway}).sign_in.sms == "http"


def test_the_log_is_kept_as_long_as_the_law_asks_and_longer_where_told() -> None:
    least = read_environment({"HUIQI_DATA": "/x"})
    assert (least.audit_keep_days, least.anchors_dir) == (180, Path("/x/anchors"))
    assert least.audit_keep_loan_days >= 3 * 365
    told = read_environment({"HUIQI_AUDIT_KEEP_DAYS": "3650", "HUIQI_ANCHORS": "/worm"})
    assert (told.audit_keep_days, told.anchors_dir) == (3650, Path("/worm"))


def test_a_file_no_scanner_has_seen_is_served_to_be_tried_and_never_for_real() -> None:
    assert read_environment({}).are_unscanned_served
    assert not read_environment(PRODUCTION).are_unscanned_served
    assert read_environment({**PRODUCTION, "HUIQI_SERVE_UNSCANNED": "1"}).are_unscanned_served
    told = read_environment({"HUIQI_CLAMD": "unix:/run/clamav/clamd.ctl", "HUIQI_UPLOAD_MOST_MB": "50"})
    assert (told.clamd, told.upload_most_mb) == ("unix:/run/clamav/clamd.ctl", 50)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"HUIQI_MODE": "prod"}, "HUIQI_MODE"),
        ({"HUIQI_DEBUG": "yes"}, "HUIQI_DEBUG"),
        ({"HUIQI_OFFLINE": "off"}, "HUIQI_OFFLINE"),
        ({"HUIQI_AUDIT_KEEP_DAYS": "179"}, "HUIQI_AUDIT_KEEP_DAYS"),
        ({"HUIQI_AUDIT_KEEP_DAYS": "１８０"}, "HUIQI_AUDIT_KEEP_DAYS"),
        ({"HUIQI_AUDIT_KEEP_LOAN_DAYS": "1000"}, "HUIQI_AUDIT_KEEP_LOAN_DAYS"),
        ({**PRODUCTION, "HUIQI_DEBUG": "1"}, "HUIQI_DEBUG"),
        ({"HUIQI_CIPHER": "des"}, "HUIQI_CIPHER"),
        ({"HUIQI_UPLOAD_MOST_MB": "0"}, "HUIQI_UPLOAD_MOST_MB"),
        ({"HUIQI_UPLOAD_MOST_MB": "201"}, "HUIQI_UPLOAD_MOST_MB"),
        ({"HUIQI_UPLOAD_MOST_FILES": "21"}, "HUIQI_UPLOAD_MOST_FILES"),
        ({"HUIQI_CLAMD": "tcp://10.0.0.1:3310"}, "HUIQI_CLAMD"),
        ({"HUIQI_CLAMD": "/run/clamd.ctl"}, "HUIQI_CLAMD"),
        ({"HUIQI_SERVE_UNSCANNED": "maybe"}, "HUIQI_SERVE_UNSCANNED"),
        ({"HUIQI_CITY": "999900"}, "HUIQI_CITY"),
        ({"HUIQI_CITY": "410825"}, "HUIQI_CITY"),
        ({"HUIQI_CITY": "焦作"}, "HUIQI_CITY"),
        ({"HUIQI_DATABASE_URL": "huiqi.sqlite3"}, "HUIQI_DATABASE_URL"),
        ({"HUIQI_DATABASE_URL": "mysql://u:word@h/x"}, "HUIQI_DATABASE_URL"),
        ({"HUIQI_DATABASE_URL": "postgres://h"}, "HUIQI_DATABASE_URL"),
        ({"HUIQI_DATABASE_URL": "postgres://u:word@h:99999/x"}, "HUIQI_DATABASE_URL"),
        ({"HUIQI_MODE": "production"}, "HUIQI_ALLOWED_HOSTS"),
        ({**PRODUCTION, "HUIQI_ALLOWED_HOSTS": "*"}, "HUIQI_ALLOWED_HOSTS"),
        ({**PRODUCTION, "HUIQI_SECRET_KEY": LONG_AND_VARIED[:20]}, "HUIQI_SECRET_KEY"),
        ({**PRODUCTION, "HUIQI_SECRET_KEY": 80 * LONG_AND_VARIED[0]}, "HUIQI_SECRET_KEY"),
        ({**PRODUCTION, "HUIQI_SMS": "demo"}, "HUIQI_SMS"),
        ({**PRODUCTION, "HUIQI_SMS": "file"}, "HUIQI_SMS"),
        ({"HUIQI_SMS": "pigeon"}, "HUIQI_SMS"),
        ({**PRODUCTION, "HUIQI_SMS": "http", "HUIQI_SMS_URL": "http://sms.example"}, "HUIQI_SMS_URL"),
        ({"HUIQI_SMS": "http", "HUIQI_SMS_URL": "https://sms.example"}, "HUIQI_SMS_SECRET"),
        ({"HUIQI_CODE_MINUTES": "0"}, "HUIQI_CODE_MINUTES"),
        ({"HUIQI_STAFF_SESSION_HOURS": "1000"}, "HUIQI_STAFF_SESSION_HOURS"),
        ({"HUIQI_SESSION_DAYS": "many"}, "HUIQI_SESSION_DAYS"),
    ],
)
def test_a_setting_that_must_not_be_used_is_refused_by_name(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(EnvironmentMistakeError, match=named) as refusal:
        read_environment(wrong)
    assert "word" not in str(refusal.value)  # an address may hold a password


@pytest.mark.parametrize(
    "url", ["sqlite://:memory:", "sqlite:////tmp/x.sqlite3", "postgresql://huiqi@%2Ftmp%2Fpg/postgres"]
)
def test_an_address_of_a_database_is_taken_as_it_stands(url: str) -> None:
    assert read_environment({"HUIQI_DATABASE_URL": url}).database_url == url


def test_any_city_of_the_country_may_be_home() -> None:
    assert read_environment({}).home_city == "410800"
    assert read_environment({"HUIQI_CITY": "410100"}).home_city == "410100"


def test_production_with_hosts_and_a_good_secret_is_accepted() -> None:
    environment = read_environment({**PRODUCTION, "HUIQI_SECRET_KEY": LONG_AND_VARIED})
    assert environment.is_production
    assert environment.allowed_hosts == ("huiqi.example.gov.cn",)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    secret = kept_secret(folder)
    assert len(secret) >= SHORTEST_SECRET
    assert kept_secret(folder) == secret
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert kept_secret(tmp_path / "other") != secret


def test_starts_at_the_same_moment_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as starts:
        secrets = set(starts.map(kept_secret, [tmp_path] * 64))
    assert len(secrets) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_damaged_secret_is_told_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("half", encoding="ascii")
    with pytest.raises(EnvironmentMistakeError, match="密钥文件"):
        kept_secret(tmp_path)


def started_with(tmp_path: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    environment = {**known, "HUIQI_DATA": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_production_speaks_https_only_and_keeps_its_cookies_there(tmp_path: Path) -> None:
    code = (
        "from huiqi.config import settings as s;"
        "print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.CSRF_COOKIE_SECURE,"
        " s.ANSWERS_COOKIE_SECURE)"
    )
    done = started_with(tmp_path, code, **PRODUCTION)
    assert done.stdout.split() == ["False", "True", "True", "True", "True"], done.stderr


def test_a_refused_setting_stops_the_site_with_a_sentence(tmp_path: Path) -> None:
    done = started_with(tmp_path, "import huiqi.config.settings", HUIQI_MODE="production")
    assert done.returncode != 0
    assert "正式环境要写明网站域名" in done.stderr


def test_a_postgres_address_is_understood(tmp_path: Path) -> None:
    code = "from huiqi.config import settings as s; print(s.DATABASES['default']['ENGINE'])"
    done = started_with(tmp_path, code, HUIQI_DATABASE_URL="postgres://city@/huiqi")
    assert done.stdout.strip() == "django.db.backends.postgresql", done.stderr
