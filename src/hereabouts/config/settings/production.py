"""The open web. Refuses to start without a secret, a database, host names and a sender."""

from hereabouts.config.settings.base import *

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES["default"] |= env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")
vars().update(env.dj_email_url("EMAIL_URL"))

SECURE_SSL_REDIRECT = True
# The proxy in front ends TLS and says so; docs/running.md shows the header it must set.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
