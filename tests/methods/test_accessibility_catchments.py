"""How many places there are for each person: known answers, sums kept, and slow twins."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.accessibility import (
    Access,
    Decay,
    Points,
    distances,
    gravity,
    points_on_grid,
    reach,
    reach_by_cost,
    three_step,
    two_step,
    within,
)
from tests.methods.accessibility import DECAYS, Floats, a_world

PEOPLE, PLACES = [100.0, 50.0, 10.0], [15.0, 20.0, 100.0]
MINUTES = [[1.0, 80.0, 20.0], [80.0, 1.0, 20.0], [40.0, 40.0, 1.0]]


# ── Known answers ──


def test_two_step_gives_the_published_answer() -> None:
    access = two_step(
        people=PEOPLE,
        places=PLACES,
        reach=reach_by_cost(MINUTES, upto=61),
        decay=gravity(upto=61),
    )

    assert access.places_per_person == pytest.approx([0.43534, 0.683724, 5.727977], abs=5e-7)


def test_three_step_gives_the_published_answer_with_choice_in_the_catchment() -> None:
    access = three_step(
        people=PEOPLE, places=PLACES, reach=reach_by_cost(MINUTES), decay=gravity(upto=61)
    )

    assert access.places_per_person == pytest.approx([0.174087, 0.424046, 9.638898], abs=5e-7)


def test_three_step_gives_the_published_answer_with_choice_over_the_whole_row() -> None:
    access = three_step(
        people=PEOPLE,
        places=PLACES,
        reach=reach_by_cost(MINUTES),
        decay=gravity(upto=61),
        choice=gravity(),
    )

    assert access.places_per_person == pytest.approx([0.173814, 0.423772, 9.643002], abs=5e-7)


def test_where_everyone_reaches_everything_access_is_places_over_people() -> None:
    everyone = reach_by_cost(np.ones((3, 3)))

    for access in (
        two_step(people=PEOPLE, places=PLACES, reach=everyone, decay=within(1)),
        three_step(people=PEOPLE, places=PLACES, reach=everyone, decay=within(1)),
    ):
        assert access.places_per_person == pytest.approx([135 / 160] * 3)


# ── Slow twins ──


def slow_two_step(people: Floats, places: Floats, costs: Floats, decay: Decay) -> list[float]:
    weight = [[float(decay(cost)) for cost in row] for row in costs]
    ratio = []
    for site, supply in enumerate(places):
        demand = sum(head * row[site] for head, row in zip(people, weight, strict=True))
        ratio.append(supply / demand if demand > 0 else 0.0)
    return [sum(w * r for w, r in zip(row, ratio, strict=True)) for row in weight]


def slow_three_step(people: Floats, places: Floats, costs: Floats, decay: Decay) -> list[float]:
    weight = []
    for row in costs:
        ws = [float(decay(cost)) for cost in row]
        total = sum(ws)
        weight.append([w * w / total if total > 0 else 0.0 for w in ws])
    answer = [0.0] * len(people)
    for site, supply in enumerate(places):
        demand = sum(head * row[site] for head, row in zip(people, weight, strict=True))
        for area, row in enumerate(weight):
            answer[area] += row[site] * supply / demand if demand > 0 else 0.0
    return answer


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), decay=st.sampled_from(DECAYS))
def test_catchments_equal_their_slow_twins(seed: int, decay: Decay) -> None:
    people, places, areas, sites = a_world(seed)
    pairs = reach(areas=areas, sites=sites, within_km=20)
    costs = distances(areas=areas, sites=sites)

    two = two_step(people=people, places=places, reach=pairs, decay=decay)
    three = three_step(people=people, places=places, reach=pairs, decay=decay)

    assert two.places_per_person == pytest.approx(
        slow_two_step(people, places, costs, decay), rel=1e-12, abs=1e-15
    )
    assert three.places_per_person == pytest.approx(
        slow_three_step(people, places, costs, decay), rel=1e-12, abs=1e-15
    )


# ── What always holds ──


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), decay=st.sampled_from(DECAYS[:4]))
def test_places_are_never_invented(seed: int, decay: Decay) -> None:
    people, places, areas, sites = a_world(seed)
    pairs = reach(areas=areas, sites=sites, within_km=20)

    for share_out in (two_step, three_step):
        access = share_out(people=people, places=places, reach=pairs, decay=decay)

        assert people @ access.places_per_person + access.places_unused == pytest.approx(
            places.sum()
        )
        assert access.places_unused == places[access.demand == 0].sum()


@pytest.mark.parametrize("share_out", [two_step, three_step])
def test_order_and_scale_of_the_world_do_not_matter(share_out: Callable[..., Access]) -> None:
    people, places, areas, sites = a_world(3)
    random = np.random.default_rng(11)
    mixed, moved = random.permutation(len(people)), random.permutation(len(places))

    def access(heads: Floats, supply: Floats, of: Points, to: Points) -> Floats:
        pairs = reach(areas=of, sites=to, within_km=15)
        return share_out(
            people=heads, places=supply, reach=pairs, decay=DECAYS[1]
        ).places_per_person

    before = access(people, places, areas, sites)
    after = access(
        people[mixed],
        places[moved],
        Points(coordinates=areas.coordinates[mixed]),
        Points(coordinates=sites.coordinates[moved]),
    )

    assert after == pytest.approx(before[mixed], rel=1e-12)
    assert access(people * 7, places * 7, areas, sites) == pytest.approx(before, rel=1e-12)
    assert access(people, places * 3, areas, sites) == pytest.approx(before * 3, rel=1e-12)


# ── Edges ──


def test_the_limit_itself_is_within() -> None:
    areas = points_on_grid(east_km=[0, 0], north_km=[0, 0.001])
    site = points_on_grid(east_km=[3], north_km=[-4])

    pairs = reach(areas=areas, sites=site, within_km=5)
    access = two_step(people=[10, 10], places=[5], reach=pairs, decay=within(5))

    assert access.places_per_person.tolist() == [0.5, 0]
    assert access.people_unreached == 10


def test_an_area_that_reaches_nothing_gets_nothing_and_a_site_nobody_reaches_gives_nothing() -> (
    None
):
    access = two_step(
        people=[10, 20],
        places=[5, 7],
        reach=reach_by_cost([[1, math.inf], [math.inf, 9]], upto=5),
        decay=within(5),
    )

    assert access.places_per_person.tolist() == [0.5, 0]
    assert access.places_per_demand.tolist() == [0.5, 0]
    assert (access.places_unused, access.people_unreached) == (7, 20)


def test_a_site_reached_only_by_areas_without_people_is_unused() -> None:
    access = three_step(people=[0], places=[5], reach=reach_by_cost([[1]], upto=5), decay=within(5))

    assert access.places_per_person.tolist() == [0]
    assert access.places_unused == 5


# ── Bad input ──

PAIR = reach_by_cost([[1.0]], upto=5)


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda: two_step(people=[1, 2], places=[1], reach=PAIR, decay=within(5)), "People"),
        (lambda: two_step(people=[-1], places=[1], reach=PAIR, decay=within(5)), "People"),
        (lambda: two_step(people=[1], places=[math.nan], reach=PAIR, decay=within(5)), "Places"),
        (lambda: two_step(people=[1], places=[1], reach=PAIR, decay=within(6)), "only to 5"),
        (
            lambda: three_step(
                people=[1], places=[1], reach=PAIR, decay=within(5), choice=gravity()
            ),
            "only to 5",
        ),
    ],
)
def test_bad_input_is_refused_with_a_sentence(attempt: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        attempt()
