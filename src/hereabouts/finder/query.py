"""The finder's query, and its answer."""

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.finder.declarations import Declaration, Group
from hereabouts.places.points import Point

# Counts are exact up to here; "more than 1,000" is all that a person needs above.
COUNTED_UP_TO = 1000


class Order(enum.StrEnum):
    NEAREST = "nearest"
    SOONEST = "soonest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What people ask for beside the place; an empty filter asks for nothing.

    The values of a filter are codes of its declared vocabulary; `days` number Monday 0.
    """

    levels: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()
    costs: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    words: str = ""
    with_paused: bool = False
    order: Order = Order.NEAREST

    def wanted(self) -> dict[str, Any]:
        """All of these fields by name, to build a query with the same."""
        return {field.name: getattr(self, field.name) for field in fields(Wanted)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Query(Wanted):
    """A question to the finder, `among` one kind of record. Distances are over the surface.

    What has ended by `at` is not found, nor what is paused then unless `with_paused`; values that
    expire are found up to their day. Raises `ValueError` for a distance that is not above 0, for a
    page that cannot be, and for a filter that was not declared.
    """

    among: Declaration
    point: Point
    within_km: float
    at: datetime
    offset: int = 0
    limit: int = 20

    def __post_init__(self) -> None:
        if not (math.isfinite(self.within_km) and self.within_km > 0):
            raise ValueError(f"Search within more than 0 km, not {self.within_km}.")
        if self.offset < 0 or self.limit < 1:
            raise ValueError(
                f"A page starts at 0 or later and holds 1 or more, not {self.offset}, {self.limit}."
            )
        groups = self.among.groups
        undeclared = [group for group in Group if group not in groups and getattr(self, group)]
        if undeclared:
            raise ValueError(f"{self.among.name} cannot be filtered by {', '.join(undeclared)}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A record that matches, and how far away it is in a straight line over the surface."""

    record_id: int
    distance_km: float
    is_paused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many records match: exactly `total`, or more than that many."""

    total: int
    is_more_than_total: bool = False

    @staticmethod
    def of(found: int) -> "Count":
        """A count as pages report it: exact up to `COUNTED_UP_TO`."""
        return _COUNTS[min(found, COUNTED_UP_TO + 1)]


# Made once: a page reports about a hundred counts.
_COUNTS = (
    *(Count(total=total) for total in range(COUNTED_UP_TO + 1)),
    Count(total=COUNTED_UP_TO, is_more_than_total=True),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One page of matches in the order asked for, and how many there are and would be.

    `options[group][value]`: how many have this value and pass every other filter; where all values
    are required, how many there would be with this one as well. `without[group]`: how many there
    would be with that filter taken off, for each filter in use; where both days and parts of the
    day are, `DAYS` is both taken off. `within[km]`: how many there would be within that distance,
    for each one asked for.
    """

    hits: tuple[Hit, ...]
    count: Count
    options: Mapping[Group, Mapping[str, Count]]
    without: Mapping[Group, Count]
    within: Mapping[float, Count]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Points:
    """Every match for a map, in the order of the list: degrees, and what to draw.

    `levels` are the declared marks of their values, 0 for none. `is_more` says that only the first
    ones are here.
    """

    record_ids: NDArray[np.int64]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]
    levels: NDArray[Any]
    is_more: bool
