"""Reading imports, and what saving one would do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Kind, Schedule
from hereabouts.intake.matching import pins
from hereabouts.intake.matching.duplicates import Line, Twins
from hereabouts.intake.matching.kinds import KindIndex
from hereabouts.intake.matching.providers import Providers
from hereabouts.intake.matching.sites import Sites
from hereabouts.intake.matching.venues import VenueIndex
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.intake.plans import Known, PlannedRow, Planner, cells_of
from hereabouts.intake.restricted import held_back
from hereabouts.intake.rows import Cells, key_of, keys_before
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What saving a whole import would do, and the venues that its rows may mean."""

    rows: tuple[PlannedRow, ...]
    venues: VenueIndex


def plan(batch: ImportBatch) -> Plan:
    """What saving `batch` now would do to each of its rows; writes nothing. A dozen queries.

    Whoever uploaded it decides what it may do, by what they may do now.
    """
    rows = list(batch.rows.select_related("chosen_venue").order_by("number"))
    cells = [cells_of(batch, row) for row in rows]
    keys = {key_of(given) for given in cells}
    wanted = keys.union(*(keys_before(given) for given in cells))
    identifiers = {found for given in cells if (found := _identifier(given))}
    known = Activity.objects.for_pages().filter(
        Q(import_key__in=wanted) | Q(public_id__in=identifiers)
    )
    venues = VenueIndex(Venue.objects.order_by("pk"))
    planner = Planner(
        batch=batch,
        keys=keys,
        known=Known(
            by_key={str(one.import_key): one for one in known if one.import_key in wanted},
            by_identifier={one.public_id: one for one in known if one.public_id in identifiers},
            sites=Sites(venues),
            kinds=KindIndex(Kind.objects.order_by("pk")),
            providers=Providers(Organisation.objects.order_by("pk")),
            twins=Twins(_lines_of_others(wanted)),
        ),
    )
    planned = (planner.plan(row) for row in rows)
    # Asked anew, not of the batch: a role may have been taken away since it was loaded.
    uploaders = User.objects.filter(pk__in=[batch.uploaded_by_id])
    if not any(may_publish(one) for one in uploaders):
        planned = (held_back(one) for one in planned)
    return Plan(rows=tuple(planned), venues=venues)


def may_publish(user: User) -> bool:
    """May they change activities by hand? Who may not imports drafts only."""
    return user.has_perm("activities.change_activity")


def open_to(user: User) -> QuerySet[ImportBatch]:
    """The imports that somebody may open: all, or else only their own.

    There may be people's numbers in them.
    """
    every = ImportBatch.objects.all()
    return every if may_publish(user) else every.filter(uploaded_by=user)


def _lines_of_others(keys: Collection[str]) -> Iterator[Line]:
    """When all takes place that is not taken down, and that no row of the file is known to mean."""
    stopped, meant = Q(activity__state=Activity.State.RETIRED), Q(activity__import_key__in=keys)
    others = Schedule.objects.exclude(stopped | meant).exclude(start_time=None)
    whose = ("activity__venue_id", "activity__name", "activity__venue__name")
    rows = others.order_by("pk").values_list(*whose, *Line._fields[len(whose) :])
    return map(Line._make, rows.iterator())


def _identifier(given: Cells) -> UUID | None:
    """Our own identifier, where the row has one that can be."""
    try:
        return UUID(given.get(Column.IDENTIFIER, ""))
    except ValueError:
        return None


def pins_of(batch: ImportBatch) -> list[pins.Pins]:
    """The colours of a map's pins; empty for what is no map."""
    return pins.by_colour(
        (given.get(Column.PIN, ""), given.get(Column.LAYER, ""))
        for row in batch.rows.all()
        if (given := cells_of(batch, row))
    )


def like_it_before(headings: Sequence[str]) -> ImportBatch | None:
    """The last saved file with these headings.

    Whoever sends a file every term matches it once, and a session keeps what it is known by.
    """
    saved = ImportBatch.objects.filter(state=ImportBatch.State.DONE, headings=list(headings))
    return saved.order_by("pk").last()


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
