"""Reading what is published, a few hundred at a time, however many there are."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hereabouts import finder
from hereabouts.activities.finding.search import Search
from hereabouts.activities.models import Activity, ActivityQuerySet

CHUNK = 500
# Everything that a search finds, not only what a map can draw.
ALL = 10_000_000


def published() -> Iterator[Activity]:
    """Everything that residents can find, in the order in which it came in."""
    after = 0
    activities = _whole().order_by("pk")
    # One query after the other, not one that stays open: nothing waits for a slow reader.
    while chunk := list(activities.filter(pk__gt=after)[:CHUNK]):
        yield from chunk
        after = chunk[-1].pk


def found(search: Search, *, at: datetime) -> Iterator[Activity]:
    """Everything that a search finds, on whichever page, in its order."""
    identifiers: Sequence[int] = finder.points(search.query(at=at), limit=ALL).record_ids.tolist()
    for begin in range(0, len(identifiers), CHUNK):
        wanted = identifiers[begin : begin + CHUNK]
        chunk = _whole().in_bulk(wanted)
        yield from (chunk[identifier] for identifier in wanted if identifier in chunk)


def _whole() -> ActivityQuerySet:
    """With all that a file says."""
    return (
        Activity.objects.published()
        .select_related("venue", "provider")
        .prefetch_related("schedules", "breaks", "concessions", "kinds", "venue__access_facts")
    )
