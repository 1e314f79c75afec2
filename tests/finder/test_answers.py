"""What the finder answers, example by example: order, days, levels, counts, pages, refusals."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.levels import Level
from hereabouts.finder import Count, Group, Order, Query
from tests.finder.around import (
    NOW,
    SHIREBROOK,
    TODAY,
    TOMORROW,
    YESTERDAY,
    towards,
)
from tests.finder.stands import Stand, put

pytestmark = pytest.mark.django_db


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
