"""Where to open sites: known optima, every choice tried, and bounds that must hold."""

import math
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from hereabouts.methods.accessibility import Reach, points_on_grid, reach, reach_by_cost
from hereabouts.methods.siting import (
    Effort,
    Infeasible,
    Siting,
    centre,
    equity_weights,
    exact,
    maximal_cover,
    p_centre,
    p_median,
    price_of_equity,
    relaxation,
)
from hereabouts.methods.siting.capped import Capped, capped, greedy, swapped
from hereabouts.methods.siting.exact import solve
from hereabouts.methods.siting.relaxation import Search

Floats = NDArray[np.float64]


# ── Known optima ──


def or_library(open_data: Path, name: str) -> tuple[Floats, int]:
    """Distances between all nodes, and how many sites to open; a repeated edge keeps its last."""
    numbers = np.array((open_data / "instances" / f"{name}.txt").read_text().split(), dtype=int)
    nodes, _, count = numbers[:3].tolist()
    lengths = np.full((nodes, nodes), math.inf)
    for one, other, length in numbers[3:].reshape(-1, 3).tolist():
        lengths[one - 1, other - 1] = lengths[other - 1, one - 1] = length
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


def clustered(seed: int, *, areas: int = 120, sites: int = 60) -> tuple[Floats, Floats]:
    """People in towns: hard enough that relaxations leave a gap."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 40, (8, 2))
    homes = towns[random.integers(0, 8, areas)] + random.normal(0, 4, (areas, 2))
    halls = random.uniform(0, 40, (sites, 2))
    costs = np.hypot(*(homes[:, None] - halls[None]).transpose(2, 0, 1))
    return random.integers(1, 100, areas).astype(float), costs


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


def a_capped_problem(seed: int) -> Capped:
    random = np.random.default_rng(seed)
    cap = random.integers(1, 30, 40).astype(float)
    costs = random.integers(0, 40, (40, 12)).astype(float)
    area, site = np.nonzero(costs < cap[:, None])
    return capped(pairs=(area, site, costs[area, site]), sites=12, cap=cap, count=3)


@pytest.mark.parametrize("seed", range(8))
def test_swaps_end_where_no_single_exchange_helps(seed: int) -> None:
    problem = a_capped_problem(seed)

    sites, value = swapped(problem, greedy(problem))

    assert value == problem.value(sites) <= problem.value(greedy(problem))
    for gone in sites:
        for come in set(range(12)) - set(sites.tolist()):
            other = np.sort(np.append(sites[sites != gone], come))
            assert problem.value(other) >= value


@pytest.mark.parametrize("seed", range(8))
def test_a_round_of_swaps_saves_what_the_best_single_exchange_saves(seed: int) -> None:
    problem = a_capped_problem(seed)
    values = {
        frozenset(sites): problem.value(np.array(sites)) for sites in combinations(range(12), 3)
    }

    # From every start: a wrong gain of any exchange would have another one made somewhere.
    for start, value in values.items():
        _, after = swapped(problem, np.array(sorted(start)), rounds=1)

        exchanges = [end for end in values if len(start & end) == 2]
        assert len(exchanges) == 3 * 9
        assert after <= min(value, *(values[end] for end in exchanges))


@pytest.mark.parametrize("seed", range(8))
def test_without_time_still_no_single_exchange_helps(seed: int) -> None:
    weights, costs = clustered(seed)

    found = p_median(weights=weights, costs=costs, count=4, effort=Effort(seconds=1e-9))

    for gone in found.open:
        kept = found.open[found.open != gone]
        paid = np.minimum(costs[:, kept].min(axis=1)[:, None], costs)
        assert (weights @ paid >= found.objective * (1 - 1e-9)).all()


@pytest.mark.parametrize("seed", range(8))
def test_greedy_opens_each_time_the_site_that_saves_most(seed: int) -> None:
    problem = a_capped_problem(seed)
    chosen: list[int] = []
    for _ in range(problem.count):
        others = [site for site in range(12) if site not in chosen]
        chosen.append(
            min(others, key=lambda site: problem.value(np.sort(np.array([*chosen, site]))))
        )

    assert problem.value(greedy(problem)) == pytest.approx(problem.value(np.sort(chosen)))


@pytest.mark.parametrize("seed", range(8))
def test_the_capped_problem_is_the_best_of_all_choices(seed: int) -> None:
    problem = a_capped_problem(seed)

    found = solve(problem, deadline=math.inf, gap=0.0)

    best = min(problem.value(np.array(some)) for some in combinations(range(12), 3))
    assert (found.value, found.bound) == (best, best)


def a_hard_problem(*, areas: int = 500, sites: int = 120) -> Capped:
    """A cover that the relaxations leave open for a while."""
    random = np.random.default_rng(3)
    homes, halls = random.uniform(0, 40, (areas, 2)), random.uniform(0, 40, (sites, 2))
    area, site = np.nonzero(np.hypot(*(homes[:, None] - halls[None]).transpose(2, 0, 1)) <= 8)
    weights = random.integers(1, 1000, areas).astype(float)
    pairs = area, site, np.zeros(len(area))
    return capped(pairs=pairs, sites=sites, cap=weights, count=8)


def a_search(problem: Capped, *, value: float | None = None, deadline: float = math.inf) -> Search:
    """A search that has only begun."""
    sites = greedy(problem)
    return Search(
        sites=sites,
        value=problem.value(sites) if value is None else value,
        bound=0.0,
        shut=np.zeros(problem.sites, dtype=np.bool_),
        opened=np.zeros(problem.sites, dtype=np.bool_),
        gap=0.0,
        gap_is_of=0.0,
        tolerance=1 - 1e-6,
        deadline=deadline,
    )


@pytest.fixture(scope="module")
def hard_optimum() -> float:
    return solve(a_hard_problem(), deadline=math.inf, gap=0.0).value


@pytest.mark.parametrize("steps", [1, 3])
def test_highs_alone_finds_the_same_optimum(
    monkeypatch: pytest.MonkeyPatch, hard_optimum: float, steps: int
) -> None:
    monkeypatch.setattr(relaxation, "MOST_STEPS", steps)

    found = solve(a_hard_problem(), deadline=math.inf, gap=0.0)

    assert (found.value, found.bound) == (hard_optimum, hard_optimum)


def test_a_problem_too_large_for_highs_keeps_the_lagrangian_bound(
    monkeypatch: pytest.MonkeyPatch, hard_optimum: float
) -> None:
    monkeypatch.setattr(exact, "MOST_PAIRS_EXACT", 10)

    found = solve(a_hard_problem(), deadline=math.inf, gap=0.0)

    assert 0 < found.bound < hard_optimum <= found.value


def test_a_gap_allowed_is_kept_whoever_closes_it(
    monkeypatch: pytest.MonkeyPatch, hard_optimum: float
) -> None:
    monkeypatch.setattr(relaxation, "MOST_STEPS", 2)
    whole = float(a_hard_problem().cap.sum())

    for gap in (0.2, 0.003):
        found = solve(a_hard_problem(), deadline=math.inf, gap=gap, gap_is_of=whole)

        assert found.value - found.bound <= gap * (whole - found.value)
        assert found.bound <= hard_optimum <= found.value


def test_without_time_neither_linear_programme_nor_branching_says_anything() -> None:
    problem = a_hard_problem(areas=1500, sites=400)
    search = a_search(problem, deadline=0.0)
    before = search.value

    exact._finish(problem, search)
    chosen = exact._branch_and_bound(exact._programme(problem, search.free), search)

    assert chosen is None
    assert (search.bound, search.value) == (0.0, before)


def test_branching_says_when_no_choice_is_better(hard_optimum: float) -> None:
    problem = a_hard_problem()
    search = a_search(problem, value=hard_optimum - 1)

    chosen = exact._branch_and_bound(exact._programme(problem, search.free), search)

    assert chosen is None
    assert search.is_proven


def test_when_the_relaxation_is_whole_nothing_is_left_to_branch_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relaxation, "MOST_STEPS", 1)
    costs = np.abs(np.arange(12.0)[:, None] - np.arange(12.0)[None])
    area, site = np.nonzero(costs < 11)
    problem = capped(
        pairs=(area, site, costs[area, site]), sites=12, cap=np.full(12, 11.0), count=2
    )

    found = solve(problem, deadline=math.inf, gap=0.0, start=np.array([0, 1]))

    best = min(problem.value(np.array(some)) for some in combinations(range(12), 2))
    assert (found.value, found.bound) == (best, best)


def test_sites_that_the_linear_programme_rules_out_are_not_branched_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = a_capped_problem(1)
    best = np.array(min(combinations(range(12), 3), key=lambda some: problem.value(np.array(some))))
    price = np.full(12, math.inf)
    price[best] = 0
    relaxed = exact._Relaxed(bound=0.0, share=np.full(12, 0.25), price=price)
    monkeypatch.setattr(exact, "_relaxed", lambda *args: relaxed)
    monkeypatch.setattr(exact, "LOTS", 0)
    search = a_search(problem, value=problem.cap.sum())

    exact._finish(problem, search)

    assert search.sites.tolist() == best.tolist()
    assert search.value == search.bound == problem.value(best)


def test_where_branching_finds_nothing_better_the_answer_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact, "_branch_and_bound", lambda *args: None)
    monkeypatch.setattr(exact, "LOTS", 0)
    problem = a_hard_problem()
    search = a_search(problem)
    before = search.value

    exact._finish(problem, search)

    assert search.value == before
    assert 0 < search.bound < before


def test_decisions_that_contradict_each_other_prove_the_answer_in_hand() -> None:
    problem = a_capped_problem(0)
    search = a_search(problem)
    search.opened[:4] = True

    assert search.settles(problem)
    assert search.bound == search.value == problem.value(greedy(problem))


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


def test_a_centre_without_time_has_a_gap_and_says_so() -> None:
    _, costs = clustered(5, areas=600, sites=300)

    found = p_centre(costs=costs, count=9, effort=Effort(seconds=1e-6))

    assert found.gap > 0
    assert found.objective == costs[:, found.open].min(axis=1).max()


def test_a_centre_that_may_or_may_not_be_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centre, "_covering", lambda *args, **kwargs: None)

    with pytest.raises(Infeasible, match="in the time given"):
        p_centre(costs=[[1, math.inf], [math.inf, 1]], count=1)


# ── What always holds ──


def test_more_sites_never_cost_more_and_existing_ones_never_less() -> None:
    weights, costs = clustered(9)

    values = [p_median(weights=weights, costs=costs, count=n).objective for n in (2, 4, 8)]
    bound_to = p_median(weights=weights, costs=costs, count=4, existing=[0, 1]).objective

    assert values == sorted(values, reverse=True)
    assert bound_to >= values[1]


def test_scale_and_order_do_not_matter() -> None:
    weights, costs = clustered(4)
    random = np.random.default_rng(1)
    mixed, moved = random.permutation(120), random.permutation(60)

    plain = p_median(weights=weights, costs=costs, count=5)
    other = p_median(weights=weights[mixed] * 3, costs=costs[mixed][:, moved] * 2, count=5)

    assert other.objective == pytest.approx(plain.objective * 6)
    assert sorted(moved[other.open].tolist()) == plain.open.tolist()


def test_sites_and_areas_in_the_answer_are_those_asked_about() -> None:
    weights, costs = clustered(2)

    found = p_median(weights=weights, costs=costs, count=6)

    assert set(found.served_by.tolist()) <= set(found.open.tolist())
    assert found.cost == pytest.approx(costs[:, found.open].min(axis=1))
    assert found.objective == pytest.approx(weights @ found.cost)


def test_a_gap_allowed_is_kept_and_the_bound_still_holds() -> None:
    weights, costs = clustered(6)
    best = p_median(weights=weights, costs=costs, count=5)

    found = p_median(weights=weights, costs=costs, count=5, effort=Effort(gap=0.05))

    assert found.gap <= 0.05
    assert found.bound <= best.objective <= found.objective


def test_when_time_runs_out_the_answer_says_how_far_it_may_be_off() -> None:
    random = np.random.default_rng(3)
    homes, halls = random.uniform(0, 40, (800, 2)), random.uniform(0, 40, (200, 2))
    weights = random.integers(1, 1000, 800).astype(float)
    pairs = reach(
        areas=points_on_grid(east_km=homes[:, 0], north_km=homes[:, 1]),
        sites=points_on_grid(east_km=halls[:, 0], north_km=halls[:, 1]),
        within_km=8,
    )

    found = maximal_cover(weights=weights, reach=pairs, count=10, effort=Effort(seconds=0.05))

    assert 0 < found.gap < 0.2
    assert not found.is_proven_best
    assert found.objective < found.bound <= weights.sum()


def test_need_moves_the_site_and_the_price_of_that_is_told() -> None:
    people, need = [100.0, 60.0], [1.0, 4.0]
    costs = [[0.0, 4.0], [4.0, 0.0]]

    plain = p_median(weights=people, costs=costs, count=1)
    fair = p_median(weights=equity_weights(people=people, need=need), costs=costs, count=1)

    assert (plain.open.tolist(), fair.open.tolist()) == ([0], [1])
    assert price_of_equity(people=people, plain=plain, fair=fair) == 100 * 4 - 60 * 4
    assert equity_weights(people=people, need=need, exponent=0).tolist() == people
    assert equity_weights(people=people, need=need, exponent=0.5).tolist() == [100, 120]


# ── Edges ──


def test_where_all_that_matters_exists_already_nothing_is_searched() -> None:
    found = maximal_cover(
        weights=[5, 5], reach=reach_by_cost([[1, 9, 9], [1, 9, 9]], upto=3), count=2, existing=[0]
    )

    assert (found.open.tolist(), found.objective, found.is_proven_best) == ([0, 1], 10, True)


def test_where_nothing_can_be_covered_the_cover_is_nought_and_proven() -> None:
    found = maximal_cover(weights=[5], reach=reach_by_cost([[9, 9]], upto=3), count=1)

    assert (found.objective, found.bound, found.gap) == (0, 0, 0)
    assert found.served_by.tolist() == [-1]
    assert found.cost.tolist() == [math.inf]


def test_weights_of_nought_leave_every_choice_as_good() -> None:
    for found in (
        p_median(weights=[0, 0], costs=[[1, 2], [3, 4]], count=1),
        p_centre(weights=[0, 0], costs=[[1, 2], [3, 4]], count=1),
        maximal_cover(weights=[0, 0], reach=reach_by_cost([[1, 2], [3, 4]], upto=2), count=1),
    ):
        assert (found.objective, found.gap, len(found.open)) == (0, 0, 1)


def test_all_candidates_open_is_an_answer() -> None:
    assert p_median(weights=[1], costs=[[3, 2]], count=2).objective == 2
    assert p_centre(costs=[[3, 2]], count=2).objective == 2


def test_an_answer_without_areas_in_it_has_no_gap_to_divide_by() -> None:
    nothing = np.zeros(0)

    off = Siting(
        open=nothing.astype(int), served_by=nothing.astype(int), cost=nothing, objective=0, bound=3
    )

    assert off.gap == math.inf


# ── Bad input ──

SQUARE = [[1.0, 2.0], [2.0, 1.0]]
PAIRS: Reach = reach_by_cost(SQUARE, upto=1)


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda: p_median(weights=[1, 1], costs=SQUARE, count=3), "there are 2 candidates"),
        (
            lambda: p_median(weights=[1, 1], costs=SQUARE, count=1, existing=[0, 1]),
            "2 exist already",
        ),
        (lambda: p_centre(costs=[[math.inf, math.inf]], count=1), "no candidate at all"),
        (
            lambda: p_centre(costs=[[1, math.inf], [math.inf, 1]], count=1),
            "No choice of so many",
        ),
        (
            lambda: p_centre(costs=[[1, math.inf], [math.inf, 1]], count=1, existing=[0]),
            "No choice of so many",
        ),
    ],
)
def test_what_cannot_be_is_an_error_that_says_why(attempt: Callable[[], object], why: str) -> None:
    with pytest.raises(Infeasible, match=why):
        attempt()


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda: p_median(weights=[], costs=SQUARE, count=1), "at least one area"),
        (lambda: p_median(weights=[1], costs=SQUARE, count=1), "1 weights for 2 areas"),
        (lambda: p_median(weights=[1, -1], costs=SQUARE, count=1), "0 or more"),
        (lambda: p_median(weights=[1, math.nan], costs=SQUARE, count=1), "0 or more"),
        (lambda: p_median(weights=[1], costs=[], count=1), "at least one of each"),
        (lambda: p_median(weights=[1], costs=[[math.nan]], count=1), "0 or more"),
        (lambda: p_median(weights=[1], costs=[[-1.0]], count=1), "0 or more"),
        (lambda: p_median(weights=[1], costs=[[math.inf]], count=1), "must be finite"),
        (lambda: p_median(weights=[1, 1], costs=SQUARE, count=0), "At least one site"),
        (lambda: p_median(weights=[1, 1], costs=SQUARE, count=1, existing=[2]), "from 0 to 1"),
        (lambda: p_median(weights=[1, 1], costs=SQUARE, count=1, existing=[0, 0]), "named twice"),
        (lambda: maximal_cover(weights=[1], reach=PAIRS, count=1), "1 weights for 2 areas"),
        (lambda: Effort(seconds=0), "above 0"),
        (lambda: Effort(gap=1), "below 1"),
        (lambda: equity_weights(people=[1], need=[1, 2]), "2 weights for 1 areas"),
        (lambda: equity_weights(people=[1], need=[1], exponent=-1), "exponent"),
        (
            lambda: price_of_equity(
                people=[1],
                plain=p_centre(costs=[[1]], count=1),
                fair=p_centre(costs=SQUARE, count=1),
            ),
            "same areas",
        ),
        (
            lambda: price_of_equity(
                people=[1],
                plain=p_centre(costs=[[1]], count=1),
                fair=maximal_cover(weights=[1], reach=reach_by_cost([[9]], upto=1), count=1),
            ),
            "every area is served",
        ),
    ],
)
def test_bad_input_is_refused_with_a_sentence(attempt: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        attempt()
