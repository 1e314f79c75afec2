"""Settings of the open web. Raises at start, naming every setting that is missing."""

from django.core.exceptions import ImproperlyConfigured

from hereabouts.config.settings.base import *

NEEDED = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
]
if missing := ", ".join(name for name in NEEDED if not env.str(name, "")):
    raise ImproperlyConfigured(f"Set {missing} in the environment: docs/running.md says to what.")

DATABASES["default"] |= env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
# Seconds that a page which sends a code waits for a mail server that does not answer.
vars().update(env.dj_email_url("EMAIL_URL") | {"EMAIL_TIMEOUT": 10})

SECURE_SSL_REDIRECT = True
# The proxy in front ends TLS and says so; docs/running.md shows the header it must set.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# It also passes the client's IP address, so that limits on tries hold for each client.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Tracebacks and warnings go to the service's journal; Django also mails errors to ADMINS.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"journal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["journal"], "level": "INFO"},
}
