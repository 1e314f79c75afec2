"""Finding activity, and saying that it is still running."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, push_url, replace_url

from hereabouts.accounts.http import SignedInRequest
from hereabouts.activities import actions, queries
from hereabouts.activities.forms import FinderForm, chosen
from hereabouts.activities.models import Activity
from hereabouts.activities.presenters import activity as words
from hereabouts.activities.presenters import results
from hereabouts.activities.search import PRINTED
from hereabouts.core.http import HtmxRequest


@require_safe
@gzip_page
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def find(request: HtmxRequest) -> HttpResponse:
    """Activity near a place: the whole page, or what changes on it for htmx."""
    # A door on the home page may say what to look for, before any place is typed.
    form = FinderForm(request.GET if "near" in request.GET else None, initial=chosen(request.GET))
    is_whole = not request.htmx or request.htmx.history_restore_request
    if not form.is_valid() and not (is_whole and form.has_answer):
        return _ask(request, form) if is_whole else _explain(request, form)
    search = form.search()
    found = results.page(search, typed=form.typed(), at=timezone.now())
    context = {"form": form, "is_whole": is_whole, **found}
    if is_whole:
        return render(request, "activities/find.jinja", context)
    # The address as one would share it, not with every box that was left alone; and once, so that
    # going back after "Show results" goes back.
    address = search.address()
    is_here = request.htmx.current_url_abs_path == address
    changed = render(request, "activities/_changed.jinja", context)
    return replace_url(changed, address) if is_here else push_url(changed, address)


def _ask(request: HtmxRequest, form: FinderForm) -> HttpResponse:
    """The page before anything is found, with what is wrong."""
    context = {"form": form, "is_whole": True, **results.panel(form.typed())}
    return render(request, "activities/find.jinja", context)


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
    context = results.on_paper(form.search(per_page=PRINTED), at=timezone.now())
    return render(request, "activities/find_print.jinja", {"form": form, **context})


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
