"""Writing what the finder searches: an entry for each published activity, and their blocks."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.cache import cache
from django.db import models, transaction

from hereabouts.activities.entries import Listed, entry_of
from hereabouts.activities.finding.declared import ACTIVITIES
from hereabouts.activities.models import Activity, Kind
from hereabouts.finder import actions as finder
from hereabouts.finder.models import FinderEntry
from hereabouts.partners import queries as partners

CHUNK = 500
# The terms that the entries of what is in term time only were last written with. Should it be
# forgotten they are written once more.
TERMS_WRITTEN = "hereabouts.terms_written"
# The activities whose entries wait, where many are saved at once.
_waiting: ContextVar[set[int] | None] = ContextVar("activities_waiting", default=None)


@contextmanager
def entries_written_at_the_end(*, at: datetime) -> Iterator[None]:
    """Let the entries of all that is saved inside wait for the end, and write them together.

    Inside the caller's transaction, so that no search comes between. Much quicker than one by one:
    a block holds many entries. When something goes wrong nothing is written.
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
    """Write what the finder searches of these activities anew; of what is not published, nothing.

    Whoever saves something that an entry follows from calls this in the same transaction.
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
    """Write everything anew that the finder searches; how many activities it finds.

    A transaction for each few hundred: nobody else has to wait for the end, and whoever is
    interrupted begins again.
    """
    in_finder = models.Q(pk__in=_entries().values("record_id"))
    findable = Activity.objects.filter(models.Q(state=Activity.State.PUBLISHED) | in_finder)
    _refresh(findable, at=at)
    return _entries().count()


def refresh_due_entries(*, at: datetime) -> int:
    """Write anew what has changed by itself since it was written; how many activities that were.

    That is what has begun since and has another next session, and all that is in term time only
    when the school terms are not what they were. A transaction for each few hundred.
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
    # By place: activities of one chunk then share blocks. Eight bytes for each of them.
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
    """The activities with all that their entries follow from, in a few queries."""
    activities = list(
        Activity.objects.filter(pk__in=activity_ids)
        .select_related("venue", "provider")
        .prefetch_related(
            *("schedules", "breaks", "concessions", "kinds", "venue__access_facts"),
        )
        .order_by("pk")
    )
    identifiers = _identifiers({kind.pk for one in activities for kind in one.kinds.all()})
    for activity in activities:
        assert activity.venue is not None
        kinds = list(activity.kinds.all())
        yield Listed(
            activity=activity,
            schedules=list(activity.schedules.all()),
            breaks=list(activity.breaks.all()),
            concessions=list(activity.concessions.all()),
            kinds=kinds,
            kind_identifiers={one for kind in kinds for one in identifiers[kind.pk]},
            access_facts=list(activity.venue.access_facts.all()),
        )


def _identifiers(kind_ids: Collection[int]) -> Mapping[int, set[str]]:
    """Of each of these kinds: its identifier, and those of all that are broader."""
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
    return {kind: {identifiers[one] for one in _reached(kind, broader)} for kind in kind_ids}


def _reached(start: int, broader: Mapping[int, set[int]]) -> set[int]:
    """`start` and all above it. A circle, should the list have one, is gone round once."""
    reached, waiting = {start}, [start]
    while waiting:
        new = broader.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _chunks(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield list(keys[start : start + CHUNK])
