"""What a programme prevents: fewer events, and how long an effect lasts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hereabouts.methods.falls.evidence import Effect

DISCOUNT_RATE = 0.035


@dataclass(frozen=True, kw_only=True, slots=True)
class Fewer:
    """Events prevented: by the ratio itself, and by the weak and strong ends of its interval.

    Below 0 they are events caused.
    """

    value: float
    low: float
    high: float


def fewer_events(*, events: float, effect: Effect) -> Fewer:
    """How many of `events` without a programme there would not be with it: events (1 - ratio).

    Raises `ValueError` for events that are negative or missing.

    >>> from hereabouts.methods.falls.evidence import EFFECTS
    >>> prevented = fewer_events(events=850, effect=EFFECTS["exercise"])
    >>> round(prevented.value, 1), round(prevented.low, 1), round(prevented.high, 1)
    (195.5, 144.5, 246.5)
    """
    if not (np.isfinite(events) and events >= 0):
        raise ValueError(f"A number of events is 0 or more, not {events}.")
    return Fewer(
        value=events * (1 - effect.ratio),
        low=events * (1 - effect.high),
        high=events * (1 - effect.low),
    )


def constant(*, years: int) -> tuple[float, ...]:
    """An effect kept in full for `years` years, then gone.

    >>> constant(years=2)
    (1.0, 1.0)
    """
    return (1.0,) * _at_least_one(years)


def linear_waning(*, years: float) -> tuple[float, ...]:
    """An effect that falls evenly to nothing in `years`: the mean of each year.

    >>> linear_waning(years=2)
    (0.75, 0.25)
    """
    if not (np.isfinite(years) and years > 0):
        raise ValueError(f"An effect takes more than 0 years to fade, not {years}.")
    edges = np.minimum(np.arange(int(np.ceil(years)) + 1), years)
    area = edges - edges**2 / (2 * years)
    return tuple(float(year) for year in np.diff(area))


def exponential_waning(*, half_life_years: float, years: int) -> tuple[float, ...]:
    """An effect that halves every `half_life_years`, counted for `years`: the mean of each year.

    >>> [round(year, 4) for year in exponential_waning(half_life_years=1, years=2)]
    [0.7213, 0.3607]
    """
    if not (np.isfinite(half_life_years) and half_life_years > 0):
        raise ValueError(f"A half-life is more than 0 years, not {half_life_years}.")
    rate = np.log(2) / half_life_years
    edges = np.arange(_at_least_one(years) + 1)
    return tuple(float(year) for year in -np.diff(np.exp(-rate * edges)) / rate)


def effective_years(*, retained: Sequence[float], discount_rate: float = DISCOUNT_RATE) -> float:
    """Years of full effect that `retained` shares of it, year by year, are worth today.

        Σ retained(t) (1 + discount rate)^-(t - 1) ,  t = 1, 2, …

    Raises `ValueError` for no year, for a share outside 0 to 1, and for a negative discount rate.

    >>> round(effective_years(retained=(1.0, 0.5)), 6)
    1.483092
    """
    shares = np.asarray(retained, dtype=float)
    if shares.ndim != 1 or not len(shares):
        raise ValueError("An effect that lasts no year has nothing to count.")
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("What is retained of an effect is a share between 0 and 1.")
    if not (np.isfinite(discount_rate) and discount_rate >= 0):
        raise ValueError(f"A discount rate is 0 or more, not {discount_rate}.")
    return float(shares @ (1 + discount_rate) ** -np.arange(len(shares), dtype=float))


def _at_least_one(years: int) -> int:
    if years < 1:
        raise ValueError(f"An effect lasts 1 year or more, not {years}.")
    return years
