"""Reading imports, and what saving one would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hereabouts.activities.imports.plans import PlannedRow, Planner, cells_of
from hereabouts.activities.imports.rows import key_of, keys_before
from hereabouts.activities.imports.venues import VenueIndex
from hereabouts.activities.models import Activity, ImportBatch, ImportRow
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What saving a whole import would do, and the venues that its rows may mean."""

    rows: tuple[PlannedRow, ...]
    venues: VenueIndex


def plan(batch: ImportBatch) -> Plan:
    """What saving `batch` now would do to each of its rows; writes nothing. Five queries."""
    rows = list(batch.rows.select_related("chosen_venue").order_by("number"))
    cells = [cells_of(batch, row) for row in rows]
    keys = {key_of(given) for given in cells}
    wanted = keys.union(*(keys_before(given) for given in cells))
    known = Activity.objects.filter(import_key__in=wanted).select_related("venue", "provider")
    venues = VenueIndex(Venue.objects.order_by("pk"))
    planner = Planner(
        batch=batch,
        keys=keys,
        known={str(one.import_key): one for one in known.prefetch_related("schedules")},
        venues=venues,
        # The oldest of two with one name is the one meant.
        organisations=Organisation.objects.order_by("-pk"),
    )
    return Plan(rows=tuple(planner.plan(row) for row in rows), venues=venues)


def columns_before(headings: Sequence[str]) -> dict[str, str]:
    """How the columns of the last saved file with these headings were matched; empty if none was.

    Whoever sends a file every term matches it once, and a session keeps what it is known by.
    """
    saved = ImportBatch.objects.filter(state=ImportBatch.State.DONE, headings=list(headings))
    last = saved.order_by("pk").last()
    return dict(last.columns) if last else {}


def outcomes(batch: ImportBatch) -> dict[ImportRow.Outcome, int]:
    """How many rows of a saved import had each outcome; outcomes of none are not in it."""
    counted = batch.rows.values("outcome").order_by("outcome").annotate(count=Count("pk"))
    return {ImportRow.Outcome(one["outcome"]): one["count"] for one in counted}


def new_drafts(batch: ImportBatch) -> QuerySet[Activity]:
    """What this import brought in, or changed, that still is a draft, the oldest first."""
    rows = batch.rows.filter(activity__isnull=False)
    return Activity.objects.drafts().filter(pk__in=rows.values("activity")).order_by("pk")


def with_counts(batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """Imports with how many rows they have, and how many of those were left out."""
    return batches.annotate(
        row_count=Count("rows"),
        left_out_count=Count("rows", filter=Q(rows__outcome=ImportRow.Outcome.REJECTED)),
    )
