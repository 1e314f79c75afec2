"""The most deprived group against the least: how many times, and how many more."""

from dataclasses import dataclass, replace

import numpy as np

from hereabouts.methods.inequality.estimate import Estimate, normal_quantile


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """The share of a group, 0 to 1, that a survey found, and how many people it asked."""

    share: float
    people: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"A share lies between 0 and 1, not {self.share}.")
        if not (np.isfinite(self.people) and self.people > 0):
            raise ValueError(f"A sample holds more than 0 people, not {self.people}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class RatioAndGap:
    """The most deprived group against the least: as a ratio of shares, and in shares.

    `ratio` is None when nobody or everybody in a group counts: nothing can be divided by 0, and
    the interval on the log scale does not exist. The gap and its interval always do.
    """

    ratio: Estimate | None
    gap: Estimate


def ratio_and_gap(
    *, most: Sample, least: Sample, design_effect: float = 1.0, level: float = 0.95
) -> RatioAndGap:
    """The ratio p1/p2 and the gap p1 - p2 of the shares of two independent groups.

    n is the people asked over `design_effect`, z the normal quantile of `level`:

        ratio: exp(ln(p1/p2) ± z √((1 - p1)/(n1 p1) + (1 - p2)/(n2 p2)))      (Katz)
        gap:   from the Wilson limits l, u of each share                      (Newcombe)
               d - √((p1 - l1)² + (u2 - p2)²)  to  d + √((u1 - p1)² + (p2 - l2)²)

    It is a ratio of prevalences, not of odds: "75 % more likely" is 1.75. Raises `ValueError` for
    a design effect below 1 or a level outside (0, 1).

    Sources: Katz and others, Biometrics 34:469 (1978); Newcombe, Stat Med 17:873 (1998), method 10.

    >>> most, least = Sample(share=0.42, people=800), Sample(share=0.24, people=800)
    >>> found = ratio_and_gap(most=most, least=least)
    >>> round(found.ratio.value, 2), round(found.gap.value, 2)
    (1.75, 0.18)
    """
    if not (np.isfinite(design_effect) and design_effect >= 1):
        raise ValueError(f"A design effect is 1 or more, not {design_effect}.")
    z = normal_quantile(level)
    effective_most = replace(most, people=most.people / design_effect)
    effective_least = replace(least, people=least.people / design_effect)
    return RatioAndGap(
        ratio=_ratio(effective_most, effective_least, z),
        gap=_gap(effective_most, effective_least, z),
    )


def _ratio(most: Sample, least: Sample, z: float) -> Estimate | None:
    p1, p2 = most.share, least.share
    if min(p1, p2) == 0 or max(p1, p2) == 1:
        return None
    logarithm = np.log(p1) - np.log(p2)
    spread = z * np.sqrt((1 - p1) / (most.people * p1) + (1 - p2) / (least.people * p2))
    # A share of far less than one person has no upper end: infinity says so.
    with np.errstate(over="ignore"):
        value, low, high = np.exp([logarithm, logarithm - spread, logarithm + spread])
    return Estimate(value=float(value), low=float(low), high=float(high))


def _gap(most: Sample, least: Sample, z: float) -> Estimate:
    low_most, high_most = _wilson(most, z)
    low_least, high_least = _wilson(least, z)
    gap = most.share - least.share
    return Estimate(
        value=gap,
        low=gap - float(np.hypot(most.share - low_most, high_least - least.share)),
        high=gap + float(np.hypot(high_most - most.share, least.share - low_least)),
    )


def _wilson(sample: Sample, z: float) -> tuple[float, float]:
    share, people = sample.share, sample.people
    centre = share + z**2 / (2 * people)
    reach = z * np.sqrt(share * (1 - share) / people + z**2 / (4 * people**2))
    scale = 1 + z**2 / people
    return float((centre - reach) / scale), float((centre + reach) / scale)
