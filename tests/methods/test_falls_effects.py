"""How falls spread over people, what programmes do to them, and for how long."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods import falls
from hereabouts.methods.falls import (
    EFFECTS,
    ENGLAND_2020,
    Effect,
    constant,
    effective_years,
    exponential_waning,
    fewer_events,
    fitted_counts,
    linear_waning,
    potential_impact_fraction,
)
from hereabouts.methods.falls.evidence import PREVALENCE
from tests.methods.falls import FEW

# ── How falls spread ──


@pytest.mark.parametrize(("sex", "falls_a_year", "k", "twice"), [
    (0, 1.968e6, 0.324, 0.094),
    (1, 2.955e6, 0.460, 0.122),
])  # fmt: skip
def test_the_negative_binomial_meets_rate_and_prevalence(
    sex: int, falls_a_year: float, k: float, twice: float
) -> None:
    people = ENGLAND_2020[sex].sum()
    prevalence = (ENGLAND_2020 * PREVALENCE)[sex].sum() / people

    counts = fitted_counts(rate=falls_a_year / people, prevalence=prevalence)

    assert counts.dispersion == pytest.approx(k, abs=5e-4)
    assert counts.share_with_at_least(1) == pytest.approx(prevalence)
    assert counts.share_with_at_least(2) == pytest.approx(twice, abs=5e-4)
    assert counts.share_with_at_least(0) == 1


def test_one_response_of_rates_alone_gives_too_few_people_who_fall() -> None:
    more = 0.0
    for sex, (falls_a_year, rise) in enumerate([(1.968e6, 1.063), (2.955e6, 1.044)]):
        people = ENGLAND_2020[sex].sum()
        prevalence = (ENGLAND_2020 * PREVALENCE)[sex].sum() / people
        counts = fitted_counts(rate=falls_a_year / people, prevalence=prevalence)
        grown = falls.FallCounts(rate=counts.rate * rise, dispersion=counts.dispersion)
        more += people * (grown.share_with_at_least(1) - prevalence)

    # Published: 110,000. So people who fall and falls need a response each.
    assert more == pytest.approx(83_000, abs=500)


@settings(deadline=None)
@given(rate=st.floats(0.05, 3), k=st.floats(0.05, 20))
def test_fitted_counts_finds_the_dispersion_again(rate: float, k: float) -> None:
    counts = falls.FallCounts(rate=rate, dispersion=k)

    found = fitted_counts(rate=rate, prevalence=counts.share_with_at_least(1))

    assert found.dispersion == pytest.approx(k, rel=1e-4)
    probability = [
        math.exp(math.lgamma(n + k) - math.lgamma(k) - math.lgamma(n + 1))
        * (k / (k + rate)) ** k
        * (rate / (k + rate)) ** n
        for n in range(3)
    ]
    assert counts.share_with_at_least(3) == pytest.approx(1 - sum(probability), abs=1e-9)


@pytest.mark.parametrize(
    ("rate", "prevalence"), [(0, 0.2), (-1, 0.2), (math.nan, 0.2), (1, 0), (1, 1), (1, math.nan)]
)
def test_fitted_counts_refuses_what_cannot_be(rate: float, prevalence: float) -> None:
    with pytest.raises(ValueError, match="Rate above 0"):
        fitted_counts(rate=rate, prevalence=prevalence)


def test_fitted_counts_says_when_no_such_spread_exists() -> None:
    with pytest.raises(falls.NotOverdispersed, match="more than chance"):
        fitted_counts(rate=0.3, prevalence=0.3)
    with pytest.raises(falls.NotOverdispersed, match="No dispersion"):
        fitted_counts(rate=1e-3, prevalence=1e-18)


# ── Effects ──


@pytest.mark.parametrize(
    ("events", "effect", "expected_fewer"),
    [
        (850, (0.77, 0.71, 0.83), (195.5, 144.5, 246.5)),
        (480, (0.85, 0.81, 0.89), (72.0, 52.8, 91.2)),
        (1319, (0.74, 0.61, 0.91), (342.9, 118.7, 514.4)),
        (1847, (0.62, 0.56, 0.70), (701.9, 554.1, 812.7)),
    ],
)
def test_the_reviews_absolute_effects_come_back(
    events: float, effect: tuple[float, float, float], expected_fewer: tuple[float, float, float]
) -> None:
    ratio, low, high = effect
    fewer = fewer_events(
        events=events,
        effect=Effect(key="x", name="x", ratio=ratio, low=low, high=high, source="review"),
    )

    assert (fewer.value, fewer.low, fewer.high) == pytest.approx(expected_fewer, abs=0.051)


@pytest.mark.parametrize("events", [-1, math.nan, math.inf])
def test_fewer_events_refuses_what_is_not_a_number_of_events(events: float) -> None:
    with pytest.raises(ValueError, match="number of events"):
        fewer_events(events=events, effect=EFFECTS["exercise"])


@pytest.mark.parametrize(
    ("key", "standard_error"),
    [
        ("exercise", 0.0398),
        ("balance", 0.0372),
        ("multiple", 0.1442),
        ("tai_chi", 0.0996),
        ("fame", 0.1499),
        ("fame_frequent", 0.1664),
        ("otago", 0.0700),
        ("otago_2010", 0.0878),
        ("otago_proact", 0.1839),
        ("home_hazards", 0.1020),
        ("home_hazards_selected", 0.0569),
        ("home_hazards_not_selected", 0.0483),
    ],
)
def test_the_spread_of_each_effect_is_that_of_its_interval(key: str, standard_error: float) -> None:
    assert EFFECTS[key].uncertainty.log_standard_error == pytest.approx(standard_error, abs=6e-5)


# Not symmetric on the log scale, so that no lognormal has both ends: about 2.5 % off.
NOT_SYMMETRIC = {"otago_2010", "fractures"}


@pytest.mark.parametrize("key", EFFECTS)
def test_draws_of_each_effect_have_its_median_and_interval(key: str) -> None:
    effect = EFFECTS[key]

    draws = FEW.of(effect.uncertainty, name=f"effect {key}")

    low, median, high = np.quantile(draws, [0.025, 0.5, 0.975])
    within = 0.03 if key in NOT_SYMMETRIC else 0.01
    assert median == pytest.approx(effect.ratio, rel=0.005)
    assert low == pytest.approx(effect.low, rel=within)
    assert high == pytest.approx(effect.high, rel=within)


@pytest.mark.parametrize(
    "interval", [(0, 0, 1), (0.8, 0.9, 1.0), (0.8, 0.5, 0.7), (math.nan, 0.5, 1)]
)
def test_an_effect_outside_its_interval_is_refused(interval: tuple[float, float, float]) -> None:
    ratio, low, high = interval
    with pytest.raises(ValueError, match="within its interval"):
        Effect(key="x", name="x", ratio=ratio, low=low, high=high, source="x")


def test_the_impact_fraction_is_levins_when_nobody_stays_exposed() -> None:
    found = potential_impact_fraction(before=[0.7, 0.3], after=[1, 0], relative_rate=[1, 2])

    assert found == pytest.approx(0.3 * (2 - 1) / (1 + 0.3 * (2 - 1)))
    assert found == pytest.approx(0.230769, abs=5e-7)
    assert potential_impact_fraction(
        before=[0.2, 0.8], after=[0.2, 0.8], relative_rate=[1, 3]
    ) == pytest.approx(0)


@pytest.mark.parametrize(
    ("before", "after", "rates"),
    [
        ([], [], []),
        ([0.5, 0.4], [1, 0], [1, 2]),
        ([1.5, -0.5], [1, 0], [1, 2]),
        ([math.nan, 1], [1, 0], [1, 2]),
        ([1, 0], [1, 0], [1, 0]),
        ([1, 0], [1, 0], [1]),
    ],
)
def test_the_impact_fraction_refuses_what_is_not_shares(
    before: list[float], after: list[float], rates: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"Shares|rates"):
        potential_impact_fraction(before=before, after=after, relative_rate=rates)


# ── Waning ──


def test_waning_keeps_what_lies_under_its_curve() -> None:
    assert sum(constant(years=3)) == 3
    assert sum(linear_waning(years=2.5)) == pytest.approx(2.5 / 2)
    assert sum(exponential_waning(half_life_years=1, years=60)) == pytest.approx(1 / math.log(2))


def test_later_years_are_discounted() -> None:
    assert effective_years(retained=(1, 1, 1)) == pytest.approx(1 + 1 / 1.035 + 1 / 1.035**2)
    assert effective_years(retained=(1, 0.5), discount_rate=0) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("retained", "discount_rate"),
    [((), 0.035), ((1.1,), 0.035), ((-0.1,), 0.035), ((math.nan,), 0.035), ((1,), -0.1)],
)
def test_effective_years_refuses_what_cannot_last(
    retained: tuple[float, ...], discount_rate: float
) -> None:
    with pytest.raises(ValueError, match=r"lasts no year|retained|discount rate"):
        effective_years(retained=retained, discount_rate=discount_rate)


def test_waning_refuses_no_time() -> None:
    with pytest.raises(ValueError, match="1 year or more"):
        constant(years=0)
    with pytest.raises(ValueError, match="more than 0 years"):
        linear_waning(years=0)
    with pytest.raises(ValueError, match="half-life"):
        exponential_waning(half_life_years=math.nan, years=2)
    with pytest.raises(ValueError, match="1 year or more"):
        exponential_waning(half_life_years=1, years=0)
