"""Requests as our middleware leaves them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request after django-htmx's middleware: `htmx` is true when htmx asked."""

    htmx: HtmxDetails
