"""The engine equals its slow twin: any point, radius, filters, order, page and border of cells."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.vocabularies import (
    Form,
    PartOfDay,
)
from hereabouts.finder import Group, Order, Query
from hereabouts.places.models import AccessFact
from hereabouts.places.points import Point, distance_between
from tests.finder.around import (
    NOW,
    SHIREBROOK,
    anywhere,
    at_a_cell_border,
    filtered,
    filters,
    in_great_britain,
    near_shirebrook,
    unhurried,
)
from tests.finder.stands import Stand, put, search_slowly

pytestmark = pytest.mark.django_db


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
    declared = {each.group: each.codes for each in ACTIVITIES.vocabularies}
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
