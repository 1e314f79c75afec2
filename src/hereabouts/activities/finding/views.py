"""Finding activity: the page, its list on paper, and what its map asks for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, push_url, replace_url

from hereabouts import finder
from hereabouts.activities import shown as words
from hereabouts.activities.finding import results
from hereabouts.activities.finding.forms import FinderForm, chosen
from hereabouts.activities.finding.map import as_sent
from hereabouts.activities.finding.search import PRINTED
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
        return render(request, "activities/finding/find.jinja", context)
    # The URL as one would share it, not with every box that was left alone; and once, so that
    # going back after "Show results" goes back.
    url = search.url()
    is_here = request.htmx.current_url_abs_path == url
    changed = render(request, "activities/finding/_changed.jinja", context)
    return replace_url(changed, url) if is_here else push_url(changed, url)


def _ask(request: HtmxRequest, form: FinderForm) -> HttpResponse:
    """The page before anything is found, with what is wrong."""
    context = {"form": form, "is_whole": True, **results.panel(form.typed())}
    return render(request, "activities/finding/find.jinja", context)


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
    return render(request, "activities/finding/find_print.jinja", {"form": form, **context})


@require_safe
@gzip_page
@cache_control(public=True, max_age=60)
def map_points(request: HttpRequest) -> JsonResponse:
    """Where each result of a search is, in the order of its list: see `finding.map`."""
    form = FinderForm(request.GET)
    if not form.has_answer:
        return JsonResponse({"errors": form.errors}, status=400)
    query = form.search().query(at=timezone.now())
    compact = {"separators": (",", ":")}
    return JsonResponse(as_sent(finder.points(query), query), json_dumps_params=compact)
