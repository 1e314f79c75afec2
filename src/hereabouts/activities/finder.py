"""The finder's engine: what is near a point, nearest first, exactly.

`Query` in, `Answer` out; nothing else of the search is known outside this module. How it works,
and what was measured, is in `docs/decisions/0003-one-column-of-cells.md`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import h3.api.basic_int as h3
from django.db import connection

from hereabouts.activities.levels import Level
from hereabouts.activities.models import FinderEntry
from hereabouts.places.points import EARTH_RADIUS_KM, Point, over_surface, squared_chord

# Matches are counted one by one up to here; "more than 1,000" is all that a person needs.
COUNTED_UP_TO = 1000

FINEST = 15
EDGE_KM = tuple(h3.average_hexagon_edge_length(resolution, unit="km") for resolution in range(16))
# All three in average edges of the resolution, with a margin over what was measured all over the
# Earth. A hexagon's farthest corner is 1.102 from its centre. Seven children do not fill their
# parent exactly: what descends from a cell reaches past its corners, 1.145 from its centre, and by
# geometry never past 1.159. The nth ring around a cell is nowhere nearer to its centre than 1.05 n.
CORNER, REACH, RING = 1.11, 1.2, 1.03
# The finest cells are used of which a search radius is not longer than this many edges: 6 to 25
# cells, whatever the radius. More cells fit the circle better but cost more ranges; measured.
LONGEST_RADIUS = 3
FARTHEST_KM = math.pi * EARTH_RADIUS_KM
EVERYWHERE = ((0, 2**63 - 1),)
# How fast the search widens: about one resolution of cells, seven times the area.
WIDER = math.sqrt(7)
# Where there are too many to count it may be this much denser than we know: begin well inside.
PERHAPS_DENSER = 20
# From this share of all matches on, sorting them all is quicker than choosing a smaller circle.
FEW = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a `FinderEntry` is, in the form that a search compares."""

    cell: int
    x: float
    y: float
    z: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question to the finder. Distances are over the surface.

    Without `levels` every level is found, and none; `Level.NONE` asks for activities without a
    level. On the day `on`, what has ended is not found, and a red class whose leader is not
    confirmed then is not found as red. Raises `ValueError` for a distance that is not above 0, and
    for a page that cannot be.
    """

    point: Point
    within_km: float
    on: date
    levels: frozenset[Level] = frozenset()
    offset: int = 0
    limit: int = 20

    def __post_init__(self) -> None:
        if not (math.isfinite(self.within_km) and self.within_km > 0):
            raise ValueError(f"Search within more than 0 km, not {self.within_km}.")
        if self.offset < 0 or self.limit < 1:
            raise ValueError(
                f"A page starts at 0 or later and holds 1 or more, not {self.offset}, {self.limit}."
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An activity that matches, and how far away it is in a straight line over the surface."""

    activity_id: int
    distance_km: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many activities match: exactly `total`, or more than that many."""

    total: int
    is_more_than_total: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One page of matches, nearest first, and how many there are: see `Count`."""

    hits: tuple[Hit, ...]
    total: int
    is_more_than_total: bool


def place_of(point: Point) -> Place:
    """The cell and coordinates that a `FinderEntry` at `point` has."""
    x, y, z = point.on_sphere()
    cell = h3.latlng_to_cell(point.latitude, point.longitude, FINEST)
    return Place(cell=cell, x=x, y=y, z=z)


def count(query: Query) -> Count:
    """How many activities match, whatever the page: exact up to `COUNTED_UP_TO`."""
    ranges = cells_around(query.point, query.within_km)
    sql = _count_sql(len(ranges), len(query.levels))
    parameters = [*_parameters(query, query.within_km, ranges), COUNTED_UP_TO + 1]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: int = cursor.fetchone()[0]
    return Count(total=min(found, COUNTED_UP_TO), is_more_than_total=found > COUNTED_UP_TO)


def nearest(query: Query) -> Answer:
    """The asked page of matches, ordered by distance and, where equal, by activity."""
    counted = count(query)
    return Answer(
        hits=_page(query, counted),
        total=counted.total,
        is_more_than_total=counted.is_more_than_total,
    )


# The count and the page of one question, and its twins with another level, need the same.
@lru_cache(maxsize=64)
def cells_around(point: Point, radius_km: float) -> tuple[tuple[int, int], ...]:
    """Ranges of `FinderEntry.cell` that hold everything within `radius_km`, and a little more."""
    resolution = _resolution_for(radius_km)
    if resolution is None:
        return EVERYWHERE
    edge_km = EDGE_KM[resolution]
    farthest_centre_km = radius_km + REACH * edge_km
    rings = math.ceil((farthest_centre_km / edge_km + CORNER) / RING) - 1
    home = h3.latlng_to_cell(point.latitude, point.longitude, resolution)
    limit = squared_chord(min(farthest_centre_km, FARTHEST_KM))
    here = point.on_sphere()
    cells = [cell for cell in h3.grid_disk(home, rings) if _squared_from(here, cell) <= limit]
    return _as_ranges(cells, resolution)


def _page(query: Query, counted: Count) -> tuple[Hit, ...]:
    """The asked page: search a small circle first, and a wider one while the page is not full."""
    expected = query.limit
    if not counted.is_more_than_total:
        expected = min(query.limit, counted.total - query.offset)
    if expected <= 0:
        return ()
    for radius_km in _radii(query, counted):
        rows = _within(query, radius_km)
        if len(rows) >= expected:
            break
    return tuple(Hit(activity_id=key, distance_km=over_surface(squared)) for key, squared in rows)


def _radii(query: Query, counted: Count) -> Iterator[float]:
    """Growing radii, the last of them the whole search; the first is a guess at a full page.

    Any guess gives the right answer; a good one gives it sooner.
    """
    wanted = query.offset + query.limit
    share = wanted / max(counted.total, wanted)
    if counted.is_more_than_total:
        share /= PERHAPS_DENSER
    elif share > FEW:
        share = 1
    radius_km = query.within_km * math.sqrt(share) * 1.2
    while radius_km < query.within_km:
        yield radius_km
        radius_km *= WIDER
    yield query.within_km


def _within(query: Query, radius_km: float) -> list[tuple[int, float]]:
    """The asked page of matches no further than `radius_km`: activity and squared chord."""
    ranges = cells_around(query.point, radius_km)
    sql = _page_sql(len(ranges), len(query.levels))
    parameters = [*_parameters(query, radius_km, ranges), query.limit, query.offset]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[int, float]] = cursor.fetchall()
    return rows


def _parameters(
    query: Query, radius_km: float, ranges: tuple[tuple[int, int], ...]
) -> list[float | int | str]:
    """What `_matching_sql` asks for, in its order."""
    x, y, z = query.point.on_sphere()
    on = query.on.isoformat()
    levels: list[str] = sorted(query.levels or Level)
    branches: list[float | int | str] = []
    for lowest, highest in ranges:
        branches += [*levels, lowest, highest]
    return [
        *branches,
        *(x, x, y, y, z, z),
        on,
        *([on] if query.levels else []),
        squared_chord(min(radius_km, FARTHEST_KM)),
    ]


@lru_cache(maxsize=256)
def _count_sql(ranges: int, levels: int) -> str:
    return (
        f"{_matching_sql(ranges, levels)} "
        "SELECT COUNT(*) FROM (SELECT 1 FROM matching LIMIT %s) AS counted"
    )


@lru_cache(maxsize=256)
def _page_sql(ranges: int, levels: int) -> str:
    return (
        f"{_matching_sql(ranges, levels)} SELECT activity_id, squared FROM matching "
        "ORDER BY squared, activity_id LIMIT %s OFFSET %s"
    )


def _matching_sql(ranges: int, levels: int) -> str:
    """Every match within a radius, as the table `matching`: the same words for every database.

    A branch for each range, because PostgreSQL then sees how few rows each has, and reads them from
    the index alone; it holds every column that is asked for.
    """
    one_range = f"""
        SELECT activity_id, level, level_until, last_on, x, y, z
        FROM {FinderEntry._meta.db_table}
        WHERE level IN ({", ".join(["%s"] * (levels or len(Level)))}) AND cell BETWEEN %s AND %s
        """
    leader_is_confirmed = "AND (level <> 'RED' OR level_until >= %s)" if levels else ""
    return f"""
        WITH entry AS ({" UNION ALL ".join([one_range] * ranges)}),
        measured AS (
            SELECT activity_id,
                (x - %s) * (x - %s) + (y - %s) * (y - %s) + (z - %s) * (z - %s) AS squared
            FROM entry
            WHERE (last_on IS NULL OR last_on >= %s) {leader_is_confirmed}
        ),
        matching AS (SELECT activity_id, squared FROM measured WHERE squared <= %s)
        """


def _resolution_for(radius_km: float) -> int | None:
    """The finest resolution that needs few cells; None when even the coarsest needs many."""
    return next(
        (
            resolution
            for resolution in reversed(range(FINEST + 1))
            if radius_km <= LONGEST_RADIUS * EDGE_KM[resolution]
        ),
        None,
    )


def _squared_from(here: tuple[float, float, float], cell: int) -> float:
    """The squared chord from `here` to the centre of `cell`."""
    latitude, longitude = h3.cell_to_latlng(cell)
    x, y, z = Point(latitude=latitude, longitude=longitude).on_sphere()
    return (x - here[0]) ** 2 + (y - here[1]) ** 2 + (z - here[2]) ** 2


def _as_ranges(cells: list[int], resolution: int) -> tuple[tuple[int, int], ...]:
    """The finest cells inside `cells`, as few ranges as there are gaps.

    A cell's descendants share its leading digits; each finer resolution adds one octal digit.
    """
    width = 8 ** (FINEST - resolution)
    ranges: list[tuple[int, int]] = []
    for lowest in sorted(h3.cell_to_center_child(cell, FINEST) for cell in cells):
        if ranges and ranges[-1][1] + 1 == lowest:
            ranges[-1] = (ranges[-1][0], lowest + width - 1)
        else:
            ranges.append((lowest, lowest + width - 1))
    return tuple(ranges)
