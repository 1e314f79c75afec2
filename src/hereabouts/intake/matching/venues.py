"""An index of our venues, found by name and place, or by the likeness of names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict
from uuid import UUID

from rapidfuzz import fuzz

from hereabouts.intake.known import VenueValues
from hereabouts.places.names import searchable
from hereabouts.places.points import Point, distance_between

# From this likeness on, at the same postcode or in the same town, a person must say whether it is
# the same venue: making a second one by mistake is worse than asking.
LOOKS_THE_SAME = 80
# Less alike than this is not worth offering; in another town it must be more alike, but whatever
# made us ask is offered, though only one of the two towns is "Market" something.
WORTH_OFFERING = 60
WORTH_OFFERING_ELSEWHERE = LOOKS_THE_SAME
# A pin and a venue of ours no further apart than this are at one place.
SAME_VENUE_KM = 0.15


class Where(TypedDict):
    """What a row says of its venue, as `VenueIndex` takes it."""

    name: str
    town: str
    postcode: str
    point: NotRequired[Point | None]
    saved_only: NotRequired[bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A venue of ours that may be meant, and how alike the two names are, from 0 to 100."""

    venue: VenueValues
    likeness: int


def likeness(name: str, other: str) -> int:
    """How alike two names are as `searchable` writes them, from 0 to 100.

    Half of it forgives words that only one of them has ("Village Hall, Main Street"), the other
    half does not, so that one shared word such as "hall" is not enough.
    """
    return round((fuzz.token_set_ratio(name, other) + fuzz.token_sort_ratio(name, other)) / 2)


class VenueIndex:
    """Our venues, found again by name, town and postcode."""

    def __init__(self, venues: Iterable[VenueValues]) -> None:
        self._at: dict[tuple[str, str], list[VenueValues]] = defaultdict(list)
        self._around: dict[str, list[VenueValues]] = defaultdict(list)
        self._named: list[tuple[str, VenueValues]] = []
        self._identified: dict[UUID, VenueValues] = {}
        self._saved: dict[int, VenueValues] = {}
        for venue in venues:
            self.add(venue)

    def add(self, venue: VenueValues) -> None:
        """Add `venue` to the index."""
        name = searchable(venue.name)
        self._named.append((name, venue))
        self._identified[venue.public_id] = venue
        if venue.pk:
            self._saved[venue.pk] = venue
        for place in _places(town=venue.town, postcode=venue.postcode):
            self._at[name, place].append(venue)
            self._around[place].append(venue)

    def identified(self, identifier: UUID | None) -> VenueValues | None:
        """The venue with our own identifier, if there is one."""
        return self._identified.get(identifier) if identifier else None

    def saved(self, key: int) -> VenueValues | None:
        """The venue with that key of the database, if there is one."""
        return self._saved.get(key)

    def same(
        self,
        *,
        name: str,
        town: str,
        postcode: str,
        point: Point | None = None,
        saved_only: bool = False,
    ) -> VenueValues | None:
        """The one venue of this name at this postcode, in this town or at this point.

        None if it is not one. `saved_only` leaves out those that are new with the file.
        """
        if not name:
            return None
        wanted = searchable(name)
        there = [
            *(
                venue
                for place in _places(town=town, postcode=postcode)
                for venue in self._at.get((wanted, place), [])
                # Two halls of one name in one town: the postcode says which.
                if not (postcode and venue.postcode and postcode != venue.postcode)
            ),
            *(venue for known, venue in self._near(point) if known == wanted),
        ]
        found = {venue.public_id: venue for venue in there if venue.pk or not saved_only}
        return next(iter(found.values())) if len(found) == 1 else None

    def looks_the_same(
        self,
        *,
        name: str,
        town: str,
        postcode: str,
        point: Point | None = None,
        saved_only: bool = False,
    ) -> bool:
        """Is there a venue at this postcode, in this town or here that a person should compare?"""
        wanted = searchable(name)
        nearby = [
            *(
                venue
                for place in _places(town=town, postcode=postcode)
                for venue in self._around.get(place, [])
            ),
            *(venue for _known, venue in self._near(point)),
        ]
        return any(
            likeness(wanted, searchable(venue.name)) >= LOOKS_THE_SAME
            for venue in nearby
            if venue.pk or not saved_only
        )

    def _near(self, point: Point | None) -> list[tuple[str, VenueValues]]:
        """(name, venue) of those within a few steps of a point."""
        if point is None:
            return []
        # A degree of latitude is 111 km: most are out of the question before any trigonometry.
        return [
            (name, venue)
            for name, venue in self._named
            if abs(venue.point.latitude - point.latitude) < 2 * SAME_VENUE_KM / 111
            and distance_between(point, venue.point) <= SAME_VENUE_KM
        ]

    def candidates(
        self, *, name: str, town: str, postcode: str = "", count: int = 3
    ) -> list[Candidate]:
        """The `count` venues that are most likely meant, those first that make us ask.

        The postcode may be written in any way. A venue that is not saved yet is not offered.
        """
        if not name:
            return []
        wanted = searchable(name)
        here = set(_places(town=town, postcode=_without_spaces(postcode)))
        found = [
            Candidate(venue=venue, likeness=likeness(wanted, known))
            for known, venue in self._named
            if venue.pk
        ]
        likely = [
            candidate
            for candidate in found
            if candidate.likeness >= WORTH_OFFERING_ELSEWHERE
            or (
                candidate.likeness >= WORTH_OFFERING and (not town or _is_at(candidate.venue, here))
            )
        ]
        return sorted(likely, key=lambda likely: (*_unlikelihood(likely, here), likely.venue.pk))[
            :count
        ]


def _unlikelihood(candidate: Candidate, here: set[str]) -> tuple[bool, int, bool]:
    is_here = _is_at(candidate.venue, here)
    makes_us_ask = is_here and candidate.likeness >= LOOKS_THE_SAME
    return (not makes_us_ask, -candidate.likeness, not is_here)


def _is_at(venue: VenueValues, places: set[str]) -> bool:
    """Is it in this town, or at this postcode?"""
    return not places.isdisjoint(_places(town=venue.town, postcode=_without_spaces(venue.postcode)))


def _without_spaces(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _places(*, town: str, postcode: str) -> list[str]:
    """What tells where a venue is: its postcode and its town, if stated."""
    return [place for place in (postcode, searchable(town)) if place]
