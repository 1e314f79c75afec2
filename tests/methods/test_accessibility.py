"""Access to places: known answers, sums kept, and slow twins that must agree."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hereabouts.methods.accessibility import (
    LUO_QI_SHARP,
    LUO_QI_SLOW,
    WAN,
    Access,
    Decay,
    Points,
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
    three_step,
    two_step,
    within,
    zones,
)

Floats = NDArray[np.float64]

PEOPLE, PLACES = [100.0, 50.0, 10.0], [15.0, 20.0, 100.0]
MINUTES = [[1.0, 80.0, 20.0], [80.0, 1.0, 20.0], [40.0, 40.0, 1.0]]
DECAYS = [
    within(15),
    zones([5, 10, 15], [1, 0.68, 0.22]),
    gravity(power=1.5, upto=20, at_least=0.5),
    gaussian(bandwidth=6, upto=18),
    linear(12),
]


def a_world(
    seed: int, *, areas: int = 30, sites: int = 12
) -> tuple[Floats, Floats, Points, Points]:
    """People, places and whole-kilometre points, so that limits are often met exactly."""
    random = np.random.default_rng(seed)
    return (
        random.integers(0, 900, areas).astype(float),
        random.integers(0, 60, sites).astype(float),
        points_on_grid(
            east_km=random.integers(0, 40, areas), north_km=random.integers(0, 40, areas)
        ),
        points_on_grid(
            east_km=random.integers(0, 40, sites), north_km=random.integers(0, 40, sites)
        ),
    )


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


def test_the_zones_of_the_papers() -> None:
    minutes = [0, 10, 10.01, 20, 30, 30.01, 60, 60.01]

    assert LUO_QI_SLOW(minutes).tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0, 0]
    assert LUO_QI_SHARP(minutes).tolist() == [1, 1, 0.42, 0.42, 0.09, 0, 0, 0]
    assert WAN(minutes).tolist() == [0.962, 0.962, 0.704, 0.704, 0.377, 0.042, 0.042, 0]


def test_a_degree_of_latitude_is_a_ninetieth_of_a_quarter_of_the_earth() -> None:
    found = distances(
        areas=points(latitude=[52.0], longitude=[-1.0]),
        sites=points(latitude=[53.0], longitude=[-1.0]),
    )

    assert found == pytest.approx(np.array([[math.pi * 6371.0088 / 180]]), rel=1e-12)


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
        (lambda: people_within(people=[1], reach=PAIR, upto=6), "from 0 to 5"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(attempt: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        attempt()
