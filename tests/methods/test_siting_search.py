"""The search for sites from within: swaps, linear programme, branching, time running out."""

import math
from itertools import combinations

import numpy as np
import pytest

from hereabouts.methods.siting import Effort, exact, p_median, relaxation
from hereabouts.methods.siting.capped import Capped, capped, greedy, swapped
from hereabouts.methods.siting.exact import solve
from hereabouts.methods.siting.relaxation import Search
from tests.methods.siting import clustered

# ── Greedy and swaps ──


def a_capped_problem(seed: int) -> Capped:
    random = np.random.default_rng(seed)
    cap = random.integers(1, 30, 40).astype(float)
    costs = random.integers(0, 40, (40, 12)).astype(float)
    area, site = np.nonzero(costs < cap[:, None])
    return capped(pairs=(area, site, costs[area, site]), sites=12, cap=cap, count=3)


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


# ── The proof ──


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
