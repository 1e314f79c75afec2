"""Sites that bring people nearest on the whole: the p-median."""

import math
from collections.abc import Sequence
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.siting.answers import (
    Effort,
    Siting,
    costs_of,
    sites_to_add,
    weights_of,
)
from hereabouts.methods.siting.capped import capped
from hereabouts.methods.siting.exact import Found, solve

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Each area looks at first at so many times the candidates that there are for each site to open.
NEAR = 3
AT_ONCE = 512


def p_median(
    *,
    weights: ArrayLike,
    costs: ArrayLike,
    count: int,
    existing: Sequence[int] = (),
    effort: Effort | None = None,
) -> Siting:
    """The `count` sites, the existing ones among them, with the least weighted cost in all.

    With weights w of areas i and costs c to candidates j::

        min  sum of w_i c_ij x_ij     each area has one site:  sum over j of x_ij = 1
                                      which is open:           x_ij <= y_j
                                      so many are:             sum of y_j = count
                                      those that exist are:    y_j = 1

    `weights`: one number of 0 or more for each area, people or `equity_weights`. `costs`: areas by
    candidates, finite, in any unit; `objective` and `bound` are in weight times that. Among equals
    any answer may be given. ValueError for other input, `Infeasible` where so many cannot be open.
    Small problems are proven best; for large ones see `gap` of the answer and `Effort`.
    Source: Hakimi (1964); ReVelle and Swain (1970).

    >>> found = p_median(weights=[3, 1, 1], costs=[[0, 4], [4, 0], [5, 1]], count=1)
    >>> found.open.tolist(), found.objective, found.is_proven_best
    ([0], 9.0, True)
    """
    table, effort = costs_of(costs), effort or Effort()
    if not np.isfinite(table).all():
        raise ValueError("Costs must be finite: say what an area without a journey pays.")
    heads = weights_of(weights, count=len(table))
    added, fixed = sites_to_add(count=count, existing=existing, candidates=table.shape[1])
    free = np.setdiff1d(np.arange(table.shape[1]), fixed)
    if added in (0, len(free)):
        return _answer(table, heads, np.concatenate([fixed, free[:added]]), bound=None)
    fallback = table[:, fixed].min(axis=1) if len(fixed) else np.full(len(table), math.inf)
    found = _search(
        table if len(fixed) == 0 else table[:, free],
        heads,
        fallback=fallback,
        count=added,
        effort=effort,
    )
    return _answer(table, heads, np.concatenate([fixed, free[found.sites]]), bound=found.bound)


def _search(table: Floats, heads: Floats, *, fallback: Floats, count: int, effort: Effort) -> Found:
    """Solve with each area's nearest candidates only, and look further where that was too near.

    An area that pays more than for its nearest k pays at least for the k-th: leaving the others
    out never makes the bound too high, and where no area of the answer is cut off it is exact.
    """
    deadline = effort.deadline()
    candidates = table.shape[1]
    look = np.full(len(table), min(candidates, NEAR * math.ceil(candidates / count) + 8))
    best, bound, start = math.inf, 0.0, None
    while True:
        cap = np.minimum(_far_as(table, look), fallback)
        problem = capped(
            pairs=_pairs(table, heads, cap), sites=candidates, cap=heads * cap, count=count
        )
        found = solve(problem, deadline=deadline, gap=effort.gap, start=start)
        bound = max(bound, found.bound)
        paid = np.minimum(table[:, found.sites].min(axis=1), fallback)
        value = float(heads @ paid)
        if value < best:
            best, start = value, found.sites
        is_cut_off = (paid > cap) & (heads > 0)
        is_enough = best - bound <= effort.gap * best
        if is_enough or not is_cut_off.any() or perf_counter() >= deadline:
            return Found(sites=start if start is not None else found.sites, value=best, bound=bound)
        look[is_cut_off] = np.minimum(candidates, look[is_cut_off] * 3)


def _far_as(table: Floats, look: Integers) -> Floats:
    """What each area pays for the k-th nearest candidate, k its entry in `look`."""
    cap = np.empty(len(table))
    for begin in range(0, len(table), AT_ONCE):
        some = slice(begin, begin + AT_ONCE)
        for rank in np.unique(look[some]):
            rows = begin + np.flatnonzero(look[some] == rank)
            cap[rows] = np.partition(table[rows], rank - 1, axis=1)[:, rank - 1]
    return cap


def _pairs(table: Floats, heads: Floats, cap: Floats) -> tuple[Integers, Integers, Floats]:
    site, area = np.nonzero((table < np.where(heads > 0, cap, 0)[:, None]).T)
    return area, site, heads[area] * table[area, site]


def _answer(table: Floats, heads: Floats, sites: Integers, *, bound: float | None) -> Siting:
    chosen = np.sort(sites)
    among = table[:, chosen]
    at = among.argmin(axis=1)
    cost = among[np.arange(len(table)), at]
    objective = float(heads @ cost)
    return Siting(
        open=chosen,
        served_by=chosen[at],
        cost=cost,
        objective=objective,
        bound=objective if bound is None else min(bound, objective),
    )
