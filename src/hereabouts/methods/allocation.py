"""Proportionate universalism: something for everybody, more where need is greater."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.inequality import concentration_of_people

Floats = NDArray[np.float64]

# Two amounts this near, as a share of the budget, are the same: what is left is rounding.
SAME = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True)
class Allocation:
    """Who gets what, and what it does for fairness; every array has one entry an area.

    `amount` sums to the budget. `per_head` is 0 where nobody lives. `equal_amount` is what the same
    budget gives per head alike; `difference` is amount minus that, and `gains` and `loses` say
    where it is not 0. `concentration_index` is that of money per head over people ranked from most
    to least need: below 0 favours need. `per_head_ratio` is the greatest need's amount per head
    over the least need's; None when the least need gets nothing.
    """

    amount: Floats
    per_head: Floats
    equal_amount: Floats
    difference: Floats
    gains: NDArray[np.bool_]
    loses: NDArray[np.bool_]
    concentration_index: float
    per_head_ratio: float | None


def allocate(
    *,
    people: ArrayLike,
    need: ArrayLike,
    budget: float,
    floor: float,
    exponent: float = 1.0,
    whole: bool = False,
) -> Allocation:
    """Share out `budget` by people and need, keeping a `floor` share of it for all alike.

    nᵢ is people, gᵢ need (any scale above 0, greater is needier), f the floor, 0 to 1, and e the
    exponent, 0 or more:

        aᵢ = B [(1 - f) wᵢ nᵢ / Σ w n + f nᵢ / Σ n] ,   wᵢ = (gᵢ / mean need)^e

    With f = 1 or e = 0 everybody gets the same. With `whole` the budget is a number of units that
    cannot be split (sessions, pounds) and goes by `whole_units`. Amounts per head never fall as
    need grows (but for the one unit of rounding), and only ratios of need matter. Raises
    `ValueError` for no area, no people, negative or missing numbers, a floor or exponent out of
    range, need that is 0 wherever people live while need is to count, or whole units of a broken
    budget.

    Source: the principle is Marmot, Fair Society, Healthy Lives (2010); the formula is ours.

    >>> shared = allocate(people=[100, 100], need=[3, 1], budget=1000, floor=0.5)
    >>> shared.amount, shared.per_head_ratio
    (array([625., 375.]), 1.6666666666666667)
    """
    count, needed = _checked(people, need)
    _check_rules(budget, floor, exponent)
    equal = budget * count / count.sum()
    weighted = _weight(count, needed, exponent, floor) * count
    amount = floor * equal
    if floor < 1:
        amount = amount + (1 - floor) * budget * weighted / weighted.sum()
    if whole:
        amount = whole_units(quota=amount, need=needed, units=_whole(budget)).astype(float)
    return _described(amount, equal, count, needed)


def whole_units(*, quota: ArrayLike, need: ArrayLike, units: int) -> NDArray[np.int64]:
    """Turn quotas that sum to `units` into whole units, none more than one from its quota.

    Each gets the whole part; what is left goes one by one to the largest remainders (Hamilton's
    method), ties to the greater need, then to the area listed first. Raises `ValueError` when the
    quotas are missing or negative or do not sum to `units`.

    >>> whole_units(quota=[1.5, 1.5, 2.0], need=[1, 2, 3], units=5)
    array([1, 2, 2])
    """
    quotas, needed = np.asarray(quota, dtype=float), np.asarray(need, dtype=float)
    if quotas.ndim != 1 or quotas.shape != needed.shape or not len(quotas):
        raise ValueError("Quota and need need one entry for each area, and at least one area.")
    if not np.isfinite(needed).all():
        raise ValueError("A need is missing or not a number.")
    if not (np.isfinite(quotas).all() and (quotas >= 0).all()):
        raise ValueError("Quotas must be 0 or more, and none may be missing.")
    if units < 0 or abs(quotas.sum() - units) > SAME * max(units, 1):
        raise ValueError(f"The quotas sum to {quotas.sum()}, not to {units} units.")
    whole = np.floor(quotas)
    # Rounded, so that remainders that differ only by how a computer divides are ties; what is a
    # whole unit but for that has remainder 1, and comes first.
    remainder = np.round(quotas - whole, 9)
    order = np.lexsort((np.arange(len(quotas)), -needed, -remainder))
    left = units - int(whole.sum())
    whole[order[:left]] += 1
    shared: NDArray[np.int64] = whole.astype(np.int64)
    return shared


def _checked(people: ArrayLike, need: ArrayLike) -> tuple[Floats, Floats]:
    count, needed = np.asarray(people, dtype=float), np.asarray(need, dtype=float)
    if count.ndim != 1 or count.shape != needed.shape or not len(count):
        raise ValueError("People and need need one entry for each area, and at least one area.")
    for numbers, name in ((count, "people"), (needed, "need")):
        if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
            raise ValueError(f"Numbers for {name} must be 0 or more, and none may be missing.")
    if count.sum() <= 0:
        raise ValueError("Nobody lives in these areas: there is nobody to share between.")
    return count, needed


def _check_rules(budget: float, floor: float, exponent: float) -> None:
    if not (np.isfinite(budget) and budget >= 0):
        raise ValueError(f"A budget is 0 or more, not {budget}.")
    if not 0 <= floor <= 1:
        raise ValueError(f"A floor is a share between 0 and 1, not {floor}.")
    if not (np.isfinite(exponent) and exponent >= 0):
        raise ValueError(f"An exponent is 0 or more, not {exponent}.")


def _weight(count: Floats, need: Floats, exponent: float, floor: float) -> Floats:
    if exponent == 0 or floor == 1:
        return np.ones_like(need)
    greatest = need[count > 0].max()
    if greatest == 0:
        raise ValueError("Nobody's area has any need, so there is nothing to be proportionate to.")
    # Over the greatest need instead of the mean: the same shares, and no overflow.
    return np.where(count > 0, np.minimum(need / greatest, 1), 0) ** exponent


def _whole(budget: float) -> int:
    if budget != int(budget):
        raise ValueError(f"A budget of {budget} cannot be shared in whole units.")
    return int(budget)


def _described(amount: Floats, equal: Floats, count: Floats, need: Floats) -> Allocation:
    per_head = np.divide(amount, count, out=np.zeros_like(amount), where=count > 0)
    difference = amount - equal
    least_that_counts = SAME * amount.sum()
    return Allocation(
        amount=amount,
        per_head=per_head,
        equal_amount=equal,
        difference=difference,
        gains=difference > least_that_counts,
        loses=difference < -least_that_counts,
        concentration_index=_concentration(per_head, count, need),
        per_head_ratio=_per_head_ratio(amount, count, need),
    )


def _concentration(per_head: Floats, count: Floats, need: Floats) -> float:
    if not per_head.any():
        return 0.0
    return concentration_of_people(value=per_head, advantage=-need, weight=count).index


def _per_head_ratio(amount: Floats, count: Floats, need: Floats) -> float | None:
    """Areas that tie for the greatest or the least need are taken together."""
    living = count > 0
    top = living & (need == need[living].max())
    bottom = living & (need == need[living].min())
    lowest = amount[bottom].sum() / count[bottom].sum()
    return float(amount[top].sum() / count[top].sum() / lowest) if lowest > 0 else None
