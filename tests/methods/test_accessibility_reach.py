"""Who reaches which site, the nearest and the decay: known answers and slow twins."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.accessibility import (
    LUO_QI_SHARP,
    LUO_QI_SLOW,
    WAN,
    Decay,
    Reach,
    Travel,
    distances,
    gaussian,
    gravity,
    linear,
    nearest,
    nearest_within,
    people_within,
    points,
    points_on_grid,
    reach,
    reach_by_cost,
    within,
    zones,
)
from tests.methods.accessibility import DECAYS, a_world

# ── Known answers ──


def test_a_degree_of_latitude_is_a_ninetieth_of_a_quarter_of_the_earth() -> None:
    found = distances(
        areas=points(latitude=[52.0], longitude=[-1.0]),
        sites=points(latitude=[53.0], longitude=[-1.0]),
    )

    assert found == pytest.approx(np.array([[math.pi * 6371.0088 / 180]]), rel=1e-12)


def test_minutes_on_foot_are_the_straight_line_and_a_third_at_a_stated_speed() -> None:
    on_foot = Travel(km_per_hour=4.8)

    assert on_foot.minutes(np.array([1.2])) == pytest.approx([1.2 * 1.3 / 4.8 * 60])
    assert on_foot.km(15) == pytest.approx(15 / 60 * 4.8 / 1.3)
    pairs = reach(
        areas=points_on_grid(east_km=[0], north_km=[0]),
        sites=points_on_grid(east_km=[0.9], north_km=[0]),
        within_km=on_foot.km(15),
    ).recosted(on_foot.minutes)
    assert pairs.upto == pytest.approx(15)
    assert pairs.cost == pytest.approx([0.9 * 1.3 / 4.8 * 60])


def test_the_zones_of_the_papers() -> None:
    minutes = [0, 10, 10.01, 20, 30, 30.01, 60, 60.01]

    assert LUO_QI_SLOW(minutes).tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0, 0]
    assert LUO_QI_SHARP(minutes).tolist() == [1, 1, 0.42, 0.42, 0.09, 0, 0, 0]
    assert WAN(minutes).tolist() == [0.962, 0.962, 0.704, 0.704, 0.377, 0.042, 0.042, 0]


# ── Slow twins ──


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), limit=st.integers(0, 30))
def test_reach_and_the_nearest_equal_their_slow_twins(seed: int, limit: int) -> None:
    people, _, areas, sites = a_world(seed)
    costs = distances(areas=areas, sites=sites)

    pairs = reach(areas=areas, sites=sites, within_km=limit)
    found = nearest(areas=areas, sites=sites)
    inside = nearest_within(pairs)
    near = people_within(people=people, reach=pairs)

    assert {*zip(pairs.area.tolist(), pairs.site.tolist(), strict=True)} == {
        (area, site)
        for area, row in enumerate(costs)
        for site, cost in enumerate(row)
        if cost <= limit
    }
    assert len(pairs) == (costs <= limit).sum()
    assert found.site.tolist() == costs.argmin(axis=1).tolist()
    assert found.cost == pytest.approx(costs.min(axis=1), rel=1e-12)
    closest = costs.min(axis=1)
    assert inside.site.tolist() == np.where(closest <= limit, costs.argmin(axis=1), -1).tolist()
    assert near.people == sum(
        head for head, row in zip(people, costs, strict=True) if any(row <= limit)
    )
    assert near.by_site.tolist() == (people @ (costs <= limit)).tolist()


def test_reach_in_parts_is_reach_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    areas = points(latitude=random.uniform(51, 53, 300), longitude=random.uniform(-2, 0, 300))
    sites = points(latitude=random.uniform(51, 53, 200), longitude=random.uniform(-2, 0, 200))
    whole = reach(areas=areas, sites=sites, within_km=20)

    monkeypatch.setattr("hereabouts.methods.accessibility.pairs.PAIRS_AT_A_TIME", 100)
    parts = reach(areas=areas, sites=sites, within_km=20)

    def table(pairs: Reach) -> list[tuple[int, int, float]]:
        return sorted(
            zip(pairs.area.tolist(), pairs.site.tolist(), pairs.cost.tolist(), strict=True)
        )

    assert len(whole) == (distances(areas=areas, sites=sites) <= 20).sum()
    assert table(parts) == table(whole)


# ── What always holds ──


def test_a_longer_limit_never_leaves_fewer_people_within() -> None:
    people, _, areas, sites = a_world(5)
    pairs = reach(areas=areas, sites=sites, within_km=30)

    found = [people_within(people=people, reach=pairs, upto=km).people for km in range(31)]

    assert found == sorted(found)
    assert found[-1] == people.sum()


@pytest.mark.parametrize("decay", DECAYS)
def test_a_decay_never_grows_and_ends_at_its_limit(decay: Decay) -> None:
    weights = decay(np.linspace(0, 40, 401))

    assert (np.diff(weights) <= 0).all()
    assert (weights[np.linspace(0, 40, 401) > decay.upto] == 0).all()


# ── Edges ──


def test_with_nobody_at_all_the_share_is_not_known() -> None:
    assert people_within(people=[0], reach=reach_by_cost([[1]], upto=5)).share is None


def test_of_sites_in_one_building_the_first_is_the_nearest() -> None:
    sites = points_on_grid(east_km=[5, 1, 1, -1], north_km=[0, 0, 0, 0])
    here = points_on_grid(east_km=[0, 4], north_km=[0, 0])

    assert nearest(areas=here, sites=sites).site.tolist() == [1, 0]


def test_a_single_site_is_everyones_nearest() -> None:
    found = nearest(
        areas=points(latitude=[52, 53], longitude=[0, 0]),
        sites=points(latitude=[52], longitude=[0]),
    )

    assert found.site.tolist() == [0, 0]
    assert found.cost == pytest.approx([0, math.pi * 6371.0088 / 180])


# ── Bad input ──


ONE = points_on_grid(east_km=[0], north_km=[0])
PAIR = reach_by_cost([[1.0]], upto=5)


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda: points(latitude=[91], longitude=[0]), "within ±90"),
        (lambda: points(latitude=[math.nan], longitude=[0]), "within ±90"),
        (lambda: points(latitude=[1, 2], longitude=[0]), "one length"),
        (lambda: points_on_grid(east_km=[1, 2], north_km=[0]), "one length"),
        (lambda: points_on_grid(east_km=[math.inf], north_km=[0]), "finite"),
        (lambda: reach(areas=ONE, sites=ONE, within_km=-1), "0 km or more"),
        (lambda: reach(areas=ONE, sites=ONE, within_km=math.nan), "0 km or more"),
        (
            lambda: reach(areas=ONE, sites=points_on_grid(east_km=[], north_km=[]), within_km=1),
            "at least one area and one site",
        ),
        (
            lambda: nearest(areas=ONE, sites=points(latitude=[0], longitude=[0])),
            "both on one grid",
        ),
        (
            lambda: reach(
                areas=points(latitude=[0], longitude=[0]),
                sites=points(latitude=[0], longitude=[0]),
                within_km=30_000,
            ),
            "further than any two places",
        ),
        (lambda: reach_by_cost([]), "table"),
        (lambda: reach_by_cost([[math.nan]]), "0 or more"),
        (lambda: reach_by_cost([[-1.0]]), "0 or more"),
        (lambda: reach_by_cost([[1.0]], upto=math.nan), "limit"),
        (lambda: PAIR.recosted(lambda cost: -cost), "change of cost"),
        (lambda: Travel(km_per_hour=0), "speed"),
        (lambda: Travel(km_per_hour=5, detour=0.9), "detour"),
        (lambda: zones([10, 5], [1, 1]), "must grow"),
        (lambda: zones([10], [1, 1]), "one weight for each"),
        (lambda: zones([10], [-1]), "weights of zones"),
        (lambda: gravity(power=0), "power"),
        (lambda: gravity()(np.array([0.0])), "at_least"),
        (lambda: gaussian(bandwidth=0), "bandwidth"),
        (lambda: linear(math.inf), "straight line"),
        (lambda: within(-1), "limit"),
        (lambda: Decay(formula=np.negative, upto=5)([1.0]), "weights of 0 or more"),
        (lambda: people_within(people=[1], reach=PAIR, upto=6), "from 0 to 5"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(attempt: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        attempt()
