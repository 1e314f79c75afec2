"""Types of requests, with what middleware adds to them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request after django-htmx's middleware: `htmx` is true for a request by htmx."""

    htmx: HtmxDetails
