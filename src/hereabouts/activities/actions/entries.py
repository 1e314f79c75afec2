"""Writing what the finder searches: an entry for each published activity, and their blocks."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.cache import cache
from django.db import models, transaction

from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.entries import Listed, entry_of
from hereabouts.activities.models import Activity, Kind
from hereabouts.finder import actions as finder
from hereabouts.finder.models import FinderEntry
from hereabouts.partners import queries as partners

CHUNK = 500
# Cache key of the terms with which the entries of term-time activities were last written. When the
# cache loses it, they are written once more.
TERMS_WRITTEN = "hereabouts.terms_written"
# The activities whose entries wait for the end of a batch; None outside a batch.
_waiting: ContextVar[set[int] | None] = ContextVar("activities_waiting", default=None)


@contextmanager
def entries_written_at_the_end(*, at: datetime) -> Iterator[None]:
    """Write the entries of all activities saved inside the `with` block together, at its end.

    Use it inside a transaction, so that no search comes between. Much quicker than one write for
    each activity: a block holds many entries. After an exception nothing is written.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: set[int] = set()
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    write_entries(activity_ids=waiting, at=at)


@transaction.atomic
def write_entries(*, activity_ids: Collection[int], at: datetime) -> None:
    """Rewrite the finder's entries of these activities; one that is not published has none.

    Call it in the transaction that saves anything that an entry is computed from.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(activity_ids)
        return
    finder.write_entries(
        among=ACTIVITIES,
        record_ids=activity_ids,
        entries_of=lambda chunk: _entries_of(chunk, at=at),
    )


def refresh_entries(*, at: datetime) -> int:
    """Rewrite every entry of an activity; the number of activities that the finder then has.

    A transaction for each few hundred: nobody has to wait for the end, and after an interruption
    run it again.
    """
    in_finder = models.Q(pk__in=_entries().values("record_id"))
    findable = Activity.objects.filter(models.Q(state=Activity.State.PUBLISHED) | in_finder)
    _refresh(findable, at=at)
    # No foreign key sees to it that there are none.
    orphans = _entries().exclude(
        models.Exists(Activity.objects.filter(pk=models.OuterRef("record_id")))
    )
    finder.remove_entries(
        among=ACTIVITIES, record_ids=list(orphans.values_list("record_id", flat=True))
    )
    return _entries().count()


def refresh_due_entries(*, at: datetime) -> int:
    """Rewrite the entries that time or new school terms have made wrong; their number.

    Those are entries whose next session has begun, and all of term-time activities when the terms
    have changed. A transaction for each few hundred.
    """
    published = Activity.objects.published()
    have_begun = _entries().filter(next_at__lte=at).values("record_id")
    count = _refresh(published.filter(pk__in=have_begun), at=at)
    terms = [(str(term.starts_on), str(term.ends_on)) for term in partners.terms()]
    if cache.get(TERMS_WRITTEN) != terms:
        count += _refresh(published.filter(is_term_time_only=True), at=at)
        cache.set(TERMS_WRITTEN, terms, timeout=None)
    return count


def _refresh(activities: models.QuerySet[Activity], *, at: datetime) -> int:
    # By cell: activities of one chunk then share blocks. An array takes eight bytes a key.
    cell = _entries().filter(record_id=models.OuterRef("pk")).values("cell")
    by_place = activities.order_by(models.Subquery(cell), "pk").values_list("pk", flat=True)
    keys = array("q", by_place.iterator())
    for chunk in _chunks(keys):
        write_entries(activity_ids=chunk, at=at)
    return len(keys)


def _entries() -> models.QuerySet[FinderEntry]:
    """The finder's entries of activities."""
    return FinderEntry.objects.among(ACTIVITIES)


def _entries_of(activity_ids: Sequence[int], *, at: datetime) -> Iterator[FinderEntry]:
    """The entries, not saved, of those of these activities that are published."""
    findable = Activity.objects.published().filter(pk__in=activity_ids).exclude(venue=None)
    terms = partners.terms()
    for listed in _listed(findable.values_list("pk", flat=True)):
        yield entry_of(listed, terms=terms, at=at)


def _listed(activity_ids: Iterable[int]) -> Iterator[Listed]:
    """The activities with all that their entries are computed from, in a few queries."""
    activities = list(
        Activity.objects.filter(pk__in=activity_ids)
        .select_related("venue", "provider")
        .prefetch_related(
            *("schedules", "breaks", "concessions", "kinds", "venue__access_facts"),
        )
        .order_by("pk")
    )
    identifiers = _identifiers(
        {kind.pk for activity in activities for kind in activity.kinds.all()}
    )
    for activity in activities:
        assert activity.venue is not None
        kinds = list(activity.kinds.all())
        yield Listed(
            activity=activity,
            schedules=list(activity.schedules.all()),
            breaks=list(activity.breaks.all()),
            concessions=list(activity.concessions.all()),
            kinds=kinds,
            kind_identifiers=set().union(*(identifiers[kind.pk] for kind in kinds)),
            access_facts=list(activity.venue.access_facts.all()),
        )


def _identifiers(kind_ids: Collection[int]) -> Mapping[int, set[str]]:
    """For each of these kinds its identifier and those of every broader kind."""
    links = Kind.broader.through.objects
    broader: dict[int, set[int]] = defaultdict(set)
    known, newest = set(kind_ids), set(kind_ids)
    while newest:
        pairs = links.filter(from_kind__in=newest).values_list("from_kind", "to_kind")
        for narrow, broad in pairs:
            broader[narrow].add(broad)
        newest = {broad for narrow in newest for broad in broader[narrow]} - known
        known |= newest
    identifiers = dict(Kind.objects.filter(pk__in=known).values_list("pk", "identifier"))
    return {kind: {identifiers[above] for above in _reached(kind, broader)} for kind in kind_ids}


def _reached(start: int, broader: Mapping[int, set[int]]) -> set[int]:
    """`start` and all kinds above it; ends even if the list should have a cycle."""
    reached, waiting = {start}, [start]
    while waiting:
        new = broader.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _chunks(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield list(keys[start : start + CHUNK])
