"""What the finder's map asks for."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from hereabouts.activities import finder
from hereabouts.activities.forms import FinderForm
from hereabouts.activities.presenters.map import as_sent


@require_safe
@gzip_page
@cache_control(public=True, max_age=60)
def map_points(request: HttpRequest) -> JsonResponse:
    """Where each result of a search is, in the order of its list: see `presenters.map`."""
    form = FinderForm(request.GET)
    if not form.has_answer:
        return JsonResponse({"errors": form.errors}, status=400)
    query = form.search().query(at=timezone.now())
    compact = {"separators": (",", ":")}
    return JsonResponse(as_sent(finder.points(query), query), json_dumps_params=compact)
