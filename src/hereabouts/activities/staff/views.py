"""The buttons on an activity's page: publish, pause, take down, note a check."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from hereabouts.accounts.models import User
from hereabouts.activities import actions, photos
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import checker_in_words, pause_in_words
from hereabouts.activities.staff.forms import PauseForm
from hereabouts.core.refusals import Refusal
from hereabouts.core.text import printable

Move = Callable[[HttpRequest, int], HttpResponse]
CHECKER_LENGTH = 100
may_change = permission_required("activities.change_activity", raise_exception=True)
may_look = permission_required("activities.view_activity", raise_exception=True)


def _posted(view: Move) -> Move:
    """Redirect a GET to the activity's page: signing in again replays the POST's URL as a GET."""

    @wraps(view)
    def only_when_posted(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, pk) if request.method == "POST" else redirect("activity:edit", pk)

    return only_when_posted


@may_change
@_posted
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an activity."""
    message = _("%s is published. Residents can find it now.")
    return _move(request, pk, actions.publish, message)


@may_change
@_posted
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an activity down; publishing it again undoes this."""
    message = _("%s is taken down. Its page says that it has stopped.")
    return _move(request, pk, actions.retire, message)


@may_change
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause an activity: the form, and saving it."""
    activity = get_object_or_404(Activity, pk=pk)
    form = PauseForm.to_change(activity, on=timezone.localdate(), typed=request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            actions.pause(activity=activity, **form.cleaned_data, by=_staff(request), at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _paused(activity, on=timezone.localdate(now)))
            return redirect("activity:edit", pk)
    title = _("Pause %s") % activity
    tab = _("Error: %s") % title if form.errors else title
    frame = {"page_title": title, "header_title": tab, "header_icon": "time"}
    context = {**frame, "form": form, "object": activity}
    return render(request, "activities/staff/pause.html", context)


def _paused(activity: Activity, *, on: date) -> str:
    placeholders = {"name": activity, "pause": pause_in_words(activity, on=on)}
    return _("%(name)s: %(pause)s. The finder leaves it out.") % placeholders


@may_change
@_posted
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """End the pause of an activity."""
    message = _("%s runs again. Residents can find it now.")
    return _move(request, pk, actions.resume, message)


@may_look
@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of an activity, a draft's too, as residents would see it."""
    activity = get_object_or_404(Activity.objects.select_related("photo"), pk=pk)
    if activity.photo is None:
        raise Http404
    return FileResponse(photos.opened(activity.photo), content_type="image/jpeg")


@may_change
@_posted
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an activity still runs, and who confirmed it."""
    activity, by = get_object_or_404(Activity, pk=pk), _staff(request)
    typed = printable(request.POST.get("checker", "")).strip()[:CHECKER_LENGTH]
    checker = typed or checker_in_words(by)
    actions.check(activity=activity, checker=checker, by=by, at=timezone.now())
    messages.success(request, _("%s now shows today’s date.") % activity)
    return redirect("activity:edit", pk)


def _move(request: HttpRequest, pk: int, action: Callable[..., None], message: str) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.for_pages(), pk=pk)
    try:
        action(activity=activity, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message % activity)
    return redirect("activity:edit", pk)


def _staff(request: HttpRequest) -> User:
    """The user of a request behind a permission check."""
    return cast(User, request.user)
