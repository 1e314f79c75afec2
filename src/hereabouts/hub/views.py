"""The home page, and the pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def home(request: HttpRequest) -> HttpResponse:
    """One box to type in, and what else there is."""
    return render(request, "hub/home.jinja")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search."""
    return render(request, "hub/not_found.jinja", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with whom to ask."""
    return render(request, "hub/not_allowed.jinja", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500. Says whom to ring; asks the database for nothing, which may be what is broken."""
    return HttpResponse(loader.render_to_string("hub/broken.jinja"), status=500)
