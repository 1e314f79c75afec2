"""How falls spread over the people of a group: a negative binomial fitted to rate and prevalence.

It describes a group (how many of a thousand fall twice or more), never one person.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc


class NotOverdispersed(ValueError):
    """With this rate, no negative binomial leaves so few or so many people without a fall."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FallCounts:
    """Falls a person-year in a group: mean `rate`, and dispersion k (variance rate + rate²/k)."""

    rate: float
    dispersion: float

    def share_with_at_least(self, falls: int) -> float:
        """The share of the group with this many falls or more in a year.

        >>> round(FallCounts(rate=0.41, dispersion=0.324).share_with_at_least(2), 3)
        0.094
        """
        if falls <= 0:
            return 1.0
        return float(betainc(falls, self.dispersion, self.rate / (self.rate + self.dispersion)))


def fitted_counts(*, rate: float, prevalence: float) -> FallCounts:
    """The negative binomial with mean `rate` of which `prevalence` have one fall or more.

        1 - (k / (k + rate))^k = prevalence , solved for k

    Raises `NotOverdispersed` when prevalence is not below that of a Poisson, 1 - exp(-rate), and
    `ValueError` when a number is out of range.

    >>> round(fitted_counts(rate=0.409, prevalence=0.2325).dispersion, 2)
    0.32
    """
    if not (np.isfinite(rate) and rate > 0 and 0 < prevalence < 1):
        raise ValueError(f"Rate above 0 and prevalence within 0 to 1, not {rate}, {prevalence}.")
    if prevalence >= -np.expm1(-rate):
        raise NotOverdispersed(
            f"{prevalence:.1%} of people with {rate:.3f} falls each is more than chance spreads."
        )

    def too_many(log_k: float) -> float:
        k = np.exp(log_k)
        return float(-np.expm1(-k * np.log1p(rate / k)) - prevalence)

    lowest, highest = -40.0, 40.0
    if too_many(lowest) > 0 or too_many(highest) < 0:
        raise NotOverdispersed(f"No dispersion gives {prevalence:.1%} with {rate:.3f} falls each.")
    return FallCounts(rate=rate, dispersion=float(np.exp(brentq(too_many, lowest, highest))))
