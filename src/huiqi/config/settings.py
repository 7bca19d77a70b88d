"""Settings of the site. What an operator may change is in environment.py and nowhere else."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from huiqi.config.environment import EnvironmentMistakeError, Mode, kept_secret, read_environment
from huiqi.config.identity_settings import read_identity_provider
from huiqi.foundation.businesses.adapters import DemoProver

try:
    _environment = read_environment(os.environ)
    _is_test = _environment.mode is Mode.TEST
    SECRET_KEY = _environment.secret_key or ("test " * 12 if _is_test else kept_secret(_environment.data_dir))
    # identities of another provider
    HUIQI_OIDC = read_identity_provider(os.environ, is_production=_environment.is_production)
except EnvironmentMistakeError as mistake:
    raise ImproperlyConfigured(str(mistake)) from mistake

_is_production = _environment.is_production


def _posts() -> object:
    """Made when the first message is sent: what stands behind a post may use models."""
    from huiqi.config.posts import posts_of  # noqa: PLC0415

    return posts_of(_environment)


HUIQI_MODE = str(_environment.mode)
HUIQI_DATA: Path = _environment.data_dir
HUIQI_CITY = _environment.home_city
HUIQI_KEYS = _environment.keys_file
HUIQI_CIPHER = _environment.cipher
HUIQI_OFFLINE = _environment.is_kept_offline
HUIQI_BEHIND_PROXY = _environment.is_behind_proxy
HUIQI_ANCHORS: Path = _environment.anchors_dir
HUIQI_AUDIT_KEEP_DAYS = _environment.audit_keep_days
HUIQI_AUDIT_KEEP_LOAN_DAYS = _environment.audit_keep_loan_days
HUIQI_JOBS_KEEP_DAYS = _environment.jobs_keep_days
# notices
HUIQI_POSTS = SimpleLazyObject(_posts)
HUIQI_LOOKUPS_PER_VISITOR = _environment.lookups_per_visitor
HUIQI_LOOKUPS_PER_CODE = _environment.lookups_per_code
# people and sign-in
HUIQI_SMS = _environment.sign_in.sms
HUIQI_SMS_URL = _environment.sign_in.sms_url
HUIQI_SMS_SECRET = _environment.sign_in.sms_secret
HUIQI_CODE_MINUTES = _environment.sign_in.code_minutes
HUIQI_STAFF_SESSION_HOURS = _environment.sign_in.staff_hours
HUIQI_SESSION_DAYS = _environment.sign_in.session_days
HUIQI_UPLOAD_MOST_MB = _environment.upload_most_mb
HUIQI_UPLOAD_MOST_FILES = _environment.upload_most_files
HUIQI_UPLOADS_AN_HOUR = _environment.uploads_an_hour
HUIQI_VERIFICATIONS_AN_HOUR = _environment.verifications_an_hour
HUIQI_CLAMD = _environment.clamd
HUIQI_SERVE_UNSCANNED = _environment.are_unscanned_served
# organisations, members and mandates
HUIQI_INVITATION_DAYS = _environment.invitation_days
HUIQI_LOOK_MINUTES = _environment.look_minutes
HUIQI_MANDATE_DAYS = _environment.mandate_days
# homes and health
SIGNED_IN_URL = "/home/"
HUIQI_LATE_SECONDS = _environment.watch.late_seconds
HUIQI_LEAST_FREE_MB = _environment.watch.least_free_mb
HUIQI_HEALTH_KEPT_SECONDS = 0 if _is_test else 5
# businesses: what proves who runs one; none is connected in production yet
HUIQI_PROVER = None if _is_production else DemoProver()

DEBUG = _environment.is_debug
ALLOWED_HOSTS = list(_environment.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_cotton",
    "huiqi.foundation.look",
    "huiqi.foundation.storage",
    "huiqi.foundation.clock",
    "huiqi.foundation.audit",
    "huiqi.foundation.access",
    "huiqi.foundation.outbox",
    "huiqi.foundation.accounts",
    "huiqi.foundation.parameters",
    "huiqi.foundation.notices",
    "huiqi.foundation.cases",
    "huiqi.foundation.documents",
    "huiqi.foundation.consent",
    "huiqi.foundation.businesses",
    "huiqi.services.policy.library",
    "huiqi.services.policy.matching",
    "huiqi.services.policy.calculator",
    "huiqi.portal",
]

MIDDLEWARE = [
    "huiqi.foundation.look.adapters.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huiqi.config.security.ContentSecurityPolicy",
    "huiqi.config.security.PlainForms",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "huiqi.foundation.storage.adapters.PatientAnswers",
    "huiqi.foundation.storage.adapters.ReadOnlyGuard",
    "huiqi.foundation.accounts.adapters.SignedIn",
    "huiqi.foundation.audit.adapters.LookKeeper",
    "huiqi.foundation.access.adapters.DoorGuard",
    "huiqi.foundation.consent.adapters.RefusedReads",
    "huiqi.foundation.parameters.adapters.ParametersReadOnce",
    "huiqi.config.messages.Messages",
    "huiqi.config.identities.Identities",
    "huiqi.config.visitor.Visitor",
]

ROOT_URLCONF = "huiqi.config.urls"
WSGI_APPLICATION = "huiqi.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "huiqi.config.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.static",
                "huiqi.foundation.look.templatetags.look",
            ],
        },
    }
]

# IMMEDIATE with WAL and our backend's turns are what keep eight writers from "database is locked" and from
# starving; for the same reason ATOMIC_REQUESTS must stay off, or every page that only reads would queue.
SQLITE = {
    "ENGINE": "huiqi.foundation.storage.sqlite",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;",
    },
}
_named = dj_database_url.parse(_environment.database_url) if _environment.database_url else None
if _named is None or _named["ENGINE"] == "django.db.backends.sqlite3":
    _named = {
        **SQLITE,
        "NAME": _named["NAME"] if _named else HUIQI_DATA / "huiqi.sqlite3",
        "CONN_MAX_AGE": None,
    }
else:
    _named = {**_named, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": _named}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Served straight from the packages: no collecting step. Every address carries the hash of its content,
# so a browser may keep it for a year.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600
if not DEBUG:
    WHITENOISE_IMMUTABLE_FILE_TEST = r""  # every file
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "huiqi.foundation.look.adapters.VersionedStaticFiles"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
# Only these exact addresses take more, for the files beside the fields; each reads its body only once it
# knows from whom.
LARGER_BODIES = {
    "/documents/upload/": HUIQI_UPLOAD_MOST_FILES * HUIQI_UPLOAD_MOST_MB * 2**20,
    "/verify/": HUIQI_UPLOAD_MOST_MB * 2**20,
}

SIGN_IN_URL = "/accounts/sign-in/"
SESSION_ENGINE = "huiqi.foundation.accounts.actions.session_store"
SESSION_COOKIE_SECURE = _is_production
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _is_production
ANSWERS_COOKIE_SECURE = _is_production
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _is_production
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _is_production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_production
if _environment.is_behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"numbered": {"()": "huiqi.foundation.look.adapters.NumberedLines"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(request_number)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["numbered"]},
        "nowhere": {"class": "logging.NullHandler"},  # without one, Python itself writes to stderr
    },
    # Strangers who knock under a wrong name are answered, not written down with a stack trace.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
