"""The page that shows every component."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design system, as pages use it."""
    return render(request, "design/components.jinja")
