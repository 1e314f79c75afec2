"""What lost activity means for each of many areas, with ranges."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.falls.evidence import (
    ADMISSIONS_PER_FALL,
    BANDS,
    CELLS,
    PREVALENCE,
    PREVALENCE_SAMPLE,
    SEXES,
    UNCERTAIN_COST_PER_FALL,
    UNCERTAIN_FALLS_PER_PERSON,
)
from hereabouts.methods.falls.model import (
    Minutes,
    Rates,
    Response,
    people_by_cell,
    per_person,
)
from hereabouts.methods.falls.quantiles import quantiles_of_mixes
from hereabouts.methods.falls.uncertainty import (
    Beta,
    Gamma,
    Lognormal,
    Range,
    Sampling,
    range_of,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainRates:
    """How far the model's numbers are known; the defaults are those of `evidence`.

    Prevalence is drawn as if each cell were a sample of `prevalence_sample` people; falls a person
    who falls is lognormal, cost a gamma. `response_variation` is the standard deviation, as a share
    of the mean, of one factor on all responses. No source gives it: 0.25 is our assumption, there
    because the form of the response is in doubt, and a page that shows the range must say so.
    """

    prevalence: Floats = field(default_factory=lambda: PREVALENCE)
    prevalence_sample: float = PREVALENCE_SAMPLE
    falls_per_person: Lognormal = UNCERTAIN_FALLS_PER_PERSON
    cost_per_fall_pounds: Gamma = UNCERTAIN_COST_PER_FALL
    response_variation: float = 0.25

    def drawn(self, sampling: Sampling) -> Rates:
        """The rates with the draws along the first axis."""
        factor = Gamma(mean=1, variation=self.response_variation)
        return Rates(
            prevalence=drawn_prevalence(self.prevalence, self.prevalence_sample, sampling),
            falls_per_person=_column(sampling.of(self.falls_per_person, name="falls per person")),
            cost_per_fall_pounds=_column(
                sampling.of(self.cost_per_fall_pounds, name="cost per fall")
            ),
            response_factor=_column(sampling.of(factor, name="response")),
        )


def drawn_prevalence(prevalence: Floats, sample: float, sampling: Sampling) -> Floats:
    """Draws of the share that falls in each cell (draws, 2, 5), each cell a stream of its own."""
    table = np.asarray(prevalence, dtype=float)
    if table.shape != CELLS:
        raise ValueError(f"Prevalence is a table of sex by age (2 x 5), not {table.shape}.")
    cells = [
        sampling.of(
            Beta(mean=float(table[sex, band]), effective_sample=sample),
            name=f"prevalence {SEXES[sex]} {BANDS[band]}",
        )
        for sex in range(CELLS[0])
        for band in range(CELLS[1])
    ]
    return np.stack(cells, axis=1).reshape(-1, *CELLS)


def _column(draws: Floats) -> Floats:
    return draws[:, None, None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaRanges:
    """A range for each area (arrays with one entry an area) and for all of them together.

    The ends for areas do not add up to the end for all, and must not: `total` is the range of the
    sums. For any other set of areas, add up their people and project those.
    """

    mean: Floats
    low: Floats
    high: Floats
    total: Range


@dataclass(frozen=True, kw_only=True, slots=True)
class Projection:
    """A year at the lower level of activity, against a year at the higher: how many more.

    Costs are in pounds of 2020/21, spread over two and a half years. Ranges hold what is uncertain
    in the national rates and responses. They do not hold how an area differs from the nation at the
    same age and sex, nor chance from year to year, which in a small area is wider.
    """

    people_who_fall: AreaRanges
    falls: AreaRanges
    cost_pounds: AreaRanges
    sampling: Sampling

    @property
    def admissions(self) -> AreaRanges:
        """Emergency admissions, at 5.2 % of falls, a share taken as known."""
        share, falls = ADMISSIONS_PER_FALL, self.falls
        total = falls.total
        return AreaRanges(
            mean=share * falls.mean,
            low=share * falls.low,
            high=share * falls.high,
            total=Range(mean=share * total.mean, low=share * total.low, high=share * total.high),
        )


def project(
    *,
    people: ArrayLike,
    minutes: Minutes | None = None,
    response: Response | None = None,
    rates: UncertainRates | None = None,
    sampling: Sampling | None = None,
) -> Projection:
    """The extra people who fall, falls and cost of each area in a year, from people (areas, 2, 5).

    The model of `model.expected`, with draws of everything in `UncertainRates`. All areas share the
    draws, so that they can be added and compared; the mean of all areas is the sum of their means.
    Equal inputs and seed give equal numbers. Raises `ValueError` for no area, for people not in
    tables of sex by age, and for negative or missing numbers. An area without people gets zeros.

    >>> year = project(people=np.full((1, 2, 5), 100.0), sampling=Sampling(draws=2000))
    >>> round(year.falls.total.mean, 1), year.falls.low[0] < year.falls.mean[0] < year.falls.high[0]
    (26.6, np.True_)
    """
    counted = people_by_cell(people)
    if counted.ndim != 3:
        raise ValueError(f"People come by area, sex and age (areas, 2, 5), not {counted.shape}.")
    sampling = sampling or Sampling()
    each = per_person(
        minutes=minutes or Minutes(),
        response=response or Response(),
        rates=(rates or UncertainRates()).drawn(sampling),
    )
    cells = counted.reshape(len(counted), -1)

    def ranged(extra: Floats) -> AreaRanges:
        return area_ranges(people=cells, extra=extra.reshape(len(extra), -1), sampling=sampling)

    return Projection(
        people_who_fall=ranged(each.people_who_fall_after - each.people_who_fall_before),
        falls=ranged(each.falls_after - each.falls_before),
        cost_pounds=ranged(each.extra_cost_pounds),
        sampling=sampling,
    )


def area_ranges(*, people: Floats, extra: Floats, sampling: Sampling) -> AreaRanges:
    """Ranges over draws of `people @ extra.T`, from people (areas, cells) and extra (draws, cells).

    The same as `np.quantile` of that whole matrix, which would be 2.7 GB for all of England and is
    never made: see `quantiles`.
    """
    low, high = quantiles_of_mixes(people=people, extra=extra, tails=sampling.tails)
    return AreaRanges(
        mean=people @ extra.mean(axis=0),
        low=low,
        high=high,
        total=range_of(extra @ people.sum(axis=0), sampling=sampling),
    )
