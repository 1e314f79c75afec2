"""The slope across all groups from most to least deprived, as OHID draws it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from hereabouts.methods.inequality.estimate import Estimate, normal_quantile

Floats = NDArray[np.float64]
Kind = Literal["value", "rate", "proportion"]

FEWEST_GROUPS = 5
FEWEST_DRAWS = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What was found in each group, most deprived first; every array has one entry a group.

    `people` is the population of the group. `value` is in the indicator's own units, a proportion
    between 0 and 1. `standard_error` is that of the value; of its logarithm for a "rate"; of its
    logit for a "proportion": see `standard_error_from_limits`.
    """

    people: ArrayLike
    value: ArrayLike
    standard_error: ArrayLike
    kind: Kind = "value"


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulation:
    """How the interval is drawn: equal seeds give equal intervals."""

    draws: int = 100_000
    seed: int = 20210801
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.draws < FEWEST_DRAWS:
            raise ValueError(f"An interval takes {FEWEST_DRAWS} draws or more, not {self.draws}.")
        normal_quantile(self.level)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlopeIndex:
    """The difference that the fitted line shows across the whole population, and its ratios.

    `slope` is fit(1) - fit(0), times the multiplier: least deprived end minus most deprived end.
    `ratio` (RII ratio) is fit(1)/fit(0), inverted when the multiplier is negative. It is None when
    the line, or that of any draw, is not above 0 at both ends. `ratio_to_mean` (RII mean, as in
    Scotland) is the slope over the population's mean.
    """

    slope: Estimate
    ratio: Estimate | None
    ratio_to_mean: Estimate
    fitted_most_deprived: float
    fitted_least_deprived: float


def slope_index(
    *,
    indicator: Indicator,
    transform: bool = False,
    multiplier: float = 1.0,
    simulation: Simulation | None = None,
) -> SlopeIndex:
    """The slope index (SII) and relative index (RII) of inequality, as OHID calculates them.

    aᵢ is a group's share of the population and bᵢ the cumulative share to its midpoint, most
    deprived first. The line Y = y₀ + d b is fitted by least squares weighted by aᵢ:

        √aᵢ Yᵢ = y₀ √aᵢ + d √aᵢ bᵢ ,   SII = d ,   RII = (y₀ + d)/y₀

    With `transform` Y is the logarithm of a rate or the logit of a proportion, and the two ends are
    turned back before they are compared. The interval is the percentiles of indices over draws of
    Yᵢ from a normal distribution on the indicator's scale (a rate's logarithm, a proportion's
    logit). Raises `ValueError` for fewer than 5 groups, people not above 0, missing or negative
    standard errors, a rate not above 0, or a proportion not between 0 and 1.

    Source: Low and Low, J Public Health 26:388 (2004); PHEindicatormethods 2.1.1, `phe_sii`.

    >>> found = slope_index(indicator=Indicator(
    ...     people=[100] * 5, value=[50.0, 45, 40, 35, 30], standard_error=[0] * 5))
    >>> round(found.slope.value, 6), round(found.ratio.value, 4)
    (-25.0, 0.5238)
    """
    simulation = simulation or Simulation()
    if not (np.isfinite(multiplier) and multiplier != 0):
        raise ValueError(f"A multiplier is a number other than 0, not {multiplier}.")
    people, value, standard_error = _groups_of(indicator)
    share = people / people.sum()
    drawn_on = _SCALES[indicator.kind]
    fitted_on = drawn_on if transform else _SCALES["value"]
    centre = drawn_on.there(value)
    generator = np.random.default_rng(simulation.seed)
    drawn = centre + standard_error * generator.standard_normal((simulation.draws, len(value)))
    # The first row is what was found; the others are the draws.
    found = drawn_on.back(np.vstack([centre, drawn]))
    ends = fitted_on.back(_ends_of_line(fitted_on.there(found), share))
    mean = found @ share
    slope = multiplier * (ends[:, 1] - ends[:, 0])
    return SlopeIndex(
        slope=_estimate(slope, simulation.level),
        ratio=_ratio_of_ends(ends, multiplier, simulation.level),
        ratio_to_mean=_estimate(slope / (abs(multiplier) * mean), simulation.level),
        fitted_most_deprived=float(ends[0, 0]),
        fitted_least_deprived=float(ends[0, 1]),
    )


def standard_error_from_limits(
    *, low: ArrayLike, high: ArrayLike, kind: Kind = "value", level: float = 0.95
) -> Floats:
    """The standard error, on the scale that `Indicator` asks for, from limits that were published.

    Limits of a rate must be above 0, those of a proportion between 0 and 1, the high ones not
    below the low ones, else `ValueError`.

    >>> standard_error_from_limits(low=[8.04], high=[11.96]).round(2)
    array([1.])
    """
    lows, highs = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if lows.shape != highs.shape:
        raise ValueError("There are not as many low limits as high ones.")
    _check_range(lows, kind)
    _check_range(highs, kind)
    if (highs < lows).any():
        raise ValueError("A high limit is below its low limit.")
    scale = _SCALES[kind]
    spread: Floats = (scale.there(highs) - scale.there(lows)) / (2 * normal_quantile(level))
    return spread


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """Where the indicator's error is symmetric: there, and back."""

    there: np.ufunc
    back: np.ufunc


_SCALES = {
    "value": _Scale(there=np.positive, back=np.positive),
    "rate": _Scale(there=np.log, back=np.exp),
    "proportion": _Scale(there=logit, back=expit),
}


def _groups_of(indicator: Indicator) -> tuple[Floats, Floats, Floats]:
    people = np.asarray(indicator.people, dtype=float)
    value = np.asarray(indicator.value, dtype=float)
    error = np.asarray(indicator.standard_error, dtype=float)
    if not people.shape == value.shape == error.shape or people.ndim != 1:
        raise ValueError("People, value and standard error need one entry for each group.")
    if len(people) < FEWEST_GROUPS:
        raise ValueError(f"A slope takes {FEWEST_GROUPS} groups or more, not {len(people)}.")
    if not (np.isfinite(people).all() and (people > 0).all()):
        raise ValueError("Every group needs more than 0 people.")
    if not (np.isfinite(error).all() and (error >= 0).all()):
        raise ValueError("Every group needs a standard error of 0 or more.")
    _check_range(value, indicator.kind)
    return people, value, error


def _check_range(value: Floats, kind: Kind) -> None:
    if not np.isfinite(value).all():
        raise ValueError("A value is missing or not a number.")
    if kind == "rate" and not (value > 0).all():
        raise ValueError("A rate of 0 or less has no logarithm.")
    if kind == "proportion" and not ((value > 0) & (value < 1)).all():
        raise ValueError("A proportion must lie between 0 and 1, and not be either.")


def _ends_of_line(values: Floats, share: Floats) -> Floats:
    """The fitted values at 0 and 1 of each row of `values` (rows x groups)."""
    middle = np.cumsum(share) - share / 2
    root = np.sqrt(share)
    columns = np.column_stack([root, root * middle])
    coefficients = (values * root) @ np.linalg.pinv(columns).T
    ends: Floats = np.column_stack([coefficients[:, 0], coefficients.sum(axis=1)])
    return ends


def _ratio_of_ends(ends: Floats, multiplier: float, level: float) -> Estimate | None:
    if (ends <= 0).any():
        return None
    ratio = ends[:, 1] / ends[:, 0]
    return _estimate(ratio if multiplier > 0 else 1 / ratio, level)


def _estimate(values: Floats, level: float) -> Estimate:
    """The first value, with percentiles of all the others."""
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value=float(values[0]), low=float(low), high=float(high))
