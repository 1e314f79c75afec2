"""Distributions of what is not known exactly, draws from them, and the ranges that follow.

Each uncertain number draws from a stream of its own, named after it. Two options that share a
number therefore share its draws (common random numbers), so that their difference is not noise.
"""

from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

Floats = NDArray[np.float64]

FEWEST_DRAWS = 2000


class Distribution(Protocol):
    """A number that is not known exactly."""

    @property
    def mean(self) -> float: ...

    def at(self, share: Floats) -> Floats:
        """The values that `share` (0 to 1) of the distribution lies below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lognormal:
    """A ratio: its logarithm is normal."""

    median: float
    log_standard_error: float

    def __post_init__(self) -> None:
        if not (0 < self.median < np.inf and 0 <= self.log_standard_error < np.inf):
            raise ValueError(
                "A lognormal needs a median above 0 and a standard error of 0 or more, not "
                f"{self.median} and {self.log_standard_error}."
            )

    @property
    def mean(self) -> float:
        """The mean, which lies above the median."""
        return float(self.median * np.exp(self.log_standard_error**2 / 2))

    def at(self, share: Floats) -> Floats:
        """The values that `share` of the distribution lies below."""
        values: Floats = self.median * np.exp(self.log_standard_error * ndtri(share))
        return values


@dataclass(frozen=True, kw_only=True, slots=True)
class Beta:
    """A share, known as well as a sample of `effective_sample` people would tell it."""

    mean: float
    effective_sample: float

    def __post_init__(self) -> None:
        if not (0 < self.mean < 1 and 0 < self.effective_sample < np.inf):
            raise ValueError(
                "A beta needs a mean between 0 and 1 and a sample above 0, not "
                f"{self.mean} and {self.effective_sample}."
            )

    def at(self, share: Floats) -> Floats:
        """The values that `share` of the distribution lies below."""
        with_it = self.mean * self.effective_sample
        values: Floats = betaincinv(with_it, self.effective_sample - with_it, share)
        return values


@dataclass(frozen=True, kw_only=True, slots=True)
class Gamma:
    """An amount above 0, with its standard deviation as a share of its mean."""

    mean: float
    variation: float

    def __post_init__(self) -> None:
        if not (0 < self.mean < np.inf and 0 <= self.variation < np.inf):
            raise ValueError(
                "A gamma needs a mean above 0 and a variation of 0 or more, not "
                f"{self.mean} and {self.variation}."
            )

    def at(self, share: Floats) -> Floats:
        """The values that `share` of the distribution lies below."""
        if self.variation == 0:
            return np.full(share.shape, self.mean)
        shape = self.variation**-2
        values: Floats = gammaincinv(shape, share) * self.mean / shape
        return values


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampling:
    """How ranges are drawn: equal seeds give equal ranges. Fewer than 2,000 draws are refused."""

    draws: int = 10_000
    seed: int = 20210801
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.draws < FEWEST_DRAWS:
            raise ValueError(
                f"A range takes {FEWEST_DRAWS} draws or more, not {self.draws}: "
                "a modelled number is not shown without one."
            )
        if not 0 < self.level < 1:
            raise ValueError(f"A level lies between 0 and 1, not {self.level}.")

    @property
    def tails(self) -> tuple[float, float]:
        """The shares of the draws below the low and the high end of a range."""
        return (1 - self.level) / 2, (1 + self.level) / 2

    def of(self, distribution: Distribution, *, name: str) -> Floats:
        """Draws of the number called `name`: a Latin hypercube, so that each tail is covered."""
        generator = np.random.default_rng([self.seed, crc32(name.encode())])
        jitter = np.clip(generator.random(self.draws), 1e-12, 1 - 1e-12)
        return distribution.at((generator.permutation(self.draws) + jitter) / self.draws)


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """The mean of the draws, and the ends between which the level's share of them lies."""

    mean: float
    low: float
    high: float


def range_of(draws: ArrayLike, *, sampling: Sampling) -> Range:
    """The mean and the two percentiles of draws; fewer than 2,000 or missing ones are refused.

    >>> found = range_of(np.arange(2001.0), sampling=Sampling())
    >>> round(found.low, 6), found.mean, round(found.high, 6)
    (50.0, 1000.0, 1950.0)
    """
    values = np.asarray(draws, dtype=float)
    if values.ndim != 1 or len(values) < FEWEST_DRAWS:
        raise ValueError(f"A range takes {FEWEST_DRAWS} draws or more.")
    if not np.isfinite(values).all():
        raise ValueError("A draw is missing or not a number.")
    low, high = np.quantile(values, sampling.tails)
    return Range(mean=float(values.mean()), low=float(low), high=float(high))


def standard_error_of_logarithm(*, low: float, high: float, level: float = 0.95) -> float:
    """The standard error of ln(ratio) from the interval that was published.

    >>> round(standard_error_of_logarithm(low=0.71, high=0.83), 4)
    0.0398
    """
    return float(np.log(high / low) / (2 * ndtri((1 + level) / 2)))
