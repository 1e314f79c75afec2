"""Whether something gathers among the most deprived or the least: the concentration index."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Concentration:
    """How far something gathers among the least deprived (above 0) or the most (below 0).

    `erreygers` and `wagstaff` are corrected for a variable that cannot leave its bounds, and None
    when none were given. `wagstaff` is also None when everybody is at a bound.
    """

    index: float
    mean: float
    erreygers: float | None
    wagstaff: float | None


def concentration_of_groups(
    *, people: ArrayLike, value: ArrayLike, bounds: tuple[float, float] | None = None
) -> Concentration:
    """The concentration index of groups, most deprived first, with the mean value of each.

    pₜ is the cumulative share of people and Lₜ that of the total value up to group t, μ the mean,
    a and b the bounds (0 and 1 for a share of people):

        C = Σₜ (pₜ Lₜ₊₁ - pₜ₊₁ Lₜ) ,   E = 4 μ C / (b - a) ,   W = μ (b - a) C / ((b - μ)(μ - a))

    One group has index 0; a group without people changes nothing. Raises `ValueError` for values
    that are missing, negative or all 0 (nothing to share out), or outside the bounds.

    Sources: O'Donnell and others, Analyzing Health Equity Using Household Survey Data, World Bank
    2008, chapter 8; Erreygers, J Health Econ 28:504 (2009); Wagstaff, Health Econ 14:429 (2005).

    >>> found = concentration_of_groups(
    ...     people=[29939, 28776, 26528, 24689, 19739], value=[154.7, 152.9, 119.5, 86.9, 54.3])
    >>> round(found.index, 4)
    -0.1694
    """
    count, level = _checked_concentration(people, value)
    total = count @ level
    reached = np.concatenate([[0.0], np.cumsum(count) / count.sum()])
    held = np.concatenate([[0.0], np.cumsum(count * level) / total])
    index = float(reached[:-1] @ held[1:] - reached[1:] @ held[:-1])
    return _corrected(index, float(total / count.sum()), level, bounds)


def concentration_of_people(
    *,
    value: ArrayLike,
    advantage: ArrayLike,
    weight: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
) -> Concentration:
    """The concentration index of people (or areas) ranked by `advantage`, least advantaged first.

    r is the fractional rank to the midpoint of a person's weight, equal for those who tie:

        C = 2 cov(value, r) / μ

    calculated as the index of the groups that tie, which is the same. Corrections and errors as
    for `concentration_of_groups`.

    >>> concentration_of_people(value=[1, 1, 0, 0], advantage=[1, 2, 3, 4], bounds=(0, 1))
    Concentration(index=-0.5, mean=0.5, erreygers=-1.0, wagstaff=-1.0)
    """
    values = np.asarray(value, dtype=float)
    count, level = _checked_concentration(
        np.ones(values.shape) if weight is None else weight, values
    )
    ranking = np.asarray(advantage, dtype=float)
    if ranking.shape != level.shape or not np.isfinite(ranking).all():
        raise ValueError("Everybody ranked needs an advantage that is a number.")
    _, group = np.unique(ranking, return_inverse=True)
    people = np.bincount(group, weights=count)
    held = np.bincount(group, weights=count * level)
    present = people > 0
    grouped = concentration_of_groups(people=people[present], value=held[present] / people[present])
    return _corrected(grouped.index, grouped.mean, level, bounds)


def _checked_concentration(people: ArrayLike, value: ArrayLike) -> tuple[Floats, Floats]:
    count, level = np.asarray(people, dtype=float), np.asarray(value, dtype=float)
    if count.shape != level.shape or count.ndim != 1 or not len(count):
        raise ValueError("People and value need one entry for each, and at least one.")
    if not (np.isfinite(count).all() and (count >= 0).all()):
        raise ValueError("Numbers of people must be 0 or more.")
    if not (np.isfinite(level).all() and (level >= 0).all()):
        raise ValueError("Values must be 0 or more, and none may be missing.")
    if count @ level <= 0:
        raise ValueError("There is nothing to share out: no people, or every value is 0.")
    return count, level


def _corrected(
    index: float, mean: float, level: Floats, bounds: tuple[float, float] | None
) -> Concentration:
    if bounds is None:
        return Concentration(index=index, mean=mean, erreygers=None, wagstaff=None)
    least, most = bounds
    if not (least < most and (level >= least).all() and (level <= most).all()):
        raise ValueError(f"Values leave their bounds {least} to {most}.")
    room = (most - mean) * (mean - least)
    return Concentration(
        index=index,
        mean=mean,
        erreygers=4 * mean * index / (most - least),
        wagstaff=mean * (most - least) * index / room if room > 0 else None,
    )
