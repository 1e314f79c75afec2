"""The falls model: what was published, what must always hold, and slow twins."""

import inspect
import math
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hereabouts.methods import falls
from hereabouts.methods.falls import (
    EFFECTS,
    ENGLAND_2020,
    RETURNS_2018,
    Beta,
    Economics,
    Effect,
    Gamma,
    Lognormal,
    Minutes,
    Programme,
    Rates,
    Response,
    Sampling,
    UncertainRates,
    constant,
    effective_years,
    expected,
    exponential_waning,
    fewer_events,
    fitted_counts,
    fitted_response,
    linear_scenario,
    linear_waning,
    net_benefit_difference,
    potential_impact_fraction,
    project,
    range_of,
    reproduced,
    return_on_investment,
    societal_from_financial,
    split_by_sex_and_age,
)
from hereabouts.methods.falls.evidence import (
    FALLS_2021,
    FALLS_PER_PERSON_WHO_FALLS,
    PREVALENCE,
    Published,
    Rounded,
)
from hereabouts.methods.falls.projection import area_ranges

Floats = NDArray[np.float64]

MODULES = (
    "counts",
    "effects",
    "evidence",
    "fitting",
    "model",
    "projection",
    "quantiles",
    "returns",
    "uncertainty",
)
FEW = Sampling(draws=2000)
PEOPLE = st.lists(st.integers(0, 400), min_size=10, max_size=10).map(
    lambda numbers: np.array(numbers, dtype=float).reshape(2, 5)
)


def programme(**changes: object) -> Programme:
    """Otago for a group of a thousand, unless said otherwise."""
    settings: dict[str, object] = {
        "name": "Otago",
        "effect": EFFECTS["otago"],
        "people": np.full((2, 5), 100.0),
        "cost_pounds": Gamma(mean=300, variation=0.15),
        "uptake": Beta(mean=0.5, effective_sample=100),
        "completion": Beta(mean=0.8, effective_sample=100),
    }
    return Programme(**{**settings, **changes})  # type: ignore[arg-type]


# ── What it must never do ──


def test_nothing_claims_to_score_a_person_or_to_be_somebody_elses_model() -> None:
    names = [name.lower() for name in dir(falls)]
    for module in MODULES:
        names += [name.lower() for name in dir(import_module(f"hereabouts.methods.falls.{module}"))]

    assert not [name for name in names if "risk" in name or "score" in name or "predict" in name]
    for module in MODULES:
        text = inspect.getsource(import_module(f"hereabouts.methods.falls.{module}"))
        assert "PHE model" not in text


@pytest.mark.parametrize("draws", [-1, 0, 1, 1999])
def test_a_range_from_few_draws_is_refused(draws: int) -> None:
    with pytest.raises(ValueError, match="2000 draws or more"):
        Sampling(draws=draws)


# ── The model ──


def test_england_2020_is_the_published_population() -> None:
    assert ENGLAND_2020.sum() == pytest.approx(10.46e6)
    assert (ENGLAND_2020 * PREVALENCE).sum(axis=1) == pytest.approx([1.118e6, 1.666e6], rel=1e-3)
    assert (ENGLAND_2020 * PREVALENCE).sum() / 10.46e6 == pytest.approx(0.266, abs=5e-4)


def test_the_national_totals_of_2021_come_back_and_the_scenario_does_not() -> None:
    by_name = {compared.name: compared for compared in reproduced()}

    scenario = by_name.pop("A tenth more minutes: fewer falls of men")
    assert all(compared.agrees for compared in by_name.values())
    assert by_name["People who fall, more"].modelled == pytest.approx(110_000, rel=0.01)
    assert by_name["People who fall, share"].modelled == pytest.approx(0.039, abs=0.0005)
    assert not scenario.agrees
    assert scenario.published.value == 9_339
    assert scenario.modelled == pytest.approx(20_000, rel=0.01)
    assert linear_scenario() == pytest.approx(124_000 * 7.7 / 49)


def test_the_default_response_is_the_fitted_one() -> None:
    fitted, default = fitted_response(), Response()

    assert fitted.people_who_fall == pytest.approx(default.people_who_fall, abs=5e-7)
    assert fitted.falls_male == pytest.approx(default.falls_male, abs=5e-7)
    assert fitted.falls_female == pytest.approx(default.falls_female, abs=5e-7)
    # By hand from the published shares alone, which leaves the last digit open.
    hours = 49 / 60
    assert fitted.falls_male == pytest.approx(math.log(1.063) / hours, rel=0.01)
    assert fitted.falls_female == pytest.approx(math.log(1.044) / hours, rel=0.01)
    assert fitted.people_who_fall == pytest.approx(math.log(1.039) / hours, rel=0.02)


def test_the_response_fits_minutes_that_differ_by_age() -> None:
    before = np.array([[150, 140, 130, 110, 80], [140, 130, 120, 100, 70]])
    after = before * np.array([[0.6, 0.55, 0.62, 0.66, 0.7], [0.6, 0.51, 0.62, 0.66, 0.7]])
    minutes = Minutes(before=before, after=after)

    response = fitted_response(minutes=minutes)

    year = expected(people=ENGLAND_2020, minutes=minutes, response=response)
    extra = (year.falls_after - year.falls_before).sum(axis=1)
    assert [
        published.more.agrees(more) for published, more in zip(FALLS_2021, extra, strict=True)
    ] == [
        True,
        True,
    ]


def test_fitting_refuses_figures_that_no_response_gives() -> None:
    with pytest.raises(falls.PublishedFiguresDisagree, match="no response meets both"):
        fitted_response(people=ENGLAND_2020 / 2)
    with pytest.raises(falls.ResponseOutOfReach, match="No fall in these minutes"):
        fitted_response(minutes=Minutes(before=77, after=77))
    with pytest.raises(falls.ResponseOutOfReach):
        fitted_response(minutes=Minutes(before=77, after=126))
    too_many = Published(
        more=Rounded(value=9e6, step=1e3),
        share=Rounded(value=9e6 / (ENGLAND_2020 * PREVALENCE).sum(), step=0.1),
    )
    with pytest.raises(falls.ResponseOutOfReach):
        fitted_response(people_who_fall=too_many)


@settings(deadline=None)
@given(people=PEOPLE, before=st.floats(0, 300), after=st.floats(0, 300))
def test_expected_equals_a_loop_over_cells(people: Floats, before: float, after: float) -> None:
    year = expected(people=people, minutes=Minutes(before=before, after=after))

    hours, response = (before - after) / 60, Response()
    for sex in range(2):
        steepness = (response.falls_male, response.falls_female)[sex]
        for band in range(5):
            falling = people[sex, band] * PREVALENCE[sex, band]
            grown = PREVALENCE[sex, band] * math.exp(response.people_who_fall * hours)
            rise = math.exp(steepness * hours) - 1
            assert year.people_who_fall_before[sex, band] == pytest.approx(falling)
            assert year.people_who_fall_after[sex, band] == pytest.approx(
                people[sex, band] * min(1, grown)
            )
            assert year.extra_cost_pounds[sex, band] == pytest.approx(
                falling * 1.77 * rise * 831, abs=1e-6
            )


def test_never_more_people_fall_than_there_are() -> None:
    year = expected(
        people=np.full((2, 5), 10.0),
        minutes=Minutes(before=300, after=0),
        response=Response(people_who_fall=5),
    )

    assert (year.people_who_fall_after <= 10).all()


def test_more_minutes_mean_fewer_falls() -> None:
    year = expected(people=ENGLAND_2020, minutes=Minutes(before=77, after=126))

    assert (year.falls_after < year.falls_before).all()
    assert (year.extra_cost_pounds < 0).all()


@pytest.mark.parametrize(
    "people",
    [[], np.ones((5, 2)), np.full((2, 5), np.nan), np.full((2, 5), -1), np.ones((0, 2, 5))],
)
def test_expected_refuses_people_that_are_not(people: object) -> None:
    with pytest.raises(ValueError, match=r"people|People"):
        expected(people=people, minutes=Minutes())  # type: ignore[arg-type]


@pytest.mark.parametrize("minutes", [-1, math.nan, [1, 2], np.full((2, 5), -0.1)])
def test_minutes_must_be_minutes(minutes: object) -> None:
    with pytest.raises(ValueError, match="Minutes"):
        Minutes(after=minutes).hours_lost()  # type: ignore[arg-type]


@settings(deadline=None)
@given(
    counts=st.lists(st.tuples(*[st.integers(0, 900)] * 3), min_size=1, max_size=6),
    columns=st.sampled_from([(0, 0, 1, 1, 2), (2, 2, 1, 0, 0), (0, 1, 1, 2, 2)]),
)
def test_splitting_keeps_each_band(
    counts: list[tuple[int, int, int]], columns: tuple[int, int, int, int, int]
) -> None:
    split = split_by_sex_and_age(counts=counts, columns=columns)

    kept = [split[:, :, np.array(columns) == column].sum(axis=(1, 2)) for column in range(3)]
    assert np.column_stack(kept) == pytest.approx(np.array(counts, dtype=float))


def test_splitting_england_gives_its_shape_back() -> None:
    split = split_by_sex_and_age(counts=[[ENGLAND_2020.sum()]], columns=(0, 0, 0, 0, 0))

    assert split[0] == pytest.approx(ENGLAND_2020)


@pytest.mark.parametrize(
    ("counts", "columns"),
    [
        ([[1, 2]], (0, 0, 0, 0, 0)),
        ([[1]], (0, 0, 0, 0, 1)),
        ([1], (0, 0, 0, 0, 0)),
        (np.ones((0, 1)), (0, 0, 0, 0, 0)),
        ([[-1]], (0, 0, 0, 0, 0)),
        ([[math.nan]], (0, 0, 0, 0, 0)),
    ],
)
def test_splitting_refuses_bad_counts(
    counts: object, columns: tuple[int, int, int, int, int]
) -> None:
    with pytest.raises(ValueError, match=r"Counts are|must be 0 or more"):
        split_by_sex_and_age(counts=counts, columns=columns)  # type: ignore[arg-type]


def test_splitting_refuses_a_table_without_the_band() -> None:
    shape = np.zeros((2, 5))
    shape[:, 0] = 1

    with pytest.raises(ValueError, match="nobody in one of their bands"):
        split_by_sex_and_age(counts=[[5, 5]], columns=(0, 0, 0, 0, 1), shape=shape)


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


# ── Draws ──


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
    one, again = (project(people=ENGLAND_2020[None], sampling=FEW) for _ in range(2))

    assert one.falls.total == again.falls.total


@pytest.mark.parametrize("people", [np.ones((2, 5)), np.ones((0, 2, 5)), np.full((1, 2, 5), -1)])
def test_projecting_refuses_what_is_not_areas(people: Floats) -> None:
    with pytest.raises(ValueError, match=r"People come by|must be 0 or more"):
        project(people=people)


def test_prevalence_must_be_a_table_of_shares() -> None:
    with pytest.raises(ValueError, match="table of sex by age"):
        project(people=ENGLAND_2020[None], rates=UncertainRates(prevalence=np.full(5, 0.2)))
    with pytest.raises(ValueError, match="mean between 0 and 1"):
        project(people=ENGLAND_2020[None], rates=UncertainRates(prevalence=np.zeros((2, 5))))


# ── Returns ──


@pytest.mark.parametrize(
    ("key", "societal", "within"),
    [("fame", 2.29, 0.02), ("tai_chi", 1.97, 0.02), ("home_hazards", 7.34, 0.03)],
)
def test_otagos_published_returns_foretell_the_others(
    key: str, societal: float, within: float
) -> None:
    otago = RETURNS_2018["otago"]
    ratio = otago.societal / otago.financial - 1

    found = societal_from_financial(
        financial=RETURNS_2018[key].financial, qaly_worth_to_saving=ratio
    )

    assert found == pytest.approx(societal, abs=within)
    assert found == pytest.approx(RETURNS_2018[key].societal, abs=within)
    # What 831 pounds a fall and 60,000 a QALY then make of a fall.
    assert ratio * 831 / 60_000 == pytest.approx(0.0182, abs=5e-5)


def known(**changes: object) -> tuple[Programme, Economics]:
    """A programme and its worth with next to nothing uncertain."""
    settings: dict[str, object] = {
        "effect": Effect(key="sure", name="sure", ratio=0.65, low=0.65, high=0.65, source="x"),
        "cost_pounds": Gamma(mean=300, variation=0),
        "uptake": Beta(mean=0.5, effective_sample=1e9),
        "completion": Beta(mean=0.8, effective_sample=1e9),
        "multiple": 2.0,
        "retained": (1.0, 0.5),
    }
    economics = Economics(
        cost_per_fall_pounds=Gamma(mean=831, variation=0),
        qalys_per_fall=Gamma(mean=0.016, variation=0),
        falls_per_person=Lognormal(median=1.77, log_standard_error=0),
        prevalence_sample=1e9,
    )
    return programme(**{**settings, **changes}), economics


def test_a_return_without_uncertainty_is_the_arithmetic() -> None:
    otago, economics = known()

    found = return_on_investment(programme=otago, economics=economics, sampling=FEW)

    rate = 100 * PREVALENCE.sum() * FALLS_PER_PERSON_WHO_FALLS * 2
    prevented = 0.5 * 0.8 * rate * (1 - 0.65) * (1 + 0.5 / 1.035)
    cost = 1000 * 0.5 * 300
    assert found.falls_prevented.mean == pytest.approx(prevented, rel=1e-4)
    assert found.cost_pounds.mean == pytest.approx(cost, rel=1e-4)
    assert found.qalys.mean == pytest.approx(prevented * 0.016, rel=1e-4)
    assert found.financial.mean == pytest.approx(prevented * 831 / cost, rel=1e-4)
    assert found.societal.mean == pytest.approx(prevented * (831 + 0.016 * 70_000) / cost, rel=1e-4)
    assert found.net_societal_pounds.mean == pytest.approx(
        prevented * (831 + 0.016 * 70_000) - cost, rel=1e-3
    )
    assert found.societal.low == pytest.approx(found.societal.high, rel=1e-3)


def test_the_ratio_of_societal_to_financial_is_one_for_all_programmes() -> None:
    ratios = []
    for key, price in [("otago", 300.0), ("fame", 250.0), ("tai_chi", 90.0)]:
        effect = EFFECTS[key]
        sure = Effect(
            key=key, name=key, ratio=effect.ratio, low=effect.ratio, high=effect.ratio, source="x"
        )
        option, economics = known(effect=sure, cost_pounds=Gamma(mean=price, variation=0))
        found = return_on_investment(programme=option, economics=economics, sampling=FEW)
        ratios.append(found.societal.mean / found.financial.mean)

    assert ratios == pytest.approx([1 + 0.016 * 70_000 / 831] * 3)


def test_draws_equal_a_loop_over_them() -> None:
    otago, economics = programme(multiple=1.5, retained=(1.0, 0.5)), Economics()

    found = return_on_investment(programme=otago, economics=economics, sampling=FEW)

    drawn = falls.returns._drawn(otago, economics, FEW, otago.effect)
    financial = []
    for draw in range(FEW.draws):
        falling = sum(
            100.0 * drawn.prevalence[draw, sex, band] for sex in range(2) for band in range(5)
        )
        rate = falling * drawn.falls_per_person[draw] * 1.5
        reached = drawn.uptake[draw] * drawn.completion[draw]
        prevented = reached * rate * (1 - drawn.ratio[draw]) * (1 + 0.5 / 1.035)
        cost = 1000 * drawn.uptake[draw] * drawn.programme_cost[draw]
        financial.append(prevented * drawn.cost_per_fall[draw] / cost)
    assert found.financial.mean == pytest.approx(np.mean(financial))
    assert found.financial.low == pytest.approx(np.quantile(financial, 0.025))
    assert found.chance_financial_above_one == pytest.approx(np.mean(np.array(financial) > 1))


def test_dearer_means_less_back_and_higher_rates_more() -> None:
    usual = return_on_investment(programme=programme(), sampling=FEW)
    dearer = return_on_investment(
        programme=programme(cost_pounds=Gamma(mean=600, variation=0.15)), sampling=FEW
    )
    twice = return_on_investment(programme=programme(multiple=2), sampling=FEW)

    # Equal names have equal draws, so that halves and doubles are exact.
    assert dearer.societal.mean == pytest.approx(usual.societal.mean / 2)
    assert twice.societal.high == pytest.approx(usual.societal.high * 2)


def test_the_counter_evidence_always_stands_beside_the_return() -> None:
    found = return_on_investment(programme=programme())

    # A ratio of 1.20 (0.91 to 1.59): falls caused, not prevented, with some doubt.
    assert found.if_counter_evidence.mean < 0 < found.if_counter_evidence.high


def test_the_tornado_is_sorted_and_holds_each_number_once() -> None:
    found = return_on_investment(programme=programme(), sampling=FEW)

    widths = [swing.width for swing in found.tornado]
    assert widths == sorted(widths, reverse=True)
    assert len({swing.name for swing in found.tornado}) == 7
    cost = next(swing for swing in found.tornado if swing.name == "Cost of a place")
    assert cost.at_low > cost.at_high


def test_options_are_compared_draw_by_draw() -> None:
    otago = programme()
    dearer = programme(cost_pounds=Gamma(mean=400, variation=0.15))

    same = net_benefit_difference(one=otago, other=otago, sampling=FEW)
    difference = net_benefit_difference(one=otago, other=dearer, sampling=FEW)

    assert (same.low, same.high) == (0, 0)
    assert difference.mean == pytest.approx(1000 * 0.5 * 100, rel=0.01)
    # All but the cost is shared, and cancels.
    assert difference.low > 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"people": np.zeros((2, 5))}, "invites one group"),
        ({"people": np.ones((3, 2, 5))}, "invites one group"),
        ({"people": np.full((2, 5), np.nan)}, "none may be missing"),
        ({"multiple": 0}, "multiple of the usual rate"),
        ({"multiple": math.nan}, "multiple of the usual rate"),
        ({"effect": EFFECTS["prefit"]}, "is about fractures"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        programme(**changes)


def test_a_qaly_is_not_worth_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="QALY"):
        Economics(pounds_per_qaly=-1)


def test_rates_may_be_given_by_hand() -> None:
    year = expected(
        people=np.ones((2, 5)),
        minutes=Minutes(),
        rates=Rates(prevalence=np.full((2, 5), 0.5), falls_per_person=2.0),
    )

    assert year.falls_before == pytest.approx(np.ones((2, 5)))
