"""Sites that leave nobody too far: the p-centre."""

import math
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from hereabouts.methods.siting.answers import (
    Effort,
    Infeasible,
    Siting,
    costs_of,
    filled,
    sites_to_add,
    weights_of,
)

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

OPTIMAL, INFEASIBLE = 0, 2


def p_centre(
    *,
    costs: ArrayLike,
    count: int,
    existing: Sequence[int] = (),
    weights: ArrayLike | None = None,
    effort: Effort | None = None,
) -> Siting:
    """The `count` sites, the existing ones among them, with the least greatest cost of any area.

    With costs c of areas i to candidates j, and weights w (1 unless given)::

        min  r     each area has an open site no dearer:  sum over j with w_i c_ij <= r of y_j >= 1
                   so many are open:                      sum of y_j = count
                   those that exist are:                  y_j = 1

    r is one of the numbers w_i c_ij, so that the least is found by halving, each time asking
    whether so many sites can cover all areas within r: first a linear programme, which can say no;
    then HiGHS. `costs`: areas by candidates, infinity where there is no journey. `objective` and
    `bound` are r, in the unit of the costs (times weight). An area of weight 0 may be anywhere.
    `Infeasible` where no choice serves every area or so many cannot be open; ValueError for other
    input. Source: Minieka (1970); Daskin (1995).

    >>> found = p_centre(costs=[[0, 4, 9], [4, 0, 5], [9, 5, 0]], count=1)
    >>> found.open.tolist(), found.objective, found.is_proven_best
    ([1], 5.0, True)
    """
    table, effort = costs_of(costs), effort or Effort()
    heads = np.ones(len(table)) if weights is None else weights_of(weights, count=len(table))
    added, fixed = sites_to_add(count=count, existing=existing, candidates=table.shape[1])
    counts = heads > 0
    if not counts.any():
        return _answer(table, heads, filled(fixed, count=count, candidates=table.shape[1]), 0.0)
    weighed = heads[counts, None] * table[counts]
    sites, least = _search(weighed, fixed=fixed, added=added, effort=effort)
    return _answer(table, heads, filled(sites, count=count, candidates=table.shape[1]), least)


def _search(
    weighed: Floats, *, fixed: Integers, added: int, effort: Effort
) -> tuple[Integers, float]:
    """The sites, and the least that r can be: all numbers below were shown to be too small."""
    deadline = effort.deadline()
    levels = np.unique(weighed[np.isfinite(weighed)])
    levels = levels[levels >= weighed.min(axis=1).max()]
    if len(levels) == 0:
        raise Infeasible("An area can reach no candidate at all.")
    sites = _furthest_first(weighed, fixed=fixed, added=added)
    high = _level_of(weighed, sites, levels)
    if high == len(levels):
        sites = _must_reach_all(weighed, fixed=fixed, added=added, deadline=deadline)
        high = _level_of(weighed, sites, levels)
    low = 0
    while low < high and levels[high] - levels[low] > effort.gap * levels[high]:
        middle = (low + high) // 2
        covers = weighed <= levels[middle]
        answer = _covering(covers, fixed=fixed, added=added, deadline=deadline)
        if answer is None:
            break
        if len(answer) == 0:
            low = middle + 1
        else:
            sites, high = answer, _level_of(weighed, answer, levels)
    return sites, float(levels[low])


def _must_reach_all(weighed: Floats, *, fixed: Integers, added: int, deadline: float) -> Integers:
    """Sites from which every area can be served at all."""
    sites = _covering(np.isfinite(weighed), fixed=fixed, added=added, deadline=deadline)
    if sites is None:
        raise Infeasible("No sites that serve every area were found in the time given.")
    if len(sites) == 0:
        raise Infeasible("No choice of so many sites serves every area.")
    return sites


def _level_of(weighed: Floats, sites: Integers, levels: Floats) -> int:
    """The index of r with these sites; as many as there are levels where an area is not served."""
    reached = float(weighed[:, sites].min(axis=1).max())
    return int(np.searchsorted(levels, reached)) if math.isfinite(reached) else len(levels)


def _furthest_first(weighed: Floats, *, fixed: Integers, added: int) -> Integers:
    """Sites opened one at a time, each the cheapest for the area that then pays most."""
    chosen = list(fixed)
    pays = weighed[:, fixed].min(axis=1) if len(fixed) else np.full(len(weighed), math.inf)
    for _ in range(added):
        site = int(weighed[int(pays.argmax())].argmin())
        chosen.append(site)
        pays = np.minimum(pays, weighed[:, site])
    return np.unique(np.array(chosen, dtype=np.int64))


def _covering(covers: Flags, *, fixed: Integers, added: int, deadline: float) -> Integers | None:
    """Sites that cover every row, the fixed ones among them; empty if there are none such.

    None if time ran out before it was known.
    """
    left = covers[~covers[:, fixed].any(axis=1)]
    if added == 0 or not left.any(axis=1).all():
        return fixed[:0]
    # Areas that the same sites cover are one.
    _, first = np.unique(np.packbits(left, axis=1), axis=0, return_index=True)
    rows = left[np.sort(first)]
    quick = _greedily(rows, added)
    if quick is None:
        quick = _exactly(rows, added, deadline)
    if quick is None:
        return None
    return np.unique(np.concatenate([fixed, quick])) if len(quick) else quick


def _greedily(rows: Flags, added: int) -> Integers | None:
    chosen: list[int] = []
    left = rows
    while len(left) and len(chosen) < added:
        chosen.append(int(left.sum(axis=0).argmax()))
        left = left[~left[:, chosen[-1]]]
    return None if len(left) else np.array(chosen, dtype=np.int64)


def _exactly(rows: Flags, added: int, deadline: float) -> Integers | None:
    """Columns that cover all rows, at most `added`; empty if there are none, None if not known."""
    table, none = csr_matrix(rows.astype(float)), np.zeros(0, dtype=np.int64)
    ones = np.ones(table.shape[1])
    fewest: Any = linprog(
        ones,
        A_ub=-table,
        b_ub=-np.ones(table.shape[0]),
        bounds=(0, 1),
        method="highs",
        options={"time_limit": max(deadline - perf_counter(), 0.01)},
    )
    if fewest.status == OPTIMAL and fewest.fun > added + 1e-6:
        return none
    result: Any = milp(
        np.zeros(len(ones)),
        integrality=ones,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(table, 1, np.inf),
            LinearConstraint(csr_matrix(ones[None, :]), -np.inf, added),
        ],
        options={"time_limit": max(deadline - perf_counter(), 0.01)},
    )
    if result.status == INFEASIBLE:
        return none
    if result.x is None:
        return None
    return np.flatnonzero(result.x > 0.5)


def _answer(table: Floats, heads: Floats, sites: Integers, least: float) -> Siting:
    chosen = np.sort(sites)
    among = table[:, chosen]
    at = among.argmin(axis=1)
    cost = among[np.arange(len(table)), at]
    counts = heads > 0
    objective = float((heads[counts] * cost[counts]).max()) if counts.any() else 0.0
    return Siting(
        open=chosen,
        served_by=np.where(np.isfinite(cost), chosen[at], -1),
        cost=cost,
        objective=objective,
        bound=min(least, objective),
    )
