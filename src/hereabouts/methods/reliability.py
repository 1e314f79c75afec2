"""Do people who code the same words mean the same thing? Krippendorff's alpha.

From the coincidence matrix o (each unit with m codes gives every ordered pair of different coders'
codes, with weight 1/(m - 1)), with n_c = Σ_k o_ck and n = Σ n_c,

    alpha = 1 - D_o / D_e = 1 - (n - 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck.

1 is agreement, 0 is what chance gives, below 0 is worse than chance. Units with fewer than two
codes say nothing and are left out.

Source: Krippendorff, K. (2019), Content Analysis, 4th edition, chapter 12; and (2011), Computing
Krippendorff's alpha-reliability (the worked example). 0.80 and 0.667 are its customary limits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FIRM, TENTATIVE = 0.80, 0.667
# The square of the difference of each two values, from the values and how often each occurs.
Metric = Callable[[Floats, Floats], Floats]


class NothingToCompare(ValueError):
    """No unit has two codes, or all codes are the same: agreement cannot be told from chance."""


class Verdict(Enum):
    """What the codes may be used for."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliability:
    """Alpha, its bootstrap interval, and what it rests on.

    `units`: units with two codes or more; `codes`: codes in them. `observed`, `expected`: the
    disagreement there is, and that chance gives. `lowest`, `highest`: percentiles of alpha over
    units drawn again with replacement; draws in which all codes are the same are left out, and
    counted in `draws_left_out`. `verdict`: firm from 0.80, tentative from 0.667.
    """

    alpha: float
    lowest: float
    highest: float
    observed: float
    expected: float
    units: int
    codes: int
    draws_left_out: int
    verdict: Verdict


def nominal(values: Floats, occurrences: Floats) -> Floats:
    """Codes are names: any two differ by 1.

    >>> nominal(np.array([1.0, 2.0]), np.array([3.0, 1.0]))
    array([[0., 1.],
           [1., 0.]])
    """
    differs: Floats = (values[:, None] != values[None, :]).astype(np.float64)
    return differs


def ordinal(values: Floats, occurrences: Floats) -> Floats:
    """Codes are ranks: the codes from one to the other, those at the ends half, squared.

    >>> ordinal(np.array([1.0, 2.0]), np.array([3.0, 1.0]))
    array([[0., 4.],
           [4., 0.]])
    """
    up_to = np.cumsum(occurrences)
    middle = up_to - occurrences / 2
    squared: Floats = (middle[:, None] - middle[None, :]) ** 2
    return squared


def interval(values: Floats, occurrences: Floats) -> Floats:
    """Codes are numbers: their difference, squared.

    >>> interval(np.array([1.0, 4.0]), np.array([3.0, 1.0]))
    array([[0., 9.],
           [9., 0.]])
    """
    squared: Floats = (values[:, None] - values[None, :]) ** 2
    return squared


def ratio(values: Floats, occurrences: Floats) -> Floats:
    """Codes are amounts from 0: their difference as a share of their sum, squared.

    Raises `ValueError` for an amount below 0.

    >>> ratio(np.array([1.0, 3.0]), np.array([2.0, 2.0]))
    array([[0.  , 0.25],
           [0.25, 0.  ]])
    """
    if (values < 0).any():
        raise ValueError("Amounts are 0 or more; for other numbers use interval.")
    total = values[:, None] + values[None, :]
    share = np.divide(
        values[:, None] - values[None, :], total, out=np.zeros_like(total), where=total > 0
    )
    squared: Floats = share**2
    return squared


def krippendorff_alpha(
    *,
    codes: ArrayLike,
    metric: Metric = nominal,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 20260501,
) -> Reliability:
    """How reliable `codes` (coders x units; NaN where a coder did not code) are.

    `metric`: `nominal`, `ordinal`, `interval` or `ratio`. `draws`: bootstrap draws of units, with
    `seed`. No unit with two codes, or all codes the same, raises `NothingToCompare`.

    >>> found = krippendorff_alpha(codes=[[1, 2, 3, 3, 2], [1, 2, 3, 3, 1]])
    >>> round(found.alpha, 3), found.units, found.verdict.value
    (0.727, 5, 'tentative')
    """
    table = np.asarray(codes, dtype=np.float64)
    if table.ndim != 2 or np.isinf(table).any():
        raise ValueError("Codes are numbers, a row for each coder and a column for each unit.")
    if draws < 1 or not 0 < confidence < 1:
        raise ValueError("Draws are 1 or more, and confidence is between 0 and 1.")
    is_coded = ~np.isnan(table)
    table = table[:, is_coded.sum(axis=0) >= 2]
    if not table.size:
        raise NothingToCompare("No unit was coded twice: there is nothing to compare.")
    values = np.unique(table[~np.isnan(table)])
    counts = np.stack([(table == value).sum(axis=0) for value in values], axis=1).astype(float)
    coincidences = _coincidences(counts)
    observed, expected = _disagreements(coincidences.sum(axis=0), values, metric)
    if expected <= 0:
        raise NothingToCompare("All codes are the same: agreement cannot be told from chance.")
    alpha = 1 - observed / expected
    drawn = _drawn(coincidences, values, metric, np.random.default_rng(seed), draws)
    tail = (1 - confidence) / 2
    lowest, highest = np.quantile(drawn, [tail, 1 - tail]) if drawn.size else (np.nan, np.nan)
    return Reliability(
        alpha=alpha,
        lowest=float(lowest),
        highest=float(highest),
        observed=observed,
        expected=expected,
        units=table.shape[1],
        codes=int(counts.sum()),
        draws_left_out=draws - drawn.size,
        verdict=_verdict(alpha),
    )


def _coincidences(counts: Floats) -> Floats:
    """The coincidence matrix of each unit (units x values x values)."""
    many = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    matrices: Floats = pairs / (many - 1)[:, None, None]
    return matrices


def _disagreements(coincidences: Floats, values: Floats, metric: Metric) -> tuple[float, float]:
    """What disagreement there is, and what chance gives."""
    occurrences = coincidences.sum(axis=0)
    total = occurrences.sum()
    squared = metric(values, occurrences)
    observed = float((coincidences * squared).sum() / total)
    by_chance = float(occurrences @ squared @ occurrences / (total * (total - 1)))
    return observed, by_chance


def _drawn(
    coincidences: Floats, values: Floats, metric: Metric, random: np.random.Generator, draws: int
) -> Floats:
    """Alpha of units drawn again, without the draws in which all codes are the same."""
    units = len(coincidences)
    found = []
    for _ in range(draws):
        times = np.bincount(random.integers(0, units, units), minlength=units).astype(float)
        observed, expected = _disagreements(
            np.tensordot(times, coincidences, axes=1), values, metric
        )
        if expected > 0:
            found.append(1 - observed / expected)
    return np.array(found)


def _verdict(alpha: float) -> Verdict:
    if alpha >= FIRM:
        return Verdict.FIRM
    return Verdict.TENTATIVE if alpha >= TENTATIVE else Verdict.UNRELIABLE
