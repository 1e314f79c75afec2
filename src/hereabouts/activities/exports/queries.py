"""Reads the activities to export in chunks."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hereabouts import finder
from hereabouts.activities.finding.search import Search
from hereabouts.activities.models import Activity, ActivityQuerySet

CHUNK = 500
# More than any search finds: an export has all results, a map only as many as it can draw.
ALL = 10_000_000


def published() -> Iterator[Activity]:
    """Every published activity, oldest first."""
    after = 0
    activities = _whole().order_by("pk")
    # Several queries in place of a cursor that stays open as long as a slow client downloads.
    while chunk := list(activities.filter(pk__gt=after)[:CHUNK]):
        yield from chunk
        after = chunk[-1].pk


def found(search: Search, *, at: datetime) -> Iterator[Activity]:
    """Every result of `search` in its order, whatever its page."""
    identifiers: Sequence[int] = finder.points(search.query(at=at), limit=ALL).record_ids.tolist()
    for begin in range(0, len(identifiers), CHUNK):
        wanted = identifiers[begin : begin + CHUNK]
        chunk = _whole().in_bulk(wanted)
        yield from (chunk[identifier] for identifier in wanted if identifier in chunk)


def _whole() -> ActivityQuerySet:
    """Published activities with everything that an export reads."""
    return (
        Activity.objects.published()
        .select_related("venue", "provider")
        .prefetch_related("schedules", "breaks", "concessions", "kinds", "venue__access_facts")
    )
