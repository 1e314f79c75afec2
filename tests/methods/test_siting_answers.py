"""Answers about sites: what always holds, time running out, edges, and bad input."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from hereabouts.methods.accessibility import Reach, points_on_grid, reach, reach_by_cost
from hereabouts.methods.siting import (
    Effort,
    Infeasible,
    Siting,
    centre,
    equity_weights,
    maximal_cover,
    p_centre,
    p_median,
    price_of_equity,
)
from tests.methods.siting import clustered

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


def test_need_moves_the_site_and_the_price_of_that_is_told() -> None:
    people, need = [100.0, 60.0], [1.0, 4.0]
    costs = [[0.0, 4.0], [4.0, 0.0]]

    plain = p_median(weights=people, costs=costs, count=1)
    fair = p_median(weights=equity_weights(people=people, need=need), costs=costs, count=1)

    assert (plain.open.tolist(), fair.open.tolist()) == ([0], [1])
    assert price_of_equity(people=people, plain=plain, fair=fair) == 100 * 4 - 60 * 4
    assert equity_weights(people=people, need=need, exponent=0).tolist() == people
    assert equity_weights(people=people, need=need, exponent=0.5).tolist() == [100, 120]


# ── A gap allowed, and no time ──


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


def test_a_centre_without_time_has_a_gap_and_says_so() -> None:
    _, costs = clustered(5, areas=600, sites=300)

    found = p_centre(costs=costs, count=9, effort=Effort(seconds=1e-6))

    assert found.gap > 0
    assert found.objective == costs[:, found.open].min(axis=1).max()


def test_a_centre_that_may_or_may_not_be_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centre, "_covering", lambda *args, **kwargs: None)

    with pytest.raises(Infeasible, match="in the time given"):
        p_centre(costs=[[1, math.inf], [math.inf, 1]], count=1)


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
