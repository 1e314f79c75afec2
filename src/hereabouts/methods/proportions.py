"""Shares of people, and how sure we can be of them.

`wilson` for a share of people counted, `newcombe` for the difference of two, `from_survey` for a
share from weighted or clustered answers (Korn-Graubard). Every share carries its n.

Sources: Wilson, E. B. (1927), JASA 22, 209-212. Newcombe, R. G. (1998), Interval estimation for the
difference between independent proportions, Statistics in Medicine 17, 873-890 (method 10). Korn,
E. L. and Graubard, B. I. (1998), Survey Methodology 24, 193-201. Parker, J. D. et al. (2017),
National Center for Health Statistics data presentation standards for proportions, Vital and Health
Statistics 2(175).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import beta, norm, t

Floats = NDArray[np.float64]

# The presentation standards: too few people; too wide; certainly narrow enough; too wide for it.
LEAST_PEOPLE = 30
TOO_WIDE, NARROW = 0.30, 0.05
TOO_WIDE_FOR_SHARE = 1.30
FEW_DEGREES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A share from 0 to 1 of `people`, with its interval."""

    estimate: float
    lowest: float
    highest: float
    people: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A share less another, with its interval; `is_clear` when that leaves out 0."""

    estimate: float
    lowest: float
    highest: float
    is_clear: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SurveyShare:
    """A share from a survey.

    `people`: answers; `effective_people`: how many answers of a simple random sample tell as much;
    `degrees_of_freedom`: sampling units less strata. `withheld_because`: why the share should not
    be shown, in words; empty when it may. `has_few_degrees`: fewer than 8, so that the interval
    itself is shaky.
    """

    estimate: float
    lowest: float
    highest: float
    standard_error: float
    people: int
    effective_people: float
    degrees_of_freedom: int
    withheld_because: tuple[str, ...]
    has_few_degrees: bool


def wilson(*, having: float, people: float, confidence: float = 0.95) -> Share:
    """The share `having` of `people`, with Wilson's score interval.

    (2x + z² ± z √(z² + 4x(1 - x/n))) / 2(n + z²). Both may be fractions: a count divided by its
    design effect. Nobody to ask (people = 0) is an error, not a share.

    >>> share = wilson(having=81, people=263)
    >>> round(share.lowest, 4), round(share.highest, 4)
    (0.2553, 0.3662)
    """
    if not (math.isfinite(having) and math.isfinite(people)) or people <= 0:
        raise ValueError("A share is of some people: people must be a number above 0.")
    if not 0 <= having <= people:
        raise ValueError("Those having it are from none to all of the people.")
    z = float(norm.ppf((1 + _checked(confidence)) / 2))
    middle, half = 2 * having + z * z, z * math.sqrt(z * z + 4 * having * (1 - having / people))
    whole = 2 * (people + z * z)
    return Share(
        estimate=having / people,
        # The ends of none and all are exactly 0 and 1, whatever rounding made of them.
        lowest=0.0 if having == 0 else (middle - half) / whole,
        highest=1.0 if having == people else (middle + half) / whole,
        people=people,
    )


def newcombe(*, first: Share, second: Share) -> Difference:
    """`first` less `second`, from the intervals that they carry (Newcombe's hybrid score).

    d - √((p₁ - l₁)² + (u₂ - p₂)²) to d + √((u₁ - p₁)² + (p₂ - l₂)²). The groups must be
    different people. Where it is not clear, the words are "no clear difference".

    >>> found = newcombe(first=wilson(having=56, people=70), second=wilson(having=48, people=80))
    >>> round(found.estimate, 4), round(found.lowest, 4), round(found.highest, 4), found.is_clear
    (0.2, 0.0524, 0.3339, True)
    """
    estimate = first.estimate - second.estimate
    down = math.hypot(first.estimate - first.lowest, second.highest - second.estimate)
    up = math.hypot(first.highest - first.estimate, second.estimate - second.lowest)
    lowest, highest = max(-1.0, estimate - down), min(1.0, estimate + up)
    return Difference(
        estimate=estimate,
        lowest=lowest,
        highest=highest,
        is_clear=lowest > 0 or highest < 0,
    )


def from_survey(
    *,
    has_it: ArrayLike,
    weights: ArrayLike | None = None,
    units: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    confidence: float = 0.95,
) -> SurveyShare:
    """The weighted share of those for whom `has_it` (n) is 1, with the Korn-Graubard interval.

    p = Σwy / Σw. Its variance V is linearised over sampling units (`units`, each answer its own by
    default) within `strata` (one by default). nₑ = min(n, p(1 - p)/V · (t(n - 1)/t(df))²), and the
    interval is Clopper and Pearson's for nₑp of nₑ; for p of 0 or 1, nₑ = n. A single sampling unit
    in a stratum, or all weights 0, is an error.

    >>> share = from_survey(has_it=[1, 0, 0, 1, 0, 0, 0, 0] * 5)
    >>> share.estimate, round(share.lowest, 3), round(share.highest, 3), share.withheld_because
    (0.25, 0.126, 0.414, ())
    """
    tail = (1 + _checked(confidence)) / 2
    answers = np.asarray(has_it, dtype=np.float64).ravel()
    people = answers.size
    if not people or not np.isin(answers, (0.0, 1.0)).all():
        raise ValueError("Each answer is 1 (has it) or 0; there is at least one.")
    weight = _weights(weights, size=people)
    unit = np.arange(people) if units is None else _codes(units, size=people)
    stratum = np.zeros(people, dtype=np.int64) if strata is None else _codes(strata, size=people)
    share = float(weight @ answers / weight.sum())
    variance, degrees = _linearised(weight * (answers - share) / weight.sum(), unit, stratum)
    effective = float(people)
    if variance > 0 and 0 < share < 1:
        wider = t.ppf(tail, people - 1) / t.ppf(tail, degrees)
        effective = min(effective, share * (1 - share) / variance * float(wider) ** 2)
    lowest, highest = _clopper_pearson(share * effective, effective, confidence)
    return SurveyShare(
        estimate=share,
        lowest=lowest,
        highest=highest,
        standard_error=math.sqrt(variance),
        people=people,
        effective_people=effective,
        degrees_of_freedom=degrees,
        withheld_because=_why_withheld(share, highest - lowest, people, effective),
        has_few_degrees=degrees < FEW_DEGREES,
    )


def _linearised(
    parts: Floats, unit: NDArray[np.int64], stratum: NDArray[np.int64]
) -> tuple[float, int]:
    """Σ over strata of m/(m - 1) Σ (z - mean z)² over its m units; and units less strata."""
    pairs, of_pair = np.unique(np.column_stack([stratum, unit]), axis=0, return_inverse=True)
    totals = np.bincount(of_pair.ravel(), weights=parts)
    variance = 0.0
    strata = np.unique(pairs[:, 0])
    for code in strata:
        inside = totals[pairs[:, 0] == code]
        many = inside.size
        if many < 2:
            raise ValueError(
                "A stratum needs two sampling units or more: one says nothing of spread."
            )
        variance += many / (many - 1) * float(((inside - inside.mean()) ** 2).sum())
    return variance, len(pairs) - len(strata)


def _clopper_pearson(having: float, people: float, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    rest = people - having
    # Nobody and everybody: whatever is left after rounding is none.
    none = 1e-12 * people
    lowest = 0.0 if having <= none else float(beta.ppf(tail, having, rest + 1))
    highest = 1.0 if rest <= none else float(beta.ppf(1 - tail, having + 1, rest))
    return lowest, highest


def _why_withheld(share: float, width: float, people: int, effective: float) -> tuple[str, ...]:
    reasons = []
    if people < LEAST_PEOPLE:
        reasons.append(f"fewer than {LEAST_PEOPLE} people answered")
    elif effective < LEAST_PEOPLE:
        reasons.append(f"the answers tell as much as fewer than {LEAST_PEOPLE}")
    if width >= TOO_WIDE:
        reasons.append("the interval is 30 points wide or more")
    elif width > NARROW and width > TOO_WIDE_FOR_SHARE * share:
        reasons.append("the interval is too wide for so small a share")
    return tuple(reasons)


def _weights(weights: ArrayLike | None, *, size: int) -> Floats:
    if weights is None:
        return np.ones(size)
    weight = np.asarray(weights, dtype=np.float64).ravel()
    if weight.size != size or not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError("Each answer has one weight, 0 or more.")
    if weight.sum() <= 0:
        raise ValueError("Somebody must count: all weights are 0.")
    return weight


def _codes(labels: ArrayLike, *, size: int) -> NDArray[np.int64]:
    values = np.asarray(labels).ravel()
    if values.size != size:
        raise ValueError("Each answer belongs to one sampling unit and one stratum.")
    _, codes = np.unique(values, return_inverse=True)
    return codes.ravel().astype(np.int64)


def _checked(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("Confidence is between 0 and 1, such as 0.95.")
    return confidence
