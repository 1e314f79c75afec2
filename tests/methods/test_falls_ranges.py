"""How sure the numbers of falls are: the draws, and the range of each area and the nation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods import falls
from hereabouts.methods.falls import (
    ENGLAND_2020,
    Beta,
    Gamma,
    Lognormal,
    Minutes,
    Sampling,
    UncertainRates,
    project,
    range_of,
)
from hereabouts.methods.falls.projection import area_ranges
from tests.methods.falls import FEW, PEOPLE, Floats

# ── Draws ──


@pytest.mark.parametrize("draws", [-1, 0, 1, 1999])
def test_a_range_from_few_draws_is_refused(draws: int) -> None:
    with pytest.raises(ValueError, match="2000 draws or more"):
        Sampling(draws=draws)


@pytest.mark.parametrize(
    "distribution",
    [
        Beta(mean=0.23, effective_sample=500),
        Gamma(mean=831, variation=0.25),
        Gamma(mean=5, variation=0),
        Lognormal(median=1.77, log_standard_error=0.05),
    ],
)
def test_draws_have_the_mean_that_was_asked(distribution: falls.Gamma) -> None:
    draws = FEW.of(distribution, name="anything")

    assert draws.mean() == pytest.approx(distribution.mean, rel=1e-3)


def test_draws_have_the_spread_that_was_asked() -> None:
    gamma = Sampling().of(Gamma(mean=831, variation=0.25), name="cost")
    beta = Sampling().of(Beta(mean=0.2, effective_sample=500), name="share")

    assert gamma.std() == pytest.approx(831 * 0.25, rel=0.01)
    assert beta.std() == pytest.approx(math.sqrt(0.2 * 0.8 / 501), rel=0.01)


def test_one_name_has_one_stream_whatever_else_is_drawn() -> None:
    gamma = Gamma(mean=1, variation=0.2)

    assert (FEW.of(gamma, name="cost") == FEW.of(gamma, name="cost")).all()
    assert abs(np.corrcoef(FEW.of(gamma, name="cost"), FEW.of(gamma, name="rate"))[0, 1]) < 0.08
    assert (FEW.of(gamma, name="cost") != Sampling(draws=2000, seed=1).of(gamma, name="cost")).any()


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        (Beta, {"mean": 0, "effective_sample": 9}),
        (Beta, {"mean": 0.5, "effective_sample": 0}),
        (Beta, {"mean": math.nan, "effective_sample": 9}),
        (Gamma, {"mean": 0, "variation": 0.1}),
        (Gamma, {"mean": 1, "variation": -0.1}),
        (Lognormal, {"median": 0, "log_standard_error": 0.1}),
        (Lognormal, {"median": 1, "log_standard_error": -0.1}),
        (Sampling, {"level": 1}),
        (Sampling, {"level": math.nan}),
    ],
)
def test_impossible_distributions_are_refused(kind: type, numbers: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"needs a|lies between"):
        kind(**numbers)


def test_a_range_refuses_few_or_missing_draws() -> None:
    with pytest.raises(ValueError, match="2000 draws"):
        range_of(np.ones(1999), sampling=FEW)
    with pytest.raises(ValueError, match="missing"):
        range_of(np.full(2000, np.nan), sampling=FEW)


# ── Areas ──


def test_the_nations_range_holds_the_published_totals_and_has_their_mean() -> None:
    year = project(people=ENGLAND_2020[None])

    assert year.people_who_fall.total.mean == pytest.approx(110_000, rel=0.01)
    assert year.falls.total.mean == pytest.approx(254_000, rel=0.01)
    assert year.cost_pounds.total.mean == pytest.approx(211e6, rel=0.01)
    assert year.falls.total.low < 254_000 < year.falls.total.high
    assert year.admissions.total.mean == pytest.approx(0.052 * year.falls.total.mean)


@settings(max_examples=25, deadline=None)
@given(
    people=st.lists(PEOPLE, min_size=1, max_size=5),
    level=st.sampled_from([0.5, 0.9, 0.95, 0.9999]),
    shift=st.sampled_from([0, 1, 5]),
)
def test_areas_equal_the_quantiles_of_the_whole_matrix(
    people: list[Floats], level: float, shift: float
) -> None:
    sampling = Sampling(draws=2001, level=level)
    # More falls, some more and some fewer, and nearly all fewer.
    extra = np.random.default_rng(len(people)).gamma(2, 1, (2001, 10)) - shift
    cells = np.array(people).reshape(len(people), 10)

    found = area_ranges(people=cells, extra=extra, sampling=sampling)

    whole = cells @ extra.T
    low, high = np.quantile(whole, sampling.tails, axis=1)
    assert found.mean == pytest.approx(whole.mean(axis=1), abs=1e-9)
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)
    assert found.total.low == pytest.approx(np.quantile(whole.sum(axis=0), sampling.tails[0]))


@pytest.mark.parametrize("alike", [0.0, 0.02, 1.0])
def test_areas_in_many_groups_have_the_same_quantiles(alike: float) -> None:
    generator = np.random.default_rng(20260501)
    mix = 1 + alike * generator.uniform(-1, 1, (700, 10))
    people = generator.integers(0, 900, (700, 1)) * mix
    extra = generator.gamma(2, 1, (2000, 10)) * generator.gamma(9, 1, (2000, 1))

    found = area_ranges(people=people, extra=extra, sampling=FEW)

    low, high = np.quantile(people @ extra.T, FEW.tails, axis=1)
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


def test_areas_add_up_to_the_nation_and_do_not_mind_their_order() -> None:
    generator = np.random.default_rng(20260501)
    people = generator.integers(0, 300, (40, 2, 5)) * 1.0
    order = generator.permutation(40)

    year, shuffled = (
        project(people=people, sampling=FEW),
        project(people=people[order], sampling=FEW),
    )
    together = project(people=people.sum(axis=0)[None], sampling=FEW)

    assert year.falls.mean.sum() == pytest.approx(year.falls.total.mean)
    assert year.falls.total.low == pytest.approx(together.falls.low[0])
    assert shuffled.falls.high == pytest.approx(year.falls.high[order])
    assert (year.falls.low <= year.falls.mean).all()
    assert (year.falls.mean <= year.falls.high).all()


def test_twice_the_people_are_twice_the_falls_and_nobody_is_none() -> None:
    people = np.stack([np.full((2, 5), 30.0), np.full((2, 5), 60.0), np.zeros((2, 5))])

    falls_of = project(people=people, sampling=FEW).falls

    assert falls_of.high[1] == pytest.approx(2 * falls_of.high[0])
    assert (falls_of.mean[2], falls_of.low[2], falls_of.high[2]) == (0, 0, 0)


def test_no_lost_minutes_mean_no_more_falls() -> None:
    year = project(people=ENGLAND_2020[None], minutes=Minutes(before=77, after=77), sampling=FEW)

    assert (year.falls.total.low, year.falls.total.high) == (0, 0)


def test_equal_seeds_give_equal_projections() -> None:
    first, again = (project(people=ENGLAND_2020[None], sampling=FEW) for _ in range(2))

    assert first.falls.total == again.falls.total


@pytest.mark.parametrize("people", [np.ones((2, 5)), np.ones((0, 2, 5)), np.full((1, 2, 5), -1)])
def test_projecting_refuses_what_is_not_areas(people: Floats) -> None:
    with pytest.raises(ValueError, match=r"People come by|must be 0 or more"):
        project(people=people)


def test_prevalence_must_be_a_table_of_shares() -> None:
    with pytest.raises(ValueError, match="table of sex by age"):
        project(people=ENGLAND_2020[None], rates=UncertainRates(prevalence=np.full(5, 0.2)))
    with pytest.raises(ValueError, match="mean between 0 and 1"):
        project(people=ENGLAND_2020[None], rates=UncertainRates(prevalence=np.zeros((2, 5))))
