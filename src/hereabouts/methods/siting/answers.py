"""What a question about sites is answered with, and what every question shares."""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# A gap no wider is the rounding of floating-point sums.
ROUNDING = 1e-9


class Infeasible(ValueError):
    """No choice of so many sites does what is asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """When to stop: after so many seconds, or once the gap is small enough.

    With the default gap of 0 the search ends when the answer is proven best. Where time runs out
    first the answer is the best one found, with its gap.
    """

    seconds: float = 60.0
    gap: float = 0.0

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and 0 <= self.gap < 1):
            raise ValueError("Seconds must be above 0, and the gap from 0 to below 1.")

    def deadline(self) -> float:
        """The time on `perf_counter` when the search must end."""
        return perf_counter() + self.seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Siting:
    """The sites to open, how good they are, and how much better any others could be.

    `open` are the indices of the candidates, those that exist included, ascending. `served_by` is
    for each area its cheapest open site (-1 where it is not covered) and `cost` what that costs
    (infinity there). No choice of as many sites has an objective better than `bound`; `gap` is the
    distance between the two as a share of the objective.
    """

    open: Integers
    served_by: Integers
    cost: Floats
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        difference = abs(self.bound - self.objective)
        if difference == 0:
            return 0.0
        return difference / self.objective if self.objective > 0 else math.inf

    @property
    def is_proven_best(self) -> bool:
        return self.gap <= ROUNDING


def equity_weights(*, people: ArrayLike, need: ArrayLike, exponent: float = 1.0) -> Floats:
    """People counted by need: people times need to a power, one weight for each area.

    0 counts heads alone; the greater the exponent, the more the neediest areas count.

    >>> equity_weights(people=[100, 50], need=[1, 2], exponent=2).tolist()
    [100.0, 200.0]
    """
    heads = weights_of(people)
    if not 0 <= exponent < math.inf:
        raise ValueError("The exponent must be 0 or more.")
    return heads * weights_of(need, count=len(heads)) ** exponent


def price_of_equity(*, people: ArrayLike, plain: Siting, fair: Siting) -> float:
    """How much further all people travel together when sites are chosen fairly.

    Both answers are of `p_median` or `p_centre` on the same costs; what is given back is people
    times cost, summed, of the fair sites less that of the plain ones.

    >>> from hereabouts.methods.siting import p_median
    >>> costs, people = [[0, 4], [4, 0]], [100, 60]
    >>> plain = p_median(weights=people, costs=costs, count=1)
    >>> fair = p_median(
    ...     weights=equity_weights(people=people, need=[1, 2]), costs=costs, count=1
    ... )
    >>> price_of_equity(people=people, plain=plain, fair=fair)
    160.0
    """
    heads = weights_of(people, count=len(plain.cost))
    if len(fair.cost) != len(plain.cost):
        raise ValueError("Both answers must be for the same areas.")
    if not (np.isfinite(plain.cost).all() and np.isfinite(fair.cost).all()):
        raise ValueError("The price is known only where every area is served.")
    return float(heads @ fair.cost - heads @ plain.cost)


def weights_of(values: ArrayLike, *, count: int | None = None) -> Floats:
    """The weights as numbers of 0 or more; a ValueError says what is wrong with them."""
    weights = np.asarray(values, dtype=float)
    if weights.ndim != 1 or weights.size == 0:
        raise ValueError("Weights must be one number for each area, of at least one area.")
    if count is not None and len(weights) != count:
        raise ValueError(f"There are {len(weights)} weights for {count} areas.")
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise ValueError("Weights must be finite numbers of 0 or more.")
    return weights


def costs_of(values: ArrayLike) -> Floats:
    """The table of costs, areas by candidates; a ValueError says what is wrong with it."""
    costs = np.asarray(values, dtype=float)
    if costs.ndim != 2 or costs.size == 0:
        raise ValueError("Costs must be a table of areas by candidates, with at least one of each.")
    if not (costs >= 0).all():
        raise ValueError("Costs must be numbers of 0 or more.")
    return costs


def sites_to_add(*, count: int, existing: Sequence[int], candidates: int) -> tuple[int, Integers]:
    """How many sites are still to be chosen, and the existing ones checked and sorted."""
    wanted = operator.index(count)
    fixed = np.unique(np.asarray(existing, dtype=np.int64))
    if len(fixed) != len(existing):
        raise ValueError("An existing site is named twice.")
    if len(fixed) and not (fixed[0] >= 0 and fixed[-1] < candidates):
        raise ValueError(f"Existing sites must be indices from 0 to {candidates - 1}.")
    if wanted < 1:
        raise ValueError("At least one site must be open.")
    if wanted > candidates:
        raise Infeasible(f"{wanted} sites cannot be open: there are {candidates} candidates.")
    if wanted < len(fixed):
        raise Infeasible(f"{wanted} sites cannot be open: {len(fixed)} exist already.")
    return wanted - len(fixed), fixed


def filled(sites: Integers, *, count: int, candidates: int) -> Integers:
    """The sites, and the first of the other candidates until there are `count`."""
    others = np.setdiff1d(np.arange(candidates), sites)
    return np.sort(np.concatenate([sites, others[: count - len(sites)]]))
