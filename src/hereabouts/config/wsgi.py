"""What gunicorn serves. Unlike manage.py it defaults to production: a forgotten variable fails."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hereabouts.config.settings.production")
application = get_wsgi_application()
