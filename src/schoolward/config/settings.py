"""Settings, from the environment only (docs/reference/settings.md lists them).

Everything that an installation keeps (database, files, audit anchor, secret key) lies in
``SCHOOLWARD_DATA_DIR``, so that one folder and one database are all there is to back up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from schoolward.config import database_url, domains, signing_key

PACKAGE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- where things are kept ---------------------------------------------------------------------
# Set but empty, as compose files leave it, means not set; so with every setting below that names a place.
DATA_DIR = Path(env.str("SCHOOLWARD_DATA_DIR", default="") or "var").resolve()
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)
FILES_DIR = DATA_DIR / "files"
NETWORKS_DIR = DATA_DIR / "networks"
AUDIT_ANCHOR = Path(env.str("SCHOOLWARD_AUDIT_ANCHOR", default="") or DATA_DIR / "audit-anchor")


def _secret_key() -> str:
    """The signing key: from the environment, else made once and kept beside the data."""
    given = env.str("SCHOOLWARD_SECRET_KEY", default="")
    if given:
        return given
    return signing_key.kept_in(DATA_DIR / "secret-key")


SECRET_KEY = _secret_key()
DEBUG = env.bool("SCHOOLWARD_DEBUG", default=False)
DEMO = env.bool("SCHOOLWARD_DEMO", default=False)
ALLOWED_HOSTS = env.list("SCHOOLWARD_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("SCHOOLWARD_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SCHOOLWARD_SITE_URL", default="http://127.0.0.1:8000")
HTTPS = env.bool("SCHOOLWARD_HTTPS", default=SITE_URL.startswith("https://"))

# --- what is installed -------------------------------------------------------------------------
DOMAINS = domains.DOMAINS
INSTALLED_APPS = [
    "schoolward.config",
    "schoolward.api",
    "schoolward.home",
    "schoolward.reports",
    *reversed(domains.DOMAIN_APPS),
    "schoolward.platform.ui",
    "schoolward.platform.measures",
    "schoolward.platform.exchange",
    "schoolward.platform.jobs",
    "schoolward.platform.notify",
    "schoolward.platform.health",
    "schoolward.platform.structure",
    "schoolward.platform.files",
    "schoolward.platform.demo",
    "schoolward.platform.access",
    "schoolward.platform.audit",
    "schoolward.platform.access.admin_config.PartnershipAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_cotton",
    "django_tables2",
    "django_filters",
    "django_vite",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "schoolward.platform.access.headers.SecurityHeaders",
    "schoolward.platform.access.headers.PageMethods",
    "schoolward.platform.ui.assets.Assets",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "schoolward.platform.files.in_memory.MemoryOnly",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "schoolward.platform.access.sessions.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schoolward.platform.access.middleware.ViewerMiddleware",
    "schoolward.platform.ui.explained.ExplainsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "schoolward.config.urls"
WSGI_APPLICATION = "schoolward.config.wsgi.application"
ASGI_APPLICATION = "schoolward.config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schoolward.platform.ui.context.page_frame",
            ],
        },
    }
]
FORM_RENDERER = "schoolward.platform.ui.form_rendering.FormRenderer"

# --- database ----------------------------------------------------------------------------------
_DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'schoolward.sqlite3'}"
DATABASES = {"default": database_url.read(_DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits at BEGIN instead of failing halfway. FULL: an acknowledged commit
    # survives loss of power, not only of the process.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            # The size of a page counts when the file is made: a quarter of the calls for a large import.
            "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
# What an empty SQLite database is made from; `scripts/write_structure.py` writes it.
STRUCTURE_FILE = PACKAGE_DIR / "config" / "structure.sql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts (details: schoolward.platform.access) --------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "schoolward.platform.access.adapters.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
# django-axes counts failures by account and address and locks; allauth's own limit only slows a flood.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SECOND_FACTOR_REQUIRED = env.bool("SCHOOLWARD_SECOND_FACTOR", default=True)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Schoolward"
# Addresses are given by the administrator who opens the account; there is nothing to verify twice.
MFA_ALLOW_UNVERIFIED_EMAIL = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "schoolward.platform.access.sign_in.client_username"
AXES_LOCKOUT_TEMPLATE = "access/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_SENSITIVE_PARAMETERS = ["login", "email", "password"]
SESSION_COOKIE_AGE = env.int("SCHOOLWARD_SESSION_HOURS", default=10) * 3600
SESSION_IDLE_MINUTES = env.int("SCHOOLWARD_SESSION_IDLE_MINUTES", default=30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- what anybody may read ----------------------------------------------------------------------
PUBLIC_ROUTES = env.bool("SCHOOLWARD_PUBLIC_ROUTES", default=DEMO)

# --- API ---------------------------------------------------------------------------------------
API_RATE_ANONYMOUS = env.str("SCHOOLWARD_API_RATE_ANONYMOUS", default="60/m")
API_RATE_KNOWN = env.str("SCHOOLWARD_API_RATE_KNOWN", default="3000/m")
NINJA_PAGINATION_CLASS = "ninja.pagination.CursorPagination"
NINJA_PAGINATION_PER_PAGE = 100
NINJA_MAX_PER_PAGE_SIZE = 1000

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("hmn", _("Hmong"))]
TIME_ZONE = env.str("SCHOOLWARD_TIME_ZONE", default="America/Los_Angeles")
USE_TZ = True
USE_I18N = True

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The bundler already puts a hash into every name, so the files are served as they are built.
WHITENOISE_USE_FINDERS = True
_VITE_DIST = PACKAGE_DIR / "platform" / "ui" / "static" / "ui" / "dist"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": _VITE_DIST / "manifest.json",
        "static_url_prefix": "ui/dist",
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_BYTES = env.int("SCHOOLWARD_IMPORT_MAX_MB", default=512) * 1024 * 1024

# --- jobs, mail, logs --------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EMAIL_CONFIG = env.email_url("SCHOOLWARD_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Without a mail server letters go to the console, where a link that is worth a password must not stand.
MAIL_IS_SENT = not EMAIL_CONFIG["EMAIL_BACKEND"].endswith(("console.EmailBackend", "dummy.EmailBackend"))
DEFAULT_FROM_EMAIL = env.str("SCHOOLWARD_FROM_EMAIL", default="schoolward@localhost")
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "schoolward.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "schoolward.config.logs.StandardErrorHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("SCHOOLWARD_LOG_LEVEL", default="WARNING")},
    "loggers": {
        "schoolward": {"level": env.str("SCHOOLWARD_LOG_LEVEL", default="INFO")},
        # Its lines name the account; failures and lock-outs are in the audit, where few may read them.
        "axes": {"level": "CRITICAL"},
    },
}
