"""Where to open sites: known optima, and every choice tried."""

import math
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from hereabouts.methods.accessibility import reach_by_cost
from hereabouts.methods.siting import Infeasible, maximal_cover, p_centre, p_median
from tests.methods.siting import Floats, clustered

# ── Known optima ──


def or_library(open_data: Path, name: str) -> tuple[Floats, int]:
    """Distances between all nodes, and how many sites to open; a repeated edge keeps its last."""
    numbers = np.array((open_data / "instances" / f"{name}.txt").read_text().split(), dtype=int)
    nodes, _, count = numbers[:3].tolist()
    lengths = np.full((nodes, nodes), math.inf)
    for left, right, length in numbers[3:].reshape(-1, 3).tolist():
        lengths[left - 1, right - 1] = lengths[right - 1, left - 1] = length
    return shortest_path(lengths, directed=False), count


@pytest.mark.open_data
@pytest.mark.parametrize(
    ("name", "median", "centre"),
    [
        ("pmed1", 5819, 127),
        ("pmed2", 4093, 98),
        ("pmed3", 4250, 93),
        ("pmed4", 3034, 74),
        ("pmed5", 1355, 48),
    ],
)
def test_the_or_library_is_solved_and_proven(
    open_data: Path, name: str, median: int, centre: int
) -> None:
    costs, count = or_library(open_data, name)

    near = p_median(weights=np.ones(len(costs)), costs=costs, count=count)
    fair = p_centre(costs=costs, count=count)

    assert (near.objective, near.is_proven_best) == (median, True)
    assert (fair.objective, fair.is_proven_best) == (centre, True)
    assert len(near.open) == len(fair.open) == count


# ── Slow twins: every choice tried ──


def a_world(seed: int, *, whole: bool = True) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    areas, sites = int(random.integers(1, 15)), int(random.integers(2, 9))
    weights = random.integers(0, 20, areas).astype(float)
    costs = random.integers(0, 12, (areas, sites)).astype(float)
    if not whole:
        weights, costs = weights + random.random(areas), costs + random.random(costs.shape)
    return weights, costs


def choices(sites: int, count: int, existing: Iterable[int]) -> list[list[int]]:
    must = set(existing)
    return [list(some) for some in combinations(range(sites), count) if must <= set(some)]


worlds = st.fixed_dictionaries(
    {"seed": st.integers(0, 100_000), "whole": st.booleans(), "how_many": st.integers(0, 30)}
)


def asked(how_many: int, sites: int, seed: int) -> tuple[int, list[int]]:
    """How many sites to open, and which exist already."""
    count = 1 + how_many % sites
    random = np.random.default_rng(seed + 1)
    return count, random.permutation(sites)[: int(random.integers(0, count + 1))].tolist()


@settings(max_examples=80, deadline=None)
@given(world=worlds)
def test_p_median_is_the_best_of_all_choices(world: dict[str, int]) -> None:
    weights, costs = a_world(world["seed"], whole=bool(world["whole"]))
    count, existing = asked(world["how_many"], costs.shape[1], world["seed"])

    found = p_median(weights=weights, costs=costs, count=count, existing=existing)

    best = min(
        weights @ costs[:, some].min(axis=1) for some in choices(costs.shape[1], count, existing)
    )
    assert found.objective == pytest.approx(best, rel=1e-9)
    assert found.bound == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert found.objective == pytest.approx(weights @ costs[:, found.open].min(axis=1), rel=1e-12)
    assert set(existing) <= set(found.open.tolist())
    assert len(set(found.open.tolist())) == count


@settings(max_examples=80, deadline=None)
@given(world=worlds, upto=st.integers(0, 11))
def test_maximal_cover_is_the_best_of_all_choices(world: dict[str, int], upto: int) -> None:
    weights, costs = a_world(world["seed"], whole=bool(world["whole"]))
    count, existing = asked(world["how_many"], costs.shape[1], world["seed"])

    found = maximal_cover(
        weights=weights, reach=reach_by_cost(costs, upto=upto), count=count, existing=existing
    )

    best = max(
        weights[(costs[:, some] <= upto).any(axis=1)].sum()
        for some in choices(costs.shape[1], count, existing)
    )
    assert found.objective == pytest.approx(best, rel=1e-9)
    assert found.bound == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert ((found.served_by >= 0) == (costs[:, found.open] <= upto).any(axis=1)).all()
    assert set(existing) <= set(found.open.tolist())
    assert len(set(found.open.tolist())) == count


@settings(max_examples=60, deadline=None)
@given(world=worlds)
def test_p_centre_is_the_best_of_all_choices(world: dict[str, int]) -> None:
    weights, costs = a_world(world["seed"], whole=bool(world["whole"]))
    costs[costs > 10] = math.inf
    count, existing = asked(world["how_many"], costs.shape[1], world["seed"])
    counts = weights > 0
    weighed = weights[counts, None] * costs[counts]
    best = min(
        (
            weighed[:, some].min(axis=1).max(initial=0.0)
            for some in choices(costs.shape[1], count, existing)
        ),
        default=math.inf,
    )

    if math.isinf(best):
        with pytest.raises(Infeasible):
            p_centre(costs=costs, count=count, existing=existing, weights=weights)
        return
    found = p_centre(costs=costs, count=count, existing=existing, weights=weights)

    assert found.objective == pytest.approx(best, rel=1e-12)
    assert found.is_proven_best
    assert set(existing) <= set(found.open.tolist())
    assert len(set(found.open.tolist())) == count


@pytest.mark.parametrize("seed", range(4))
def test_middling_problems_are_proven_and_agree_with_all_pairs_in_one_programme(seed: int) -> None:
    weights, costs = clustered(seed)

    found = p_median(weights=weights, costs=costs, count=3)

    best = min(weights @ costs[:, list(some)].min(axis=1) for some in combinations(range(60), 3))
    assert found.objective == pytest.approx(best, rel=1e-9)
    assert found.bound == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_covers_that_the_relaxation_leaves_open_are_proven_by_branching(seed: int) -> None:
    weights, costs = clustered(seed, areas=150, sites=40)

    found = maximal_cover(weights=weights, reach=reach_by_cost(costs, upto=7), count=4)

    covers = costs <= 7
    best = max(weights[covers[:, list(s)].any(axis=1)].sum() for s in combinations(range(40), 4))
    assert found.objective == best
    assert found.is_proven_best


def test_an_area_far_from_every_chosen_site_is_looked_at_again() -> None:
    # Ten towns of people, each by a hall; and a hermit among thirty halls, far from all of them.
    towns = np.arange(10) * 1000.0
    halls = np.concatenate([towns, np.repeat(towns, 2) + 30, -5000 + np.arange(30.0)])
    homes = np.concatenate([towns, [-5000.0]])
    weights = np.concatenate([np.full(10, 1000.0), [0.01]])

    found = p_median(weights=weights, costs=np.abs(homes[:, None] - halls[None]), count=10)

    assert found.open.tolist() == list(range(10))
    assert found.objective == pytest.approx(0.01 * 5000)
    assert found.is_proven_best
