"""Settings that all environments share. Safe by default: no DEBUG, and no secret in here."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from environs import Env, validate

# Makes Django's generic classes subscriptable, as in BaseUserManager["User"].
django_stubs_ext.monkeypatch()

env = Env()
ROOT = Path(__file__).resolve().parents[4]

# Generated files: the database of a small installation, the postcodes, uploads.
VAR = Path(env.str("HEREABOUTS_VAR", str(ROOT / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "hereabouts.hub",
    "hereabouts.intake",
    "hereabouts.activities",
    "hereabouts.finder",
    "hereabouts.partners",
    "hereabouts.places",
    "hereabouts.imports",
    "hereabouts.backoffice",
    "hereabouts.accounts",
    "hereabouts.audit",
    "hereabouts.design",
    # wagtail.users, with our own pages for the people who sign in.
    "hereabouts.backoffice.apps.StaffUsersConfig",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hereabouts.backoffice.middleware.inline_code_for_editors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hereabouts.backoffice.middleware.two_factor_for_staff",
]

ROOT_URLCONF = "hereabouts.config.urls"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.csrf",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "hereabouts.partners.context.partnership",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "hereabouts.design.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
            "extensions": ["jinja2.ext.i18n"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

# ── Database ──
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'hereabouts.sqlite3'}")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock when a transaction begins: SQLite waits for it then, but fails at once
        # when a transaction that has read upgrades to writing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            # 8 MB for each connection, so for each thread. More gained nothing.
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;"
        ),
    }
else:
    # Plan frequent queries once per connection. A pooler must keep prepared statements, as
    # pgbouncer does from 1.21 on (max_prepared_statements); else end DATABASE_URL with
    # "?prepare_threshold=" and a number too high to reach.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all web processes, so that a limit of five tries is not five per process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

# ── Background work: Wagtail's own indexing at once, ours in the worker ──
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# ── Language and time ──
LANGUAGE_CODE = "en-gb"
# Add a language when its catalogue is reviewed.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# ── Forms ──
# "example.org" typed into a form is https://example.org. (Django 6 knows no other way.)
FORMS_URLFIELD_ASSUME_HTTPS = True

# ── Files ──
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("built", ROOT / "assets" / "built")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hereabouts.design.storage.HashedStaticStorage"},
}

# ── People ──
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "hereabouts.accounts.backends.SignInBackend",
    "hereabouts.accounts.backends.RoleBackend",
    "hereabouts.partners.backends.OrganiserBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hereabouts.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "hereabouts.accounts.forms.SignInForm",
    "confirm_login_code": "hereabouts.accounts.forms.EmailedCodeForm",
}
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Long enough for slow e-mail; three wrong tries end a code.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# An unknown e-mail address gets the same page and no e-mail, so that none is revealed.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "hereabouts.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "hereabouts.accounts.forms.SecondStepForm",
    "reauthenticate": "hereabouts.accounts.forms.SecondStepAgainForm",
    "activate_totp": "hereabouts.accounts.forms.SetUpSecondStepForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hereabouts"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "hereabouts@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_admins: list[str] = env.list("ADMINS", [])
ADMINS = [("Hereabouts", address) for address in _admins]

# ── Staff back office ──
WAGTAIL_SITE_NAME = "Hereabouts"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# No page of the back office loads anything from another host.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# ── Maps ──
# A third party's base map: the URL of a MapLibre style whose tiles and glyphs come from the same
# host. The policy below then allows that host, which learns who looks at which place. Empty: our
# own boundaries on plain land, and no page loads anything from another host.
MAP_STYLE_URL = env.str("MAP_STYLE_URL", "")
_map_hosts = ["{0.scheme}://{0.netloc}".format(urlsplit(MAP_STYLE_URL))] if MAP_STYLE_URL else []

# ── Security ──
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_map_hosts],
        "font-src": [SELF],
        "connect-src": [SELF, *_map_hosts],
        # MapLibre computes maps in a web worker.
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hereabouts.hub.views.csrf_failure"

# ── Hereabouts' own ──
# Open data for tests and benchmarks; without it they skip, and say what they skipped.
HEREABOUTS_OPEN_DATA = Path(env.str("HEREABOUTS_OPEN_DATA", str(ROOT.parent / "shared" / "data")))
# One sorted file of Great Britain's postcodes, made by `manage.py make_postcodes`.
POSTCODES_FILE = VAR / "postcodes.npy"
# Shows a line above every page: the organisations of this installation are invented.
PRACTICE_COPY = env.bool("PRACTICE_COPY", False)
# How long the confirmation of a leader's qualification counts.
LEADER_REVIEW_DAYS = env.int("LEADER_REVIEW_DAYS", 365)
# A listing whose last check is older says that it may have changed.
CHECK_DUE_DAYS = env.int("CHECK_DUE_DAYS", 81)
# Distance on foot ≈ this × the straight line.
DISTANCE_DETOUR = env.float("DISTANCE_DETOUR", 1.3)
# Travel times are estimated from older people's pace on foot, and a bus with its stops and the
# wait for it. The wait must be shorter than the shortest ride that pages offer.
WALKING_MILES_PER_HOUR = env.float("WALKING_MILES_PER_HOUR", 2.5)
BUS_MILES_PER_HOUR = env.float("BUS_MILES_PER_HOUR", 10)
BUS_WAIT_MINUTES = env.float("BUS_WAIT_MINUTES", 10, validate=validate.Range(min=0, max=29))
# The published list of kinds of activity (CC BY 4.0), which `manage.py load_kinds` reads.
# Hosts to which a redirect, or an address out of data, may lead though they are not public.
FETCH_ALLOWED_HOSTS: list[str] = env.list("FETCH_ALLOWED_HOSTS", [])
ACTIVITY_LIST_URL = env.str(
    "ACTIVITY_LIST_URL", "https://openactive.io/activity-list/activity-list.jsonld"
)
