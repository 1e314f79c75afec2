"""Reading what the rows of a file of activities may mean."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Kind, Schedule
from hereabouts.imports.changes import File, Row
from hereabouts.intake.known import activity_values, provider_values, venue_values
from hereabouts.intake.matching.duplicates import DuplicateIndex, KnownLine
from hereabouts.intake.matching.kinds import KindIndex
from hereabouts.intake.matching.providers import ProviderResolver
from hereabouts.intake.matching.venue_resolver import VenueResolver
from hereabouts.intake.matching.venues import VenueIndex
from hereabouts.intake.parsing import Known, cells_of
from hereabouts.intake.rows import Cells, earlier_keys, key_of
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue


def known(file: File, rows: Sequence[Row]) -> Known:
    """What is here already that the rows may mean. A dozen queries, however many rows."""
    cells = [cells_of(row, file) for row in rows]
    keys = {key_of(row_cells) for row_cells in cells}
    wanted = keys.union(*(earlier_keys(row_cells) for row_cells in cells))
    identifiers = {found for row_cells in cells if (found := _identifier(row_cells))}
    meant = Activity.objects.for_pages().filter(
        Q(import_key__in=wanted) | Q(public_id__in=identifiers)
    )
    activities = [
        activity_values(activity, is_named=activity.public_id in identifiers) for activity in meant
    ]
    return Known(
        file=file,
        keys=keys,
        by_key={str(found.import_key): found for found in activities if found.import_key in wanted},
        by_identifier={
            found.public_id: found for found in activities if found.public_id in identifiers
        },
        venues=VenueResolver(venue_index()),
        kinds=KindIndex(Kind.objects.order_by("pk")),
        providers=ProviderResolver(map(provider_values, Organisation.objects.order_by("pk"))),
        duplicates=DuplicateIndex(_lines_of_others(wanted)),
    )


def venue_index() -> VenueIndex:
    """Every venue, to be found again by name, town and postcode."""
    venues = Venue.objects.prefetch_related("access_facts").order_by("pk")
    return VenueIndex(map(venue_values, venues))


def new_drafts(record_ids: Collection[int]) -> Sequence[Activity]:
    """Those of these activities that still are drafts, the oldest first."""
    return list(Activity.objects.drafts().filter(pk__in=record_ids).order_by("pk"))


def _lines_of_others(keys: Collection[str]) -> Iterator[KnownLine]:
    """The lines of the activities that are not retired and that no row is known to mean."""
    retired, meant = Q(activity__state=Activity.State.RETIRED), Q(activity__import_key__in=keys)
    others = Schedule.objects.exclude(retired | meant).exclude(start_time=None)
    whose = ("activity__venue_id", "activity__name", "activity__venue__name")
    rows = others.order_by("pk").values_list(*whose, *KnownLine._fields[len(whose) :])
    return map(KnownLine._make, rows.iterator())


def _identifier(cells: Cells) -> UUID | None:
    """Our own identifier, where the row has one that can be."""
    try:
        return UUID(cells.get(Column.IDENTIFIER, ""))
    except ValueError:
        return None
