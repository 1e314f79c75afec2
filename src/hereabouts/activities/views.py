"""Finding activity, and the page of each."""

from django.http import HttpResponse

from hereabouts.core.http import HtmxRequest


def find(request: HtmxRequest) -> HttpResponse:
    """Activity near a postcode, nearest first."""
    return HttpResponse("")
