"""The view that exports activities."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hereabouts.activities.exports import geojson, kml, queries, tables
from hereabouts.activities.exports.metadata import Export
from hereabouts.activities.finding.forms import FinderForm
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of, finder_address
from hereabouts.partners.queries import partnership

Writer = Callable[[Iterable[Activity], Export], Iterator[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One format: its writer and its content type."""

    write: Writer
    content_type: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(write=tables.as_csv, content_type="text/csv; charset=utf-8"),
    "xlsx": Format(
        write=tables.as_xlsx,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "kml": Format(write=kml.as_kml, content_type="application/vnd.google-earth.kml+xml"),
    "geojson": Format(write=geojson.as_geojson, content_type="application/geo+json"),
}


@require_safe
@cache_control(public=True, max_age=600)
def export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """All results of a search; without a place, all published activities."""
    now, near = timezone.now(), ""
    if "near" in request.GET:
        form = FinderForm(request.GET)
        if not form.is_valid():
            return redirect(f"{finder_address()}?{request.GET.urlencode()}")
        search = form.search()
        activities, near = queries.found(search, at=now), search.near.text
    else:
        activities = queries.published()
    metadata = _metadata(request, on=timezone.localdate(now))
    file_name = _file_name(near, metadata.on, file_format)
    return StreamingHttpResponse(
        FORMATS[file_format].write(activities, metadata),
        content_type=FORMATS[file_format].content_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def _metadata(request: HttpRequest, *, on: date) -> Export:
    ours = partnership()
    return Export(
        publisher=ours.name if ours else "Hereabouts",
        on=on,
        page_of=lambda activity: request.build_absolute_uri(address_of(activity)),
    )


def _file_name(near: str, on: date, file_format: str) -> str:
    """ "activities-near-ng20-8pa-2026-11-22.csv" """
    ours = partnership()
    whose = slugify(ours.area_name)[:60] if ours else ""
    parts = [whose, "activities", f"near-{slugify(near)[:60]}" if near else "", str(on)]
    return f"{'-'.join(part for part in parts if part)}.{file_format}"
