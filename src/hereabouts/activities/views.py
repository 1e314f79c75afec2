"""Finding activity, the page of each, and saying that it is still running."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from hereabouts.accounts.http import SignedInRequest
from hereabouts.activities import actions, queries
from hereabouts.activities.forms import FinderForm
from hereabouts.activities.models import Activity
from hereabouts.activities.presenters import activity as words
from hereabouts.activities.presenters import results, search_engines
from hereabouts.activities.search import PRINTED
from hereabouts.core.http import HtmxRequest
from hereabouts.partners.queries import partnership


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def find(request: HtmxRequest) -> HttpResponse:
    """Activity near a postcode, nearest first: the whole page, or its results for htmx."""
    # A door on the home page may say which kinds of class, before any postcode is typed.
    chosen = {"level": request.GET.getlist("level"), "within": request.GET.get("within")}
    form = FinderForm(request.GET if "near" in request.GET else None, initial=chosen)
    context = {"form": form}
    if form.is_valid():
        context |= results.page(form.search(), at=timezone.now())
    # Going back, htmx may ask for a page that it no longer remembers: it wants the whole page.
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "activities/find.jinja", context)
    if form.errors:
        return _explain(request, form)
    return render(request, "activities/_results.jinja", context)


def _explain(request: HtmxRequest, form: FinderForm) -> HttpResponse:
    """What is wrong belongs beside the box: the whole page again, unless nothing was asked yet."""
    is_only_ticked = request.htmx.trigger == "filters" and not form.data.get("near")
    if is_only_ticked:
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(request.get_full_path())


@require_safe
def find_print(request: HttpRequest) -> HttpResponse:
    """The same results in large letters, for paper."""
    form = FinderForm(request.GET)
    if not form.is_valid():
        return redirect(f"{words.finder_address()}?{request.GET.urlencode()}")
    search = form.search(per_page=PRINTED)
    context = {"form": form, **results.page(search, at=timezone.now())}
    return render(request, "activities/find_print.jinja", context)


@require_safe
@cache_control(no_cache=True)
def activity(request: HttpRequest, public_id: UUID, slug: str) -> HttpResponse:
    """Everything a person asks before going."""
    shown = get_object_or_404(
        Activity.objects.for_pages().exclude(state=Activity.State.DRAFT), public_id=public_id
    )
    if shown.state == Activity.State.RETIRED:
        return render(request, "activities/gone.jinja", {"activity": shown}, status=410)
    address = words.address_of(shown)
    if request.path != address:
        return redirect(f"{address}?{request.GET.urlencode()}".rstrip("?"))
    now = timezone.now()
    context = words.activity_page(shown, at=now)
    context["event"] = search_engines.event_for_search_engines(
        shown, address=request.build_absolute_uri(address), partnership=partnership(), at=now
    )
    came_from = FinderForm(request.GET)
    context |= words.seen_from(shown, came_from.search() if came_from.is_valid() else None)
    context["may_check"] = request.user.has_perm("activities.check_activity", shown)
    return render(request, "activities/activity.jinja", context)


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What an organiser looks after, each with one button: yes, still running."""
    now = timezone.now()
    looked_after = queries.of_organisations_of(request.user, on=timezone.localdate(now))
    context = {"rows": words.looked_after(looked_after, at=now)}
    return render(request, "activities/mine.jinja", context)


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
