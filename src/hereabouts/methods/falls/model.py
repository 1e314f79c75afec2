"""Deconditioning: what fewer minutes of strength and balance activity mean for falls.

Two log-linear responses, one of people who fall and one of falls, because the two published
results are not one response. Everything is about groups of people; nothing here says how likely
any one person is to fall, and nothing may (NICE NG249, 1.1.1).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.falls.evidence import (
    CELLS,
    COST_PER_FALL_POUNDS,
    FALLS_PER_PERSON_WHO_FALLS,
    MINUTES_2019,
    MINUTES_2020,
    PREVALENCE,
    UNITED_KINGDOM_2020,
)

Floats = NDArray[np.float64]

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """Mean minutes a week of strength and balance activity, before and after.

    Each is one number for all, or a table of sex by age (2 x 5, order of `evidence.SEXES` and
    `evidence.BANDS`). Raises `ValueError` for negative or missing minutes.
    """

    before: ArrayLike = MINUTES_2019
    after: ArrayLike = MINUTES_2020

    def hours_lost(self) -> Floats:
        """Hours a week lost in each cell (2 x 5); below 0 where they grew."""
        return (_minutes(self.before) - _minutes(self.after)) / MINUTES_AN_HOUR


def _minutes(value: ArrayLike) -> Floats:
    minutes = np.asarray(value, dtype=float)
    if minutes.shape not in ((), CELLS):
        raise ValueError(f"Minutes are one number or a table of 2 x 5, not {minutes.shape}.")
    if not (np.isfinite(minutes).all() and (minutes >= 0).all()):
        raise ValueError("Minutes a week must be 0 or more, and none may be missing.")
    return np.broadcast_to(minutes, CELLS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """How much the logarithm grows for each hour a week lost.

    The defaults are fitted here to the published national totals (see `fitting.fitted_response`
    for how, and to fit them again): they are ours, not the report's.
    """

    people_who_fall: float = 0.0473437
    falls_male: float = 0.0744812
    falls_female: float = 0.0528415

    @property
    def falls(self) -> Floats:
        """The response of falls by sex, as a column over ages."""
        return np.array([[self.falls_male], [self.falls_female]])


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """How often people fall, how often those fall who do, and what a fall costs services.

    `prevalence` ends in sex by age (..., 2, 5); the others are numbers, or arrays (..., 1, 1) of
    draws. `response_factor` multiplies both responses.
    """

    prevalence: Floats = field(default_factory=lambda: PREVALENCE)
    falls_per_person: Floats | float = FALLS_PER_PERSON_WHO_FALLS
    cost_per_fall_pounds: Floats | float = COST_PER_FALL_POUNDS
    response_factor: Floats | float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What the model expects in a year; every array is shaped as the people were (..., 2, 5)."""

    people_who_fall_before: Floats
    people_who_fall_after: Floats
    falls_before: Floats
    falls_after: Floats
    extra_cost_pounds: Floats


def expected(
    *,
    people: ArrayLike,
    minutes: Minutes,
    response: Response | None = None,
    rates: Rates | None = None,
) -> Expected:
    """People who fall and falls in a year, before and after; people by sex and age (..., 2, 5).

    With N people, p prevalence, m falls a person who falls, c cost and h hours a week lost:

        people who fall:  N p   and after   N min(1, p exp(b h))
        falls:            N p m and after   N p m exp(r h) ,  r by sex
        extra cost:       (falls after - falls before) c

    It has no range, so it is for checking and for building on: what is shown comes from
    `projection.project`. Raises `ValueError` for people that are missing, negative or not in a
    table of sex by age.

    >>> one_each = expected(people=np.ones((2, 5)), minutes=Minutes(before=60, after=60))
    >>> float(one_each.people_who_fall_before.sum().round(2))
    2.85
    >>> float(one_each.extra_cost_pounds.sum())
    0.0
    """
    counted = people_by_cell(people)
    each = per_person(minutes=minutes, response=response or Response(), rates=rates or Rates())
    return Expected(
        people_who_fall_before=counted * each.people_who_fall_before,
        people_who_fall_after=counted * each.people_who_fall_after,
        falls_before=counted * each.falls_before,
        falls_after=counted * each.falls_after,
        extra_cost_pounds=counted * each.extra_cost_pounds,
    )


def per_person(*, minutes: Minutes, response: Response, rates: Rates) -> Expected:
    """The same for one person in each cell, or for each draw of the rates (draws, 2, 5).

    The model is linear in people, so this is all of it.
    """
    hours = minutes.hours_lost() * np.asarray(rates.response_factor)
    falling = rates.prevalence
    falls = falling * rates.falls_per_person
    falls_after = falls * np.exp(response.falls * hours)
    return Expected(
        people_who_fall_before=falling,
        people_who_fall_after=np.minimum(1, falling * np.exp(response.people_who_fall * hours)),
        falls_before=falls,
        falls_after=falls_after,
        extra_cost_pounds=(falls_after - falls) * rates.cost_per_fall_pounds,
    )


def people_by_cell(people: ArrayLike) -> Floats:
    """People as an array that ends in sex by age, checked."""
    counted = np.asarray(people, dtype=float)
    if counted.shape[-2:] != CELLS or not counted.size:
        raise ValueError(f"People come by sex and age (..., 2, 5), not {counted.shape}.")
    if not (np.isfinite(counted).all() and (counted >= 0).all()):
        raise ValueError("Numbers of people must be 0 or more, and none may be missing.")
    return counted


def split_by_sex_and_age(
    *, counts: ArrayLike, columns: tuple[int, int, int, int, int], shape: ArrayLike | None = None
) -> Floats:
    """Counts of areas in wide age bands (areas x bands), split into sex by age (areas, 2, 5).

    `columns[i]` says which column holds the i-th of `evidence.BANDS`: (0, 0, 1, 1, 2) for 65-74,
    75-84 and 85+, (0, 0, 0, 0, 0) for 65+ alone. Each column is shared out as a national table
    (`shape`, 2 x 5; by default the United Kingdom in 2020) has it; sums are kept. What comes out
    is modelled, and must be called so. Raises `ValueError` when a column is not used, a number is
    missing or negative, or the table has nobody in a band.

    >>> split = split_by_sex_and_age(counts=[[100, 50, 10]], columns=(0, 0, 1, 1, 2))
    >>> split.shape, split[0, :, :2].sum().round(9), split[0, :, 4].sum().round(9)
    ((1, 2, 5), np.float64(100.0), np.float64(10.0))
    """
    by_band = np.asarray(counts, dtype=float)
    if by_band.ndim != 2 or set(columns) != set(range(by_band.shape[1])) or not by_band.size:
        raise ValueError("Counts are areas by bands, and each band of theirs must be used.")
    if not (np.isfinite(by_band).all() and (by_band >= 0).all()):
        raise ValueError("Numbers of people must be 0 or more, and none may be missing.")
    table = people_by_cell(UNITED_KINGDOM_2020 if shape is None else shape)
    column = np.asarray(columns)
    in_column = np.array([table[:, column == band].sum() for band in range(by_band.shape[1])])
    if not (in_column > 0).all():
        raise ValueError("The table that splits the counts has nobody in one of their bands.")
    split: Floats = by_band[:, None, column] * (table / in_column[column])[None]
    return split


def potential_impact_fraction(
    *, before: ArrayLike, after: ArrayLike, relative_rate: ArrayLike
) -> float:
    """The share of events that goes when people move between classes of activity.

        (Σ P R - Σ P' R) / Σ P R ,  P and P' shares of people before and after, R relative rates

    Below 0 when there are more events. Raises `ValueError` when shares do not sum to 1 or rates
    are not above 0. Source: Levin, Acta Unio Int Contra Cancrum 9:531 (1953), generalised.

    >>> round(potential_impact_fraction(before=[0.7, 0.3], after=[1, 0], relative_rate=[1, 2]), 6)
    0.230769
    """
    shares, moved = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    rates = np.asarray(relative_rate, dtype=float)
    if not shares.shape == moved.shape == rates.shape or shares.ndim != 1 or not len(shares):
        raise ValueError("Shares and rates need one entry for each class, and at least one.")
    for each in (shares, moved):
        if not ((each >= 0).all() and abs(each.sum() - 1) < 1e-9):
            raise ValueError("Shares of people must be 0 or more and sum to 1.")
    if not (np.isfinite(rates).all() and (rates > 0).all()):
        raise ValueError("Relative rates must be above 0.")
    return float(1 - moved @ rates / (shares @ rates))
