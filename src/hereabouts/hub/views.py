"""The home page, who runs this, and the pages that say what went wrong."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.http import require_safe

from hereabouts.activities.queries import listing_counts
from hereabouts.partners.queries import partnership


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One box to type in, and how much of what we list was checked lately."""
    return render(request, "hub/home.jinja", {"counts": listing_counts(today=timezone.localdate())})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this, what it keeps of its readers, and how easy it is to use."""
    return render(request, "hub/about.jinja")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search."""
    return render(request, "hub/not_found.jinja", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with whom to ask."""
    return render(request, "hub/not_allowed.jinja", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without our own token: mostly a page left open for too long."""
    return render(request, "hub/form_too_old.jinja", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Even the name of the host may be what is wrong with the request."""
    return _without_request("hub/not_understood.jinja", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Apologises and says whom to ring."""
    return _without_request("hub/broken.jinja", status=500)


def _without_request(template: str, *, status: int) -> HttpResponse:
    """A page that reads nothing but whom to ring, and does without when the database is down."""
    try:
        context = {"partnership": partnership()}
    except Error:
        context = {"partnership": None}
    return HttpResponse(loader.render_to_string(template, context), status=status)
