"""The finder: its page, its list on paper, and the points of its map."""

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
    """Activities near a place: the whole page, or for htmx the parts that change."""
    # A link on the home page may set filters before any place is typed.
    form = FinderForm(request.GET if "near" in request.GET else None, initial=chosen(request.GET))
    is_whole = not request.htmx or request.htmx.history_restore_request
    if not form.is_valid() and not (is_whole and form.has_answer):
        return _ask(request, form) if is_whole else _explain(request, form)
    search = form.search()
    found = results.page(search, typed=form.typed(), at=timezone.now())
    context = {"form": form, "is_whole": is_whole, **found}
    if is_whole:
        return render(request, "activities/finding/find.jinja", context)
    # The URL to share, without empty parameters. Replaced when it is already in the address bar, so
    # that one step back leaves the results.
    url = search.url()
    is_here = request.htmx.current_url_abs_path == url
    changed = render(request, "activities/finding/_changed.jinja", context)
    return replace_url(changed, url) if is_here else push_url(changed, url)


def _ask(request: HtmxRequest, form: FinderForm) -> HttpResponse:
    """The page without results, with the errors of the form."""
    context = {"form": form, "is_whole": True, **results.panel(form.typed())}
    return render(request, "activities/finding/find.jinja", context)


def _explain(request: HtmxRequest, form: FinderForm) -> HttpResponse:
    """Reload the page, which shows errors beside their field; nothing while no place is typed."""
    is_only_ticked = request.htmx.trigger == "filters" and not form.data.get("near")
    if is_only_ticked:
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(request.get_full_path())


@require_safe
def find_print(request: HttpRequest) -> HttpResponse:
    """The results as a list in large print, for paper."""
    form = FinderForm(request.GET)
    if not form.is_valid():
        return redirect(f"{words.finder_address()}?{request.GET.urlencode()}")
    context = results.on_paper(form.search(per_page=PRINTED), at=timezone.now())
    return render(request, "activities/finding/find_print.jinja", {"form": form, **context})


@require_safe
@gzip_page
@cache_control(public=True, max_age=60)
def map_points(request: HttpRequest) -> JsonResponse:
    """The points of all results in the order of the list, as JSON: see `finding.map`."""
    form = FinderForm(request.GET)
    if not form.has_answer:
        return JsonResponse({"errors": form.errors}, status=400)
    query = form.search().query(at=timezone.now())
    compact = {"separators": (",", ":")}
    return JsonResponse(as_sent(finder.points(query), query), json_dumps_params=compact)
