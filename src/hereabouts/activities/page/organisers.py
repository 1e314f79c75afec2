"""What an organiser looks after, and saying that it is still running."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hereabouts.accounts.http import SignedInRequest
from hereabouts.activities import actions, queries
from hereabouts.activities import shown as words
from hereabouts.activities.models import Activity


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What an organiser looks after, each with one button: yes, still running."""
    now = timezone.now()
    looked_after = queries.of_organisations_of(request.user, on=timezone.localdate(now))
    context = {"rows": words.looked_after(looked_after, at=now)}
    return render(request, "activities/page/mine.jinja", context)


@login_required
def still_running(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Note that its organiser, or one of us, says that it still runs."""
    if request.method != "POST":
        # From signing in anew: the button is still to be pressed.
        return redirect("activities:mine")
    checked = get_object_or_404(Activity.objects.published(), public_id=public_id)
    if not request.user.has_perm("activities.check_activity", checked):
        raise PermissionDenied
    actions.check(
        activity=checked,
        checker=words.checker_in_words(request.user),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Thank you. %s now shows today’s date.") % checked)
    back_to_list = request.POST.get("back") == "mine"
    return redirect("activities:mine" if back_to_list else words.address_of(checked))
