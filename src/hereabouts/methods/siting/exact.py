"""The best answer proven: reductions first, then HiGHS on what is left.

The programme given to HiGHS is the radius form of Elloumi (2010), here with caps. The costs of an
area's pairs are its levels, ascending; z says that no open site is as near as the level::

    min  sum of first levels + sum over levels of (next level - level) z
         z_l + sum of y_j over the pairs of the level  >=  z of the level before (1 at the first)
         sum of y_j = q,  y_j in {0, 1},  0 <= z <= 1

The level after an area's last is its cap. Maximal cover has one level an area, so that this is its
usual form.
"""

import math
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from hereabouts.methods.siting.capped import Capped, greedy, swapped
from hereabouts.methods.siting.relaxation import Search, raise_bound

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# More pairs than HiGHS solves in a minute.
MOST_PAIRS_EXACT = 400_000
# Answers made of the linear programme's fractions by lot: how many, in what share of the time that
# is left, and how much of the best answer so far each exchanges.
LOTS = 150
LOTS_SHARE_OF_TIME = 0.5
EXCHANGED_BY_LOT = 0.5
LEAST_CHANCE = 1e-3
# What HiGHS says of itself.
OPTIMAL, INFEASIBLE = 0, 2
SEED = 20261123


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The best sites found, what they cost, and the least that any could cost."""

    sites: Integers
    value: float
    bound: float


def solve(
    problem: Capped,
    *,
    deadline: float,
    gap: float,
    gap_is_of: float = 0.0,
    start: Integers | None = None,
) -> Found:
    """Choose `problem.count` sites, at least 1 and fewer than there are.

    The search ends when the bound is within `gap` times |`gap_is_of` - value|: give the whole
    weight to have the gap measured on what is covered. `start` are sites to begin with.
    """
    sites, value = swapped(problem, greedy(problem) if start is None else start)
    search = Search(
        sites=sites,
        value=value,
        bound=0.0,
        shut=np.zeros(problem.sites, dtype=np.bool_),
        opened=np.zeros(problem.sites, dtype=np.bool_),
        gap=gap,
        gap_is_of=gap_is_of,
        tolerance=1 - 1e-6 if problem.are_costs_whole else 1e-9 * max(1.0, value),
        deadline=deadline,
    )
    near = problem.two_nearest(sites)
    raise_bound(problem, search, prices=(near.first + near.second) / 2)
    if not search.is_over:
        _finish(problem, search)
    bound = search.value if search.is_proven else min(search.bound, search.value)
    return Found(sites=search.sites, value=search.value, bound=bound)


def _finish(problem: Capped, search: Search) -> None:
    """Give what is undecided to HiGHS, if it is not too much."""
    rest = problem.reduced(shut=search.shut, opened=search.opened)
    if len(rest.cost) > MOST_PAIRS_EXACT:
        return
    free = search.free
    relaxed = _relaxed(_programme(rest, free), search)
    if relaxed is None:
        return
    search.bound = max(search.bound, relaxed.bound)
    _draw_lots(rest, search, share=relaxed.share)
    if search.is_over:
        return
    stays = relaxed.bound + relaxed.price < search.value - search.tolerance
    search.shut[free[~stays]] = True
    if search.settles(problem):
        return
    rest = problem.reduced(shut=search.shut, opened=search.opened)
    chosen = _branch_and_bound(_programme(rest, search.free), search)
    if chosen is not None:
        sites = np.concatenate([search.fixed, search.free[chosen]])
        search.offer(sites, problem.value(sites))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Programme:
    """Variables: one for each free site, then one for each level. `least` is paid in any case."""

    prices: Floats
    covers: csr_matrix
    at_least: Floats
    count: int
    sites: int
    least: float

    @property
    def choose(self) -> csr_matrix:
        row = np.zeros(len(self.prices))
        row[: self.sites] = 1
        return csr_matrix(row[None, :])


def _programme(problem: Capped, free: Integers) -> _Programme:
    place = np.full(problem.sites, -1, dtype=np.int64)
    place[free] = np.arange(len(free))
    order = np.lexsort((problem.cost, problem.area))
    area, cost = problem.area[order], problem.cost[order]
    site = place[problem.site[order]]
    is_first = np.ones(len(area), dtype=np.bool_)
    is_first[1:] = area[1:] != area[:-1]
    is_level = is_first.copy()
    is_level[1:] |= cost[1:] != cost[:-1]
    level = np.cumsum(is_level) - 1
    levels = int(is_level.sum())
    level_area, level_cost = area[is_level], cost[is_level]
    level_first = is_first[is_level]
    following = np.append(level_cost[1:], 0.0)
    is_last = np.append(level_first[1:], True)
    following[is_last] = problem.cap[level_area[is_last]]
    chained = np.flatnonzero(~level_first)
    numbers = np.arange(levels)
    rows = np.concatenate([level, numbers, chained])
    columns = np.concatenate([site, len(free) + numbers, len(free) + chained - 1])
    values = np.concatenate([np.ones(len(level) + levels), -np.ones(len(chained))])
    unpaired = np.ones(len(problem.cap), dtype=np.bool_)
    unpaired[level_area] = False
    return _Programme(
        prices=np.concatenate([np.zeros(len(free)), following - level_cost]),
        covers=csr_matrix((values, (rows, columns)), shape=(levels, len(free) + levels)),
        at_least=level_first.astype(float),
        count=problem.count,
        sites=len(free),
        least=float(level_cost[level_first].sum() + problem.cap[unpaired].sum()),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Relaxed:
    """The bound without whole numbers, each site's share of an opening, and its reduced price."""

    bound: float
    share: Floats
    price: Floats


def _relaxed(programme: _Programme, search: Search) -> _Relaxed | None:
    result: Any = linprog(
        programme.prices,
        A_ub=-programme.covers,
        b_ub=-programme.at_least,
        A_eq=programme.choose,
        b_eq=[programme.count],
        bounds=(0, 1),
        method="highs-ds",
        options={"time_limit": search.seconds_left},
    )
    if result.status != OPTIMAL:
        return None
    return _Relaxed(
        bound=programme.least + float(result.fun),
        share=np.clip(result.x[: programme.sites], 0, 1),
        price=np.maximum(result.lower.marginals[: programme.sites], 0),
    )


def _draw_lots(problem: Capped, search: Search, *, share: Floats) -> None:
    """Better answers from the fractions: the sites with the greatest, then some exchanged by lot.

    The lots are weighted by the fractions; each draw is then improved by swaps.
    """
    random = np.random.default_rng(SEED)
    free, fixed = search.free, search.fixed
    chances = (share + LEAST_CHANCE) / (share + LEAST_CHANCE).sum()
    until = perf_counter() + search.seconds_left * LOTS_SHARE_OF_TIME
    best, least = swapped(problem, free[np.argsort(-share, kind="stable")[: problem.count]])
    staying = math.ceil(problem.count * (1 - EXCHANGED_BY_LOT))
    for _ in range(LOTS):
        search.offer(np.concatenate([fixed, best]), least)
        if search.is_over or perf_counter() >= until:
            return
        stay = random.permutation(best)[:staying]
        drawn = np.where(np.isin(free, stay), 0, chances)
        come = random.choice(
            free, size=problem.count - staying, replace=False, p=drawn / drawn.sum()
        )
        sites, value = swapped(problem, np.concatenate([stay, come]))
        if value < least:
            best, least = sites, value


def _branch_and_bound(programme: _Programme, search: Search) -> Integers | None:
    """The best choice among the free sites if one was found; raises the search's bound.

    The bound is infinity when the search was finished: no choice left out is better.
    """
    levels = len(programme.prices) - programme.sites
    # Answers worse than the one in hand are of no interest.
    no_worse = search.value - programme.least + 1e-6 * max(1.0, search.value)
    result: Any = milp(
        programme.prices,
        integrality=np.concatenate([np.ones(programme.sites), np.zeros(levels)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(programme.covers, programme.at_least, np.inf),
            LinearConstraint(programme.choose, programme.count, programme.count),
            LinearConstraint(csr_matrix(programme.prices[None, :]), -np.inf, no_worse),
        ],
        options={
            "time_limit": search.seconds_left,
            "mip_rel_gap": search.slack / max(no_worse, 1e-9),
        },
    )
    if result.status == INFEASIBLE or (result.status == OPTIMAL and search.slack == 0):
        search.bound = math.inf
    elif result.mip_dual_bound is not None:
        search.bound = max(search.bound, programme.least + float(result.mip_dual_bound))
    if result.x is None:
        return None
    return np.argsort(-result.x[: programme.sites], kind="stable")[: programme.count]
