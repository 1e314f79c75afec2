"""What staff do to one activity with one press: publish, take down, note a check."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.presenters.activity import checker_in_words
from hereabouts.core.refusals import Refusal

Move = Callable[[HttpRequest, int], HttpResponse]
CHECKER_LENGTH = 100
may_change = permission_required("activities.change_activity", raise_exception=True)


def _posted(view: Move) -> Move:
    """Back to the activity when signing in anew turned the press of a button into a GET."""

    @wraps(view)
    def only_when_posted(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, pk) if request.method == "POST" else redirect("activity:edit", pk)

    return only_when_posted


@may_change
@_posted
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let residents find it."""
    told = _("%s is published. Residents can find it now.")
    return _move(request, pk, actions.publish, told)


@may_change
@_posted
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Residents no longer find it. Publishing it again undoes this."""
    told = _("%s is taken down. Its page says that it has stopped.")
    return _move(request, pk, actions.retire, told)


@may_change
@_posted
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody told us that it still runs, and who."""
    activity, by = get_object_or_404(Activity, pk=pk), cast(User, request.user)
    checker = request.POST.get("checker", "").strip()[:CHECKER_LENGTH] or checker_in_words(by)
    actions.check(activity=activity, checker=checker, by=by, at=timezone.now())
    messages.success(request, _("%s now shows today’s date.") % activity)
    return redirect("activity:edit", pk)


def _move(request: HttpRequest, pk: int, action: Callable[..., None], told: str) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.for_pages(), pk=pk)
    try:
        action(activity=activity, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told % activity)
    return redirect("activity:edit", pk)
