"""The engine equals its slow twin: any point, radius, filters, order, page and border of cells."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hereabouts import finder
from hereabouts.activities.finding.declared import ACTIVITIES, LEVELS
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.finder import Count, Group, Order, Query
from hereabouts.finder import actions as writing
from hereabouts.finder.blocks import FARTHEST_REACH_KM
from hereabouts.finder.cells import OF_BLOCKS, cells_of
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.places.models import AccessFact
from hereabouts.places.points import EARTH_RADIUS_KM, Point, distance_between
from tests.finder.stands import Stand, put, search_slowly

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
SHIREBROOK = Point(latitude=53.2000, longitude=-1.2324)
KINDS = ("tai-chi", "walking", "climbing", "early-years-play", "martial-arts")
WORDS = ("heather", "gorse", "birch", "otter")
unhurried = hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

pytestmark = pytest.mark.django_db


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


def filtered(query: Query, group: Group, value: Any) -> Query:
    """The same question with that filter."""
    wanted: dict[str, Any] = {group.value: value}
    return replace(query, **wanted)


bearings = st.floats(0, 2 * math.pi)
anywhere = st.builds(
    lambda z, longitude: Point(latitude=math.degrees(math.asin(z)), longitude=longitude),
    st.floats(-1, 1),
    st.floats(-180, 180),
)
in_great_britain = st.builds(Point, latitude=st.floats(49.9, 60.9), longitude=st.floats(-7.6, 1.8))
near_shirebrook = st.builds(
    lambda bearing, magnitude: towards(SHIREBROOK, bearing=bearing, km=10**magnitude),
    bearings,
    st.floats(-3, 2.6),
)


def some(values: Any) -> st.SearchStrategy[frozenset[Any]]:
    """Often nothing, as people filter by little."""
    return st.just(frozenset()) | st.frozensets(st.sampled_from(list(values)), max_size=3)


filters = st.fixed_dictionaries(
    {
        "levels": some(Level),
        "forms": some(Form),
        "kinds": some(KINDS),
        "purposes": some(Purpose),
        "days": some(range(7)),
        "parts": some(PartOfDay),
        "costs": some(CostBand),
        "needs": st.just(frozenset()) | some(AccessFact.Fact).map(lambda few: few and few),
        "conditions": some(Condition),
        "languages": some(Language),
        "ages": some(AgeBand),
        "words": st.just("") | st.sampled_from([*WORDS, "heather gorse"]),
        "with_paused": st.booleans(),
        "order": st.sampled_from(list(Order)),
    }
)


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


@pytest.fixture
def crowded(db: None) -> list[Stand]:
    """A town, its country and far places: 700 entries of every kind, in shared venues."""
    random = np.random.default_rng(20261123)
    venues = [
        towards(SHIREBROOK, bearing=float(turn), km=float(km))
        for turn, km in zip(
            random.uniform(0, 7, 240), 10 ** random.uniform(-2, 2.5, 240), strict=True
        )
    ]
    for resolution in (6, 7, 8):
        cell = h3.latlng_to_cell(SHIREBROOK.latitude, SHIREBROOK.longitude, resolution)
        venues += [
            Point(latitude=north, longitude=east) for north, east in h3.cell_to_boundary(cell)
        ]
    return list(put([_any_stand(random, venues) for _ in range(700)]))


def _any_stand(random: np.random.Generator, venues: list[Point]) -> Stand:
    days: list[date | None] = [None, None, None, YESTERDAY, TODAY, TOMORROW]
    next_at = NOW + timedelta(minutes=15 * int(random.integers(-3, 9)))
    has_dates = random.random() < 0.8
    level = list(Level)[random.integers(4)]
    pause = [None, None, None, YESTERDAY, TODAY, TOMORROW][random.integers(6)]
    chosen = {
        name: frozenset(value for value in values if random.random() < 0.35)
        for name, values in {
            **{one.group.value: one.codes for one in ACTIVITIES.vocabularies if one != LEVELS},
            "kinds": KINDS,
        }.items()
    }
    return Stand(
        point=venues[random.integers(len(venues))],
        level=level,
        level_until=days[random.integers(2, 6)] if level == Level.RED else None,
        last_on=days[random.integers(6)],
        paused_on=pause,
        paused_until=pause and date(2026, 11, int(random.integers(24, 27))),
        next_at=next_at if has_dates else None,
        then_at=next_at + timedelta(hours=1) if has_dates and random.random() < 0.7 else None,
        when=frozenset(
            (int(random.integers(7)), list(PartOfDay)[random.integers(3)]) for _ in range(2)
        ),
        words=" ".join(word for word in WORDS if random.random() < 0.4),
        chosen=chosen,
    )


def test_search_and_every_count_equal_the_slow_twin(crowded: list[Stand]) -> None:
    @hypothesis_settings(unhurried, max_examples=60)
    @given(
        point=near_shirebrook | st.sampled_from(crowded).map(lambda stand: stand.point),
        within_km=st.floats(-1, 3).map(lambda magnitude: 10**magnitude),
        wanted=filters,
        page=st.tuples(st.integers(0, 300) | st.just(0), st.integers(1, 60) | st.just(20)),
        radii_km=st.lists(st.floats(0.1, 300), max_size=4),
    )
    def holds(
        point: Point,
        within_km: float,
        wanted: dict[str, Any],
        page: tuple[int, int],
        radii_km: list[float],
    ) -> None:
        query = Query(
            among=ACTIVITIES,
            point=point,
            within_km=within_km,
            at=NOW,
            offset=page[0],
            limit=page[1],
            **wanted,
        )

        answer = finder.search(query, radii_km=radii_km)

        right = search_slowly(query, crowded, radii_km=radii_km)
        assert answer == right
        assert finder.nearest(query) == right.hits

    holds()


@pytest.mark.parametrize("group", list(Group))
def test_each_filter_alone_equals_the_slow_twin(crowded: list[Stand], group: Group) -> None:
    values: dict[Group, list[Any]] = {
        Group.DAYS: [frozenset({1}), frozenset({0, 6})],
        Group.PARTS: [frozenset({PartOfDay.MORNING})],
        Group.WORDS: ["heather", "otter birch"],
        Group.KINDS: [frozenset({"tai-chi"}), frozenset({"early-years-play"})],
    }
    declared = {one.group: one.codes for one in ACTIVITIES.vocabularies}
    every = [frozenset({code}) for code in declared.get(group, ())]

    for value in values.get(group, every):
        query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=50, at=NOW, limit=2000)
        query = filtered(query, group, value)
        answer = finder.search(query)

        assert answer == search_slowly(query, crowded)
        if not answer.count.is_more_than_total:
            assert len(answer.hits) == answer.count.total


def test_a_count_is_what_pressing_it_gives(crowded: list[Stand]) -> None:
    query = Query(
        among=ACTIVITIES,
        point=SHIREBROOK,
        within_km=30,
        at=NOW,
        needs=frozenset({AccessFact.Fact.STEP_FREE}),
    )
    counted = finder.search(query).options

    for group in (Group.LEVELS, Group.FORMS, Group.PURPOSES, Group.COSTS, Group.AGES):
        for value, count in counted[group].items():
            pressed = filtered(query, group, frozenset({value}))
            assert finder.search(pressed).count == count
    for group in (Group.NEEDS, Group.CONDITIONS):
        for value, count in counted[group].items():
            both = frozenset({*getattr(query, group.value), value})
            assert finder.search(filtered(query, group, both)).count == count


@unhurried
@given(
    borders=st.lists(at_a_cell_border(), min_size=1, max_size=12),
    which=st.integers(0, 11),
    here=at_a_cell_border() | in_great_britain,
    wider=st.sampled_from([1 - 1e-6, 1.0, 1 + 1e-6, 1.5]),
)
def test_nearest_equals_the_slow_twin_at_cell_borders(
    borders: list[Point], which: int, here: Point, wider: float
) -> None:
    stands = put([Stand(point=point) for point in borders])
    farthest = borders[which % len(borders)]
    query = Query(
        among=ACTIVITIES,
        point=here,
        within_km=max(1e-6, distance_between(here, farthest) * wider),
        at=NOW,
    )

    hits = finder.nearest(query)

    assert hits == search_slowly(query, stands).hits


@unhurried
@given(
    here=anywhere,
    stands=st.lists(anywhere, min_size=1, max_size=8),
    within_km=st.floats(1, 20_000),
)
def test_nearest_equals_the_slow_twin_anywhere_on_earth(
    here: Point, stands: list[Point], within_km: float
) -> None:
    there = put([Stand(point=point) for point in stands])
    query = Query(among=ACTIVITIES, point=here, within_km=within_km, at=NOW)

    hits = finder.nearest(query)

    assert hits == search_slowly(query, there).hits


def test_every_page_together_is_everything_once(crowded: list[Stand]) -> None:
    query = Query(
        among=ACTIVITIES, point=SHIREBROOK, within_km=40, at=NOW, forms=frozenset({Form.CLUB})
    )
    total = finder.search(query).count.total

    pages = [
        finder.search(replace(query, offset=offset, limit=7)).hits for offset in range(0, total, 7)
    ]

    found = [hit.record_id for page in pages for hit in page]
    assert len(found) == len(set(found)) == total


def test_the_map_holds_the_list_in_its_order(crowded: list[Stand]) -> None:
    for order in Order:
        query = Query(
            among=ACTIVITIES, point=SHIREBROOK, within_km=60, at=NOW, order=order, limit=3000
        )
        hits = finder.search(query).hits

        points = finder.points(query)

        assert points.record_ids.tolist() == [hit.record_id for hit in hits]
        for number, longitude, latitude in zip(
            points.record_ids, points.longitudes, points.latitudes, strict=True
        ):
            there = Point(latitude=float(latitude), longitude=float(longitude))
            assert distance_between(there, crowded[number - 1].point) < 0.002


def test_a_map_tells_levels_and_that_there_is_more() -> None:
    put(
        [
            Stand(point=SHIREBROOK),
            Stand(point=SHIREBROOK, level=Level.GREEN),
            Stand(point=SHIREBROOK, level=Level.ORANGE),
            Stand(point=SHIREBROOK, level=Level.RED, level_until=TODAY),
            Stand(point=SHIREBROOK, level=Level.RED, level_until=YESTERDAY),
        ]
    )
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=1, at=NOW)

    points = finder.points(query)

    assert points.levels.tolist() == [0, 1, 2, 3, 4]
    assert not points.is_more
    assert finder.points(query, limit=4).is_more


def test_the_nearest_comes_first_and_the_distance_is_over_the_surface() -> None:
    put([Stand(point=towards(SHIREBROOK, bearing=1, km=km)) for km in (3.0, 0.5, 1.5)])

    hits = finder.nearest(Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW))

    assert [hit.record_id for hit in hits] == [2, 3, 1]
    assert [hit.distance_km for hit in hits] == pytest.approx([0.5, 1.5, 3.0], abs=0.002)


def test_soonest_ignores_what_has_begun_and_puts_no_date_last() -> None:
    hour = timedelta(hours=1)
    put(
        [
            Stand(point=SHIREBROOK),
            Stand(point=SHIREBROOK, next_at=NOW - hour, then_at=NOW + 3 * hour),
            Stand(point=SHIREBROOK, next_at=NOW + 2 * hour),
            Stand(point=SHIREBROOK, next_at=NOW - hour),
        ]
    )

    hits = finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW, order=Order.SOONEST)
    ).hits

    assert [hit.record_id for hit in hits] == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("last_on", "found"), [(YESTERDAY, 0), (TODAY, 1), (TOMORROW, 1), (None, 1)]
)
def test_what_ended_before_today_is_not_found(last_on: date | None, found: int) -> None:
    put([Stand(point=SHIREBROOK, last_on=last_on)])

    assert finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)
    ).count == Count.of(found)


def test_paused_ones_are_found_only_on_request() -> None:
    put(
        [
            Stand(point=SHIREBROOK, paused_on=YESTERDAY, paused_until=date.max),
            Stand(point=SHIREBROOK),
        ]
    )
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)

    assert [hit.record_id for hit in finder.nearest(query)] == [2]
    with_paused = finder.nearest(replace(query, with_paused=True))
    assert [(hit.record_id, hit.is_paused) for hit in with_paused] == [(1, True), (2, False)]
    assert finder.points(query).record_ids.tolist() == [2]


@pytest.mark.parametrize(
    ("level_until", "found"), [(None, 0), (YESTERDAY, 0), (TODAY, 1), (TOMORROW, 1)]
)
def test_a_red_class_is_found_as_red_only_while_its_leader_is_confirmed(
    level_until: date | None, found: int
) -> None:
    put([Stand(point=SHIREBROOK, level=Level.RED, level_until=level_until)])
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)

    assert finder.search(query).count == Count.of(1)
    red = finder.search(replace(query, levels=frozenset({Level.RED})))
    assert red.count == Count.of(found)
    assert red.options[Group.LEVELS]["RED"] == Count.of(found)


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        (999, Count(total=999)),
        (1000, Count(total=1000)),
        (1001, Count(total=1000, is_more_than_total=True)),
    ],
)
def test_matches_are_counted_exactly_up_to_a_thousand(entries: int, counted: Count) -> None:
    put([Stand(point=SHIREBROOK)] * entries)

    answer = finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW), radii_km=[1, 50]
    )

    assert answer.count == counted
    assert answer.options[Group.LEVELS]["NONE"] == counted
    assert answer.within == {1: counted, 50: counted}


def test_pages_go_on_past_a_thousand() -> None:
    put([Stand(point=SHIREBROOK)] * 1010)

    answer = finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW, offset=1000)
    )

    assert [hit.record_id for hit in answer.hits] == list(range(1001, 1011))


def test_an_empty_finder_answers_with_nothing() -> None:
    answer = finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW), radii_km=[10]
    )

    assert (answer.hits, answer.count) == ((), Count.of(0))
    assert answer.within == {10: Count.of(0)}
    assert set(answer.options[Group.KINDS].values()) == {Count.of(0)}


def test_a_page_is_answered_in_one_query_and_one_for_each_wider_circle(
    crowded: list[Stand],
) -> None:
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)

    with CaptureQueriesContext(connection) as queries:
        finder.search(query)
    with CaptureQueriesContext(connection) as wider:
        finder.search(query, radii_km=[1, 3, 5, 10, 20])

    assert len(queries) <= 1
    assert len(wider) <= 3


@pytest.mark.parametrize("within_km", [0, -5, math.nan, math.inf])
def test_a_distance_that_is_not_above_nothing_is_refused(within_km: float) -> None:
    with pytest.raises(ValueError, match="more than 0 km"):
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=within_km, at=NOW)


@pytest.mark.parametrize(("offset", "limit"), [(-1, 20), (0, 0), (0, -3)])
def test_a_page_that_cannot_be_is_refused(offset: int, limit: int) -> None:
    with pytest.raises(ValueError, match="A page starts at 0"):
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW, offset=offset, limit=limit)


@given(point=anywhere)
def test_what_descends_from_a_block_is_within_reach_of_its_centre(point: Point) -> None:
    cell = finder.place_of(point).cell
    block = h3.cell_to_parent(cell, OF_BLOCKS)
    latitude, longitude = h3.cell_to_latlng(block)
    first, last = cells_of(block)

    assert first <= cell <= last
    away = distance_between(point, Point(latitude=latitude, longitude=longitude))
    assert away < FARTHEST_REACH_KM * 0.9


def test_blocks_follow_their_entries() -> None:
    put([Stand(point=SHIREBROOK), Stand(point=SHIREBROOK)])
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)
    moved = FinderEntry.objects.get(record_id=1)
    cells = [moved.cell]
    far = finder.place_of(towards(SHIREBROOK, bearing=1, km=200))
    moved.cell, moved.x, moved.y, moved.z = far.cell, far.x, far.y, far.z

    moved.save()
    writing.write_blocks(among=ACTIVITIES, cells=[*cells, far.cell])

    assert [hit.record_id for hit in finder.nearest(query)] == [2]
    FinderEntry.objects.filter(record_id=2).delete()
    writing.write_blocks(among=ACTIVITIES, cells=cells)
    assert finder.nearest(query) == ()
    assert FinderBlock.objects.count() == 1
