"""The finder's engine equals brute force: any point, radius, filter, page, and cell border."""

import json
import math
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import h3.api.basic_int as h3
import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hereabouts.activities import finder
from hereabouts.activities.finder import Answer, Count, Hit, Query
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity, FinderEntry
from hereabouts.places.points import (
    EARTH_RADIUS_KM,
    Point,
    distance_between,
    over_surface,
    squared_chord,
)

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
SHIREBROOK = Point(latitude=53.2000, longitude=-1.2324)
unhurried = hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What an entry of a test says; its activity's number is its place in the list, from 1."""

    point: Point
    level: Level = Level.NONE
    level_until: date | None = None
    last_on: date | None = None


def put(stands: list[Stand]) -> list[Stand]:
    """Make these, and only these, the finder's entries."""
    FinderEntry.objects.all().delete()
    Activity.objects.all().delete()
    numbers = range(1, len(stands) + 1)
    Activity.objects.bulk_create(Activity(pk=number, name="A class") for number in numbers)
    places = [finder.place_of(stand.point) for stand in stands]
    FinderEntry.objects.bulk_create(
        FinderEntry(
            activity_id=number,
            cell=place.cell,
            x=place.x,
            y=place.y,
            z=place.z,
            level=stand.level,
            level_until=stand.level_until,
            last_on=stand.last_on,
        )
        for number, stand, place in zip(numbers, stands, places, strict=True)
    )
    return stands


def by_brute_force(query: Query, stands: list[Stand]) -> Answer:
    """Every entry measured, in the engine's arithmetic so that equal is equal to the last bit."""
    here = np.array(query.point.on_sphere())
    there = np.array([stand.point.on_sphere() for stand in stands]).reshape(-1, 3)
    parts = (there - here) * (there - here)
    squared = parts[:, 0] + parts[:, 1] + parts[:, 2]
    greatest = squared_chord(min(query.within_km, math.pi * EARTH_RADIUS_KM))
    found = sorted(
        (float(squared[row]), row + 1)
        for row, stand in enumerate(stands)
        if squared[row] <= greatest and is_wanted(stand, query)
    )
    page = found[query.offset : query.offset + query.limit]
    return Answer(
        hits=tuple(Hit(activity_id=key, distance_km=over_surface(at)) for at, key in page),
        total=min(len(found), 1000),
        is_more_than_total=len(found) > 1000,
    )


def is_wanted(stand: Stand, query: Query) -> bool:
    if stand.last_on is not None and stand.last_on < query.on:
        return False
    if not query.levels:
        return True
    is_confirmed = stand.level_until is not None and stand.level_until >= query.on
    return stand.level in query.levels and (stand.level != Level.RED or is_confirmed)


def towards(point: Point, *, bearing: float, km: float) -> Point:
    """The point `km` away over the surface in the direction `bearing`, in radians."""
    latitude, angle = math.radians(point.latitude), km / EARTH_RADIUS_KM
    north = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(
        bearing
    )
    new_latitude = math.asin(max(-1.0, min(1.0, north)))
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(latitude),
        math.cos(angle) - math.sin(latitude) * math.sin(new_latitude),
    )
    longitude = (point.longitude + math.degrees(east) + 180) % 360 - 180
    return Point(latitude=math.degrees(new_latitude), longitude=longitude)


bearings = st.floats(0, 2 * math.pi)
anywhere = st.builds(
    lambda z, longitude: Point(latitude=math.degrees(math.asin(z)), longitude=longitude),
    st.floats(-1, 1),
    st.floats(-180, 180),
)
in_great_britain = st.builds(Point, latitude=st.floats(49.9, 60.9), longitude=st.floats(-7.6, 1.8))
at_a_pentagon = st.builds(
    lambda resolution, which, bearing, edges: towards(
        Point(
            latitude=(at := h3.cell_to_latlng(h3.get_pentagons(resolution)[which]))[0],
            longitude=at[1],
        ),
        bearing=bearing,
        km=edges * h3.average_hexagon_edge_length(resolution),
    ),
    st.integers(0, 8),
    st.integers(0, 11),
    bearings,
    st.floats(0, 6),
)
some_levels = st.frozensets(st.sampled_from(list(Level)))


@st.composite
def at_a_cell_border(draw: st.DrawFn) -> Point:
    """A point on a corner or an edge of a cell, or a hand's breadth from it."""
    home = draw(in_great_britain)
    cell = h3.latlng_to_cell(home.latitude, home.longitude, draw(st.integers(5, 9)))
    corners = h3.cell_to_boundary(cell)
    corner = draw(st.integers(0, len(corners) - 1))
    share = draw(st.sampled_from([0.0, 0.5]) | st.floats(0, 1))
    (south, west), (north, east) = corners[corner - 1], corners[corner]
    border = Point(latitude=south + (north - south) * share, longitude=west + (east - west) * share)
    return towards(
        border, bearing=draw(bearings), km=draw(st.sampled_from([0.0, 1e-7, 1e-4, 0.01]))
    )


# ── Nothing within the radius is outside the cells ──


@hypothesis_settings(deadline=None, max_examples=1500)
@given(
    here=anywhere | in_great_britain | at_a_pentagon | at_a_cell_border(),
    magnitude=st.floats(-3, 4.3),
    share=st.sampled_from([1.0, 0.999999]) | st.floats(0, 1),
    bearing=bearings,
)
def test_the_cells_hold_everything_within_the_radius(
    here: Point, magnitude: float, share: float, bearing: float
) -> None:
    radius_km = 10**magnitude
    there = towards(here, bearing=bearing, km=radius_km * share)

    cell = finder.place_of(there).cell

    assert any(low <= cell <= high for low, high in finder.cells_around(here, radius_km))


@hypothesis_settings(deadline=None, max_examples=60)
@given(point=anywhere | at_a_pentagon, resolution=st.integers(0, 11))
def test_what_descends_from_a_cell_stays_within_reach_of_its_centre(
    point: Point, resolution: int
) -> None:
    cell = h3.latlng_to_cell(point.latitude, point.longitude, resolution)
    centre = Point(latitude=(at := h3.cell_to_latlng(cell))[0], longitude=at[1])

    farthest_km = max(
        distance_between(centre, Point(latitude=north, longitude=east))
        for descendant in h3.cell_to_children(cell, resolution + 3)
        for north, east in h3.cell_to_boundary(descendant)
    )

    # Finer descendants reach further by less than a twentieth of an edge.
    assert farthest_km < (finder.REACH - 0.04) * h3.average_hexagon_edge_length(resolution)


@hypothesis_settings(deadline=None, max_examples=200)
@given(point=anywhere | at_a_pentagon, resolution=st.integers(0, 11), rings=st.integers(1, 5))
def test_each_ring_of_cells_lies_further_out(point: Point, resolution: int, rings: int) -> None:
    home = h3.latlng_to_cell(point.latitude, point.longitude, resolution)
    centre = Point(latitude=(at := h3.cell_to_latlng(home))[0], longitude=at[1])
    outside = set(h3.grid_disk(home, rings + 2)) - set(h3.grid_disk(home, rings - 1))

    nearest_km = min(
        distance_between(centre, Point(latitude=north, longitude=east))
        for north, east in map(h3.cell_to_latlng, outside)
    )

    assert nearest_km > rings * finder.RING * h3.average_hexagon_edge_length(resolution)


@given(in_great_britain, st.floats(0.01, 200))
def test_a_circle_takes_few_ranges(point: Point, radius_km: float) -> None:
    assert 1 <= len(finder.cells_around(point, radius_km)) <= 30


# ── The answers are those of brute force ──


@pytest.fixture
def crowded(db: None) -> list[Stand]:
    """A town, its country and far places: 1,600 entries of every kind, in shared venues."""
    random = np.random.default_rng(20261123)
    venues = [
        towards(SHIREBROOK, bearing=float(turn), km=float(km))
        for turn, km in zip(
            random.uniform(0, 7, 640), 10 ** random.uniform(-2, 2.5, 640), strict=True
        )
    ]
    for resolution in (6, 7, 8, 9):
        cell = h3.latlng_to_cell(SHIREBROOK.latitude, SHIREBROOK.longitude, resolution)
        venues += [
            Point(latitude=north, longitude=east) for north, east in h3.cell_to_boundary(cell)
        ]
    days = [None, None, None, YESTERDAY, TODAY, TOMORROW]
    return put(
        [
            Stand(
                point=venues[random.integers(len(venues))],
                level=(level := list(Level)[random.integers(4)]),
                level_until=days[random.integers(2, 6)] if level == Level.RED else None,
                last_on=days[random.integers(6)],
            )
            for _ in range(1600)
        ]
    )


def test_nearest_equals_brute_force(crowded: list[Stand]) -> None:
    near_shirebrook = st.builds(
        lambda bearing, magnitude: towards(SHIREBROOK, bearing=bearing, km=10**magnitude),
        bearings,
        st.floats(-3, 2.6),
    )

    @hypothesis_settings(unhurried, max_examples=200)
    @given(
        point=near_shirebrook | st.sampled_from(crowded).map(lambda stand: stand.point) | anywhere,
        within_km=st.floats(-2, 4.5).map(lambda magnitude: 10**magnitude),
        on=st.sampled_from([YESTERDAY, TODAY, TOMORROW]),
        levels=some_levels,
        page=st.tuples(st.integers(0, 1700) | st.just(0), st.integers(1, 60) | st.just(20)),
    )
    def holds(
        point: Point,
        within_km: float,
        on: date,
        levels: frozenset[Level],
        page: tuple[int, int],
    ) -> None:
        offset, limit = page
        query = Query(
            point=point, within_km=within_km, on=on, levels=levels, offset=offset, limit=limit
        )

        answer = finder.nearest(query)

        assert answer == by_brute_force(query, crowded)
        assert finder.count(query) == Count(
            total=answer.total, is_more_than_total=answer.is_more_than_total
        )

    holds()


@unhurried
@given(
    borders=st.lists(at_a_cell_border(), min_size=1, max_size=12),
    which=st.integers(0, 11),
    here=at_a_cell_border() | in_great_britain,
    wider=st.sampled_from([1 - 1e-9, 1.0, 1 + 1e-9, 1.5]),
)
def test_nearest_equals_brute_force_at_cell_borders(
    borders: list[Point], which: int, here: Point, wider: float
) -> None:
    stands = put([Stand(point=point) for point in borders])
    farthest = borders[which % len(borders)]
    query = Query(
        point=here, within_km=max(1e-6, distance_between(here, farthest) * wider), on=TODAY
    )

    answer = finder.nearest(query)

    assert answer == by_brute_force(query, stands)


def test_every_page_together_is_everything_once(crowded: list[Stand]) -> None:
    query = Query(point=SHIREBROOK, within_km=40, on=TODAY, levels=frozenset({Level.GREEN}))
    total = finder.count(query).total

    pages = [finder.nearest(replace(query, offset=offset)) for offset in range(0, total + 20, 20)]

    found = [hit.activity_id for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == total > 60
    assert pages[-1].hits == ()


# ── Known answers ──


def test_the_nearest_comes_first_and_the_distance_is_over_the_surface() -> None:
    put([Stand(point=towards(SHIREBROOK, bearing=1, km=km)) for km in (7.5, 0.25, 3)])

    answer = finder.nearest(Query(point=SHIREBROOK, within_km=5, on=TODAY))

    assert [hit.activity_id for hit in answer.hits] == [2, 3]
    assert [hit.distance_km for hit in answer.hits] == pytest.approx([0.25, 3], abs=1e-6)
    assert (answer.total, answer.is_more_than_total) == (2, False)


def test_at_one_distance_the_older_activity_comes_first() -> None:
    put([Stand(point=SHIREBROOK)] * 3)

    answer = finder.nearest(Query(point=SHIREBROOK, within_km=1, on=TODAY))

    assert [hit.activity_id for hit in answer.hits] == [1, 2, 3]


@pytest.mark.parametrize(
    ("last_on", "found"), [(None, 1), (TOMORROW, 1), (TODAY, 1), (YESTERDAY, 0)]
)
def test_what_ended_before_today_is_not_found(last_on: date | None, found: int) -> None:
    put([Stand(point=SHIREBROOK, last_on=last_on)])

    counted = finder.count(Query(point=SHIREBROOK, within_km=1, on=TODAY))

    assert counted == Count(total=found, is_more_than_total=False)


@pytest.mark.parametrize(
    ("level_until", "as_red"), [(None, 0), (YESTERDAY, 0), (TODAY, 1), (TOMORROW, 1)]
)
def test_a_red_class_is_found_as_red_only_while_its_leader_is_confirmed(
    level_until: date | None, as_red: int
) -> None:
    put([Stand(point=SHIREBROOK, level=Level.RED, level_until=level_until)])
    query = Query(point=SHIREBROOK, within_km=1, on=TODAY)

    assert finder.count(replace(query, levels=frozenset({Level.RED}))).total == as_red
    assert finder.count(replace(query, levels=frozenset(Level))).total == as_red
    assert finder.count(query).total == 1


def test_no_level_can_be_asked_for() -> None:
    put([Stand(point=SHIREBROOK, level=level) for level in (Level.GREEN, Level.NONE)])

    query = Query(point=SHIREBROOK, within_km=1, on=TODAY, levels=frozenset({Level.NONE}))

    assert [hit.activity_id for hit in finder.nearest(query).hits] == [2]


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        (999, Count(total=999, is_more_than_total=False)),
        (1000, Count(total=1000, is_more_than_total=False)),
        (1001, Count(total=1000, is_more_than_total=True)),
    ],
)
def test_matches_are_counted_exactly_up_to_a_thousand(entries: int, counted: Count) -> None:
    put([Stand(point=SHIREBROOK)] * entries)

    assert finder.count(Query(point=SHIREBROOK, within_km=1, on=TODAY)) == counted


def test_pages_go_on_past_a_thousand() -> None:
    put([Stand(point=SHIREBROOK)] * 1030)

    answer = finder.nearest(Query(point=SHIREBROOK, within_km=1, on=TODAY, offset=1020))

    assert [hit.activity_id for hit in answer.hits] == list(range(1021, 1031))


def test_an_empty_finder_answers_with_nothing() -> None:
    answer = finder.nearest(Query(point=SHIREBROOK, within_km=5, on=TODAY))

    assert answer == Answer(hits=(), total=0, is_more_than_total=False)


def test_a_lonely_place_is_answered_in_a_few_queries() -> None:
    put([Stand(point=towards(SHIREBROOK, bearing=2, km=45))])

    with CaptureQueriesContext(connection) as queries:
        finder.nearest(Query(point=SHIREBROOK, within_km=48, on=TODAY))

    assert len(queries) == 2


@pytest.mark.parametrize("within_km", [0, -5, math.nan, math.inf])
def test_a_distance_that_is_not_above_nothing_is_refused(within_km: float) -> None:
    with pytest.raises(ValueError, match="more than 0 km"):
        Query(point=SHIREBROOK, within_km=within_km, on=TODAY)


@pytest.mark.parametrize(("offset", "limit"), [(-1, 20), (0, 0), (0, -3)])
def test_a_page_that_cannot_be_is_refused(offset: int, limit: int) -> None:
    with pytest.raises(ValueError, match="A page starts at 0"):
        Query(point=SHIREBROOK, within_km=5, on=TODAY, offset=offset, limit=limit)


# ── The bench ──


def test_the_bench_runs_and_its_answers_are_right() -> None:
    if not settings.POSTCODES_FILE.exists():
        pytest.skip("no postcodes: python manage.py make_postcodes")
    command = ["-m", "bench.finder", "--entries", "2000", "--database", "sqlite", "--json"]

    ran = subprocess.run(
        [sys.executable, *command],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout.splitlines()[-1])
    assert report["equal_to_brute_force"] is True
    assert (report["entries"], report["database"]) == (2000, "sqlite")
    assert report["p95_ms"] >= report["p50_ms"] > 0
