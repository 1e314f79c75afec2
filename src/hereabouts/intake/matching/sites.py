"""The venue of each row: one that we have, or a new one, made once for all rows that name it."""

from uuid import UUID

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.table import TABLE, fill
from hereabouts.intake.matching.venues import VenueIndex, Where
from hereabouts.intake.models import ImportRow
from hereabouts.intake.rows import RowValues
from hereabouts.places.models import Venue
from hereabouts.places.names import searchable
from hereabouts.places.points import Point

VenueChoice = ImportRow.VenueChoice

OF_VENUES = [column for column, entry in TABLE.items() if entry.of == "venue"]
# A hundred metres or so: two pins that are nearer are at one place.
DECIMALS = 3


class Sites:
    """Finds or makes the venue of a row; remembers what earlier rows of the file made."""

    def __init__(self, venues: VenueIndex) -> None:
        self._venues = venues
        self._made: dict[tuple[UUID | str, ...], Venue] = {}

    def venue_of(self, row: ImportRow, values: RowValues) -> Venue | None:
        """The venue a person named for this row, else the one that matches, else a new one.

        None leaves it for whoever completes the draft. A venue that looks like one we have is
        left too: only a person can say whether it is the same.
        """
        if row.venue_choice in {VenueChoice.KNOWN, VenueChoice.LATER}:
            return row.chosen_venue
        identified = self._venues.identified(values.venue_identifier)
        if identified is not None:
            return identified
        if row.venue_choice == VenueChoice.NEW:
            return self._new(values)
        where: Where = {
            "name": values.venue,
            "town": values.town,
            "postcode": values.located.postcode if values.located else "",
            "point": values.point,
            # An identifier tells it from all others in the file.
            "is_only_saved": values.venue_identifier is not None,
        }
        same = self._venues.same(**where)
        if same is not None or self._venues.looks_the_same(**where):
            return same
        return self._new(values)

    def _new(self, values: RowValues) -> Venue | None:
        point = point_of(values)
        if not may_be_made(values) or point is None:
            return None
        key = _key(values, point)
        if key not in self._made:
            self._made[key] = _made(values, point)
            self._venues.add(self._made[key])
        return self._made[key]


def may_be_made(values: RowValues) -> bool:
    """Is it known where the venue is, and what it is called?"""
    return bool(searchable(values.venue)) and point_of(values) is not None


def point_of(values: RowValues) -> Point | None:
    """Of its pin, or else of its postcode."""
    return values.point or (values.located.point if values.located else None)


def _key(values: RowValues, point: Point) -> tuple[UUID | str, ...]:
    if values.venue_identifier:
        return (values.venue_identifier,)
    if values.located:
        return (searchable(values.venue), values.located.postcode)
    degrees = (point.latitude, point.longitude)
    return (searchable(values.venue), *(str(round(one, DECIMALS)) for one in degrees))


def _made(values: RowValues, point: Point) -> Venue:
    venue = Venue(
        postcode=values.located.postcode if values.located else "",
        latitude=point.latitude,
        longitude=point.longitude,
    )
    for column in OF_VENUES:
        fill(venue, column, values.read[column])
    # A pin's venue may have its name from elsewhere.
    fill(venue, Column.VENUE, values.venue)
    if values.venue_identifier:
        venue.public_id = values.venue_identifier
    return venue
