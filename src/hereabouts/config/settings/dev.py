"""Settings of a developer's machine and the demo: tracebacks on pages, e-mail on the terminal."""

from hereabouts.config.settings.base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "only for a developer's machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
PRACTICE_COPY = env.bool("PRACTICE_COPY", True)
