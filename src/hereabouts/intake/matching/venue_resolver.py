"""The venue of each row: one that is here, or a new one, made once for all rows that name it."""

from uuid import UUID, uuid4

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.intake.known import VenueValues
from hereabouts.intake.matching.venues import VenueIndex, Where
from hereabouts.intake.rows import RowValues
from hereabouts.places.names import searchable
from hereabouts.places.points import Point

# What a person chose for a row: a new venue, or nothing yet; else it is a venue's key.
NEW, LATER = "new", "later"
# A hundred metres or so: two pins that are nearer are at one place.
DECIMALS = 3


class VenueResolver:
    """Finds or makes the venue of a row; remembers what earlier rows of the file made."""

    def __init__(self, venues: VenueIndex) -> None:
        self.index = venues
        self._new_ones: dict[tuple[UUID | str, ...], VenueValues] = {}

    def resolve(self, row: RowValues, *, choice: str) -> VenueValues | None:
        """The venue a person named for this row, else the one that matches, else a new one.

        None leaves it for whoever completes the draft. A venue that looks like one that is here is
        left too: only a person can say whether it is the same.
        """
        if choice not in {"", NEW}:
            return self.chosen(choice)
        identifier = row.values[Column.VENUE_IDENTIFIER]
        identified = self.index.identified(identifier)
        if identified is not None:
            return identified
        if choice == NEW:
            return self._new(row)
        where: Where = {
            "name": row.venue,
            "town": str(row.values[Column.TOWN]),
            "postcode": row.located.postcode if row.located else "",
            "point": row.point,
            # An identifier tells it from all others in the file.
            "saved_only": identifier is not None,
        }
        same = self.index.same(**where)
        if same is not None or self.index.looks_the_same(**where):
            return same
        return self._new(row)

    def chosen(self, choice: str) -> VenueValues | None:
        """The venue that a person named; None for "later", and when it was removed meanwhile."""
        return self.index.saved(int(choice)) if choice.isdecimal() else None

    def _new(self, row: RowValues) -> VenueValues | None:
        point = point_of(row)
        if not may_be_made(row) or point is None:
            return None
        key = _key(row, point)
        if key not in self._new_ones:
            self._new_ones[key] = _new_values(row, point)
            self.index.add(self._new_ones[key])
        return self._new_ones[key]


def may_be_made(row: RowValues) -> bool:
    """Is it known where the venue is, and what it is called?"""
    return bool(searchable(row.venue)) and point_of(row) is not None


def point_of(row: RowValues) -> Point | None:
    """Of its pin, or else of its postcode."""
    return row.point or (row.located.point if row.located else None)


def _key(row: RowValues, point: Point) -> tuple[UUID | str, ...]:
    """What makes two rows' new venues the same."""
    identifier: UUID | None = row.values[Column.VENUE_IDENTIFIER]
    if identifier:
        return (identifier,)
    if row.located:
        return (searchable(row.venue), row.located.postcode)
    pair = (point.latitude, point.longitude)
    return (searchable(row.venue), *(str(round(degrees, DECIMALS)) for degrees in pair))


def _new_values(row: RowValues, point: Point) -> VenueValues:
    postcode = row.located.postcode if row.located else ""
    # A pin's venue may have its name from elsewhere.
    fields = table.fields("venue", row.values) | {"name": row.venue, "postcode": postcode}
    return VenueValues(
        pk=None,
        public_id=row.values[Column.VENUE_IDENTIFIER] or uuid4(),
        name=row.venue,
        town=str(row.values[Column.TOWN]),
        postcode=postcode,
        point=point,
        fields=fields | {"latitude": point.latitude, "longitude": point.longitude},
    )
