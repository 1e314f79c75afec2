"""How good any answer could be: the Lagrangian bound, and what it decides about single sites.

With a price p_i for each area, from 0 to its cap, no choice of q sites costs less than ::

    L(p) = sum over i of p_i  -  the q greatest of  s_j = sum over i of max(0, p_i - c_ij)

The prices are moved uphill along a smoothed subgradient (Held and Karp 1971; the smoothing after
Camerini, Fratta and Maffioli 1975). A site whose forced opening, or forced closing, would lift the
bound to the cost of a known answer is decided (Beasley 1993).
"""

import math
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from hereabouts.methods.siting.capped import Capped, swapped

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

# How far the smoothed direction remembers; how great a step is at first, as a share of what would
# close the gap, and how long it may fail before it shrinks.
MEMORY = 0.8
FIRST_STEP = 0.3
PATIENCE = 12
SHRINK = 0.7
SMALLEST_STEP = 1e-4
LEAST_RISE = 1e-9
SHORTEST = 1e-12
MOST_STEPS = 2000
# Steps between attempts to make a better answer of the sites that the prices favour.
STEPS_AN_ANSWER = 40


@dataclass(kw_only=True, slots=True)
class Search:
    """What is known so far: the best answer, the bound on all others, the decided sites.

    It changes as the search goes on. `tolerance` is how near the bound must come to the value to
    prove the answer best. The search may end earlier, within `gap` times |`gap_is_of` - value|.
    """

    sites: Integers
    value: float
    bound: float
    shut: Flags
    opened: Flags
    gap: float
    gap_is_of: float
    tolerance: float
    deadline: float

    @property
    def slack(self) -> float:
        return self.gap * abs(self.gap_is_of - self.value)

    @property
    def is_over(self) -> bool:
        return (
            self.is_proven
            or self.value - self.bound <= self.slack
            or perf_counter() >= self.deadline
        )

    @property
    def is_proven(self) -> bool:
        return self.bound >= self.value - self.tolerance

    @property
    def free(self) -> Integers:
        return np.flatnonzero(~(self.shut | self.opened))

    @property
    def fixed(self) -> Integers:
        return np.flatnonzero(self.opened)

    @property
    def seconds_left(self) -> float:
        """For HiGHS, which takes no less than a moment."""
        return max(self.deadline - perf_counter(), 0.01)

    def offer(self, sites: Integers, value: float) -> None:
        """Keep the sites if they are better than the best so far."""
        if value < self.value:
            self.sites, self.value = np.sort(sites), value

    def settles(self, problem: Capped) -> bool:
        """Whether what is decided leaves no choice: then the best answer is known, and kept."""
        free, fixed = self.free, self.fixed
        if 0 < problem.count - len(fixed) < len(free):
            return False
        only = fixed if len(fixed) == problem.count else np.concatenate([fixed, free])
        if len(only) == problem.count:
            self.offer(only, problem.value(only))
        self.bound = self.value
        return True


def raise_bound(problem: Capped, search: Search, *, prices: Floats) -> None:
    """Raise the search's bound from these prices on, decide sites, find better answers."""
    best_prices, best = prices, -math.inf
    step, failures = FIRST_STEP, 0
    direction: Floats = np.zeros(len(prices))
    offered = np.empty(len(problem.cost))
    for turn in range(MOST_STEPS):
        saved = _savings(problem, prices, offered)
        chosen, bound = _favoured(problem, search, prices=prices, saved=saved)
        if search.settles(problem):
            break
        if bound > best + LEAST_RISE * search.value:
            best, best_prices, failures = bound, prices, 0
        else:
            failures += 1
        search.bound = max(search.bound, best)
        if turn % STEPS_AN_ANSWER == STEPS_AN_ANSWER - 1:
            search.offer(*swapped(problem, chosen, rounds=5))
        if search.is_over or step < SMALLEST_STEP:
            break
        if failures > PATIENCE:
            step, failures, prices = step * SHRINK, 0, best_prices
            direction = np.zeros(len(prices))
            continue
        direction *= MEMORY
        direction += (1 - MEMORY) * _slope(problem, prices=prices, chosen=chosen)
        uphill = direction.copy()
        uphill[(prices >= problem.cap) & (uphill > 0)] = 0
        uphill[(prices <= 0) & (uphill < 0)] = 0
        length = max(float(uphill @ uphill), SHORTEST)
        distance = step * max(search.value - bound, search.tolerance) / length
        prices = np.clip(prices + distance * uphill, 0, problem.cap)


def _savings(problem: Capped, prices: Floats, offered: Floats) -> Floats:
    # "clip" only spares numpy a copy: every area has a price.
    np.take(prices, problem.area, out=offered, mode="clip")
    offered -= problem.cost
    np.maximum(offered, 0, out=offered)
    saved = np.zeros(problem.sites)
    some = np.flatnonzero(np.diff(problem.start))
    if len(some):
        saved[some] = np.add.reduceat(offered, problem.start[some])
    return saved


def _favoured(
    problem: Capped, search: Search, *, prices: Floats, saved: Floats
) -> tuple[Integers, float]:
    """The sites that save most and the bound they make; decides sites by it.

    There must be a choice left: more free sites than are wanted, and some wanted.
    """
    free, fixed = search.free, search.fixed
    wanted = problem.count - len(fixed)
    order = free[np.argsort(-saved[free], kind="stable")]
    inside, outside = order[:wanted], order[wanted:]
    bound = float(prices.sum() - saved[fixed].sum() - saved[inside].sum())
    enough = search.value - search.tolerance
    last, next_best = saved[inside[-1]], saved[outside[0]]
    search.shut[outside[bound + last - saved[outside] >= enough]] = True
    search.opened[inside[bound + saved[inside] - next_best >= enough]] = True
    return np.concatenate([fixed, inside]), bound


def _slope(problem: Capped, *, prices: Floats, chosen: Integers) -> Floats:
    rows = problem.rows(chosen)
    area = problem.area[rows]
    drawn = area[problem.cost[rows] < prices[area]]
    return (1.0 - np.bincount(drawn, minlength=len(prices))).astype(float)
