"""The GeoJSON that maps load."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from hereabouts.places import presenters, queries
from hereabouts.places.boxes import Box, NotABox, read_box

A_DAY_SECONDS = 86_400


@require_safe
# Compression can leak secrets of a page (BREACH); there are none in this one.
@gzip_page
def boundaries(request: HttpRequest) -> HttpResponse:
    """The boundaries and names of areas inside `?box=west,south,east,north`, as GeoJSON."""
    try:
        box = read_box(request.GET.get("box", ""))
    except NotABox as refusal:
        return HttpResponseBadRequest(str(refusal), content_type="text/plain; charset=utf-8")
    return _boundary_map(request, box)


def _version(request: HttpRequest, box: Box) -> str:
    """The ETag: it changes with the box, and whenever boundaries are loaded."""
    asked = f"{box} {queries.boundaries_changed_at()}"
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


@cache_control(public=True, max_age=A_DAY_SECONDS)
@condition(etag_func=_version)
def _boundary_map(request: HttpRequest, box: Box) -> HttpResponse:
    return JsonResponse(
        presenters.boundary_map(box, queries.boundaries_in(box)),
        content_type="application/geo+json",
        json_dumps_params={"separators": (",", ":")},
    )
