"""What gunicorn serves. Unlike manage.py it defaults to production: a forgotten variable fails."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hereabouts.config.settings.production")
application = get_wsgi_application()
# All that is loaded stays. Python need not look through it for rubbish again and again, which took
# a sixth of a page's time.
assert get_resolver().url_patterns
gc.collect()
gc.freeze()
