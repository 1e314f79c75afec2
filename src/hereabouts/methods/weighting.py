"""Weights that make the answers add up to the people, and what they cost.

Raking: from the starting weights, scale the people of each group so that the group has its total,
margin after margin, until all margins hold at once. Of all weights with those totals it finds the
ones nearest to the start in Σ w ln(w/d) - w + d; within any crossing of groups, weights keep their
proportions.

Weights repair who answered as far as the margins tell. They do not make a convenience sample (who
came by, who was asked by a friend) representative.

Sources: Deming, W. E. and Stephan, F. F. (1940), Annals of Mathematical Statistics 11, 427-444.
Deville, J.-C., Särndal, C.-E. and Sautory, O. (1993), JASA 88, 1013-1020. Kish, L. (1965), Survey
Sampling, section 11.7 (design effect).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Margins are of the same people when their sums differ by no more than this share.
SAME_PEOPLE_WITHIN = 1e-6


class MarginsDisagree(ValueError):
    """The margins are not of the same people, or ask for people whom nobody answered for."""


class NotConverged(ValueError):
    """No weights were found that meet all margins at once."""


class NotTrimmable(ValueError):
    """Under the limit the weights cannot keep their sum."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Margin:
    """A question on which the totals are known.

    `groups` (n): for each answer the number of its group, from 0; `totals` (groups): people in each
    group, or shares of people, in the same unit for all margins.
    """

    groups: Ints
    totals: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class DesignEffect:
    """How much the spread of weights costs.

    `effect`: by how much the variance grows (Kish: n Σw² / (Σw)²), 1 when all are equal;
    `effective_people`: n divided by it.
    """

    effect: float
    effective_people: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Raked:
    """Weights (n) that meet every margin, with their design effect before and after.

    `largest_difference`: by how much any group misses its total, as a share of it; `rounds`: how
    often all margins were gone through.
    """

    weights: Floats
    rounds: int
    largest_difference: float
    before: DesignEffect
    after: DesignEffect


@dataclass(frozen=True, kw_only=True, slots=True)
class Trimmed:
    """Weights (n) no larger than `limit`, with the same sum; `trimmed`: how many were cut."""

    weights: Floats
    limit: float
    trimmed: int
    before: DesignEffect
    after: DesignEffect


def margin(*, groups: ArrayLike, totals: ArrayLike) -> Margin:
    """A checked margin: the group of each answer (shape n), the people in each group (shape k).

    Raises `ValueError` for groups without a total, and totals that are not numbers of people.

    >>> margin(groups=[0, 1, 1], totals=[40, 60]).totals
    array([40., 60.])
    """
    codes, people = np.asarray(groups), np.asarray(totals, dtype=np.float64).ravel()
    if not np.issubdtype(codes.dtype, np.integer) or codes.ndim != 1 or not codes.size:
        raise ValueError("Groups are whole numbers from 0, one for each answer.")
    if not people.size or not np.isfinite(people).all() or (people < 0).any() or people.sum() <= 0:
        raise ValueError("Totals are numbers of people, 0 or more, and not all 0.")
    if codes.min() < 0 or codes.max() >= people.size:
        raise ValueError("Every answer belongs to a group that has a total.")
    return Margin(groups=codes.astype(np.int64), totals=people)


def rake(
    *,
    margins: Sequence[Margin],
    weights: ArrayLike | None = None,
    tolerance: float = 1e-9,
    most_rounds: int = 1000,
) -> Raked:
    """Weights that meet every margin, nearest to `weights` (n; all 1 by default).

    Done when no group misses its total by more than `tolerance` of it. A group that must have
    people but has no answers with a weight, and margins with different sums, raise
    `MarginsDisagree`; margins that cannot be met together raise `NotConverged`.

    >>> age = margin(groups=[0, 0, 0, 1], totals=[50, 50])
    >>> sex = margin(groups=[0, 0, 1, 1], totals=[48, 52])
    >>> rake(margins=[age, sex]).weights.round(2)
    array([24., 24.,  2., 50.])
    """
    if not margins:
        raise ValueError("Raking needs at least one margin.")
    size = margins[0].groups.size
    start = _positive(np.ones(size) if weights is None else weights)
    _check_margins(margins, start)
    raked = start.copy()
    for number in range(1, most_rounds + 1):
        for target in margins:
            raked = raked * _ratio(target.totals, _sums(target, raked))[target.groups]
        largest = max(_largest_difference(target, raked) for target in margins)
        if largest <= tolerance:
            return Raked(
                weights=raked,
                rounds=number,
                largest_difference=largest,
                before=design_effect(weights=start),
                after=design_effect(weights=raked),
            )
    message = (
        f"After {most_rounds} rounds a group still misses its total by {largest:.2%}: together the "
        "margins ask for people whom nobody answered for."
    )
    raise NotConverged(message)


def trim(*, weights: ArrayLike, times_median: float = 5.0) -> Trimmed:
    """No weight above `times_median` times the median; the others grow in proportion.

    w → min(f w, limit) with f such that the sum stays. Margins that held before hold a little less
    well: rake again, or say so. Where the sum cannot be kept, `NotTrimmable`.

    >>> trim(weights=[1, 1, 1, 1, 16], times_median=5).weights
    array([3.75, 3.75, 3.75, 3.75, 5.  ])
    """
    start = _positive(weights)
    if not times_median >= 1 or not np.isfinite(times_median):
        raise ValueError("The limit is the median or more: times_median is 1 or more.")
    limit = times_median * float(np.median(start))
    if (start > 0).sum() * limit < start.sum() * (1 - 1e-12):
        raise NotTrimmable("Too few weights are small: under the limit their sum cannot be kept.")
    trimmed = _filled(start, limit)
    return Trimmed(
        weights=trimmed,
        limit=limit,
        trimmed=int((start > limit).sum()),
        before=design_effect(weights=start),
        after=design_effect(weights=trimmed),
    )


def design_effect(*, weights: ArrayLike) -> DesignEffect:
    """What unequal weights cost (Kish).

    >>> design_effect(weights=[1, 1, 2])
    DesignEffect(effect=1.125, effective_people=2.6666666666666665)
    """
    weight = _positive(weights)
    effect = weight.size * float(weight @ weight) / float(weight.sum()) ** 2
    return DesignEffect(effect=effect, effective_people=weight.size / effect)


def _filled(start: Floats, limit: float) -> Floats:
    """min(f · start, limit) with the sum of `start`; f found exactly, at most one step a weight."""
    if start.max() <= limit:
        return start.copy()
    descending = np.sort(start)[::-1]
    rest = start.sum() - np.concatenate([[0.0], np.cumsum(descending)[:-1]])
    cut = np.arange(start.size)
    # With the `cut` largest at the limit, the others share what is left of the sum.
    factor = (start.sum() - cut * limit) / np.maximum(rest, np.finfo(float).tiny)
    fits = factor * descending <= limit * (1 + 1e-12)
    scale = float(factor[int(np.argmax(fits))]) if fits.any() else np.inf
    return np.minimum(np.where(start > 0, scale * start, 0.0), limit)


def _check_margins(margins: Sequence[Margin], start: Floats) -> None:
    people = margins[0].totals.sum()
    for target in margins:
        if target.groups.size != start.size:
            raise ValueError("Each answer has one weight, and one group in every margin.")
        if abs(target.totals.sum() - people) > SAME_PEOPLE_WITHIN * people:
            raise MarginsDisagree("The totals of two margins have different sums.")
        if ((target.totals > 0) & (_sums(target, start) <= 0)).any():
            raise MarginsDisagree("A group must have people, but nobody in it answered.")


def _sums(target: Margin, weights: Floats) -> Floats:
    sums: Floats = np.bincount(target.groups, weights=weights, minlength=target.totals.size).astype(
        np.float64
    )
    return sums


def _ratio(totals: Floats, sums: Floats) -> Floats:
    return np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)


def _largest_difference(target: Margin, weights: Floats) -> float:
    sums = _sums(target, weights)
    wanted = target.totals > 0
    return float((np.abs(sums[wanted] - target.totals[wanted]) / target.totals[wanted]).max())


def _positive(weights: ArrayLike) -> Floats:
    weight = np.asarray(weights, dtype=np.float64)
    if weight.ndim != 1 or not weight.size or not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError("Weights are numbers, 0 or more, one for each answer.")
    if weight.sum() <= 0:
        raise ValueError("Somebody must count: all weights are 0.")
    return weight.copy()
