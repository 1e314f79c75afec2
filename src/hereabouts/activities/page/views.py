"""The page of each activity, its photo, and its file for calendars."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hereabouts.activities import photos
from hereabouts.activities import shown as words
from hereabouts.activities.finding import similar
from hereabouts.activities.finding.forms import FinderForm
from hereabouts.activities.models import Activity
from hereabouts.activities.page import activity_page as page
from hereabouts.activities.page import calendars, search_engines
from hereabouts.partners.queries import partnership, terms, terms_changed_at

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@cache_control(no_cache=True)
def activity(request: HttpRequest, public_id: UUID, slug: str) -> HttpResponse:
    """Everything a person asks before going."""
    shown = _seen_by_residents(public_id)
    if shown.state == Activity.State.RETIRED:
        return render(request, "activities/page/gone.jinja", {"activity": shown}, status=410)
    address = words.address_of(shown)
    if request.path != address:
        return redirect(f"{address}?{request.GET.urlencode()}".rstrip("?"))
    return render(request, "activities/page/activity.jinja", _all_of(request, shown))


def _all_of(request: HttpRequest, shown: Activity) -> dict[str, object]:
    """What the page shows to whoever asks."""
    now, ours, known_terms = timezone.now(), partnership(), terms()
    context = page.activity_page(shown, terms=known_terms, at=now)
    form = FinderForm(request.GET)
    came_from = form.search() if form.is_valid() else None
    context |= page.seen_from(shown, came_from)
    context["event"] = search_engines.event_for_search_engines(
        shown, absolute=request.build_absolute_uri, partnership=ours, terms=known_terms, at=now
    )
    context["similar"] = similar.similar_nearby(shown, came_from, at=now)
    context["wrong_address"] = page.something_is_wrong(shown, ours)
    context["may_check"] = request.user.has_perm("activities.check_activity", shown)
    return context


@require_safe
@cache_control(no_cache=True)
def calendar(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Its sessions for a calendar, to keep or to follow."""
    shown, now = _seen_by_residents(public_id), timezone.now()
    if _has_long_stopped(shown, at=now):
        stopped = _("%s has stopped.") % shown
        return HttpResponse(stopped, status=410, content_type="text/plain; charset=utf-8")
    published = calendars.Published(
        address=request.build_absolute_uri(words.address_of(shown)),
        changed_at=calendars.changed_at(shown, terms_changed_at=terms_changed_at()),
        host=request.get_host(),
    )
    content = calendars.calendar_file(shown, terms=terms(), published=published, at=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = slugify(shown.name) or "activity"
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def photo(request: HttpRequest, public_id: UUID, photo_id: int) -> FileResponse:
    """Its photo in the size of the page; another photo has another address."""
    shown = get_object_or_404(
        Activity.objects.published().select_related("photo"), public_id=public_id, photo=photo_id
    )
    if shown.photo is None:
        raise Http404
    return FileResponse(photos.opened(shown.photo), content_type="image/jpeg")


def _seen_by_residents(public_id: UUID) -> Activity:
    """What is published, or was and has been taken down."""
    seen = Activity.objects.for_pages().select_related("photo").exclude(state=Activity.State.DRAFT)
    return get_object_or_404(seen, public_id=public_id)


def _has_long_stopped(activity: Activity, *, at: datetime) -> bool:
    """Have all who follow its calendar had the time to read that it is cancelled?"""
    if activity.state != Activity.State.RETIRED:
        return False
    retired_on = activity.retired_on
    return retired_on is None or timezone.localdate(at) - retired_on > calendars.CANCELLED_FOR
