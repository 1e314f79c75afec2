"""Minutes lost and falls: what was published, a loop over cells, what must never be."""

import inspect
import math
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods import falls
from hereabouts.methods.falls import (
    ENGLAND_2020,
    Minutes,
    Rates,
    Response,
    expected,
    fitted_response,
    linear_scenario,
    reproduced,
    split_by_sex_and_age,
)
from hereabouts.methods.falls.evidence import FALLS_2021, PREVALENCE, Published, Rounded
from tests.methods.falls import PEOPLE, Floats

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


def test_nothing_claims_to_score_a_person_or_to_be_somebody_elses_model() -> None:
    names = [name.lower() for name in dir(falls)]
    for module in MODULES:
        names += [name.lower() for name in dir(import_module(f"hereabouts.methods.falls.{module}"))]

    assert not [name for name in names if "risk" in name or "score" in name or "predict" in name]
    for module in MODULES:
        text = inspect.getsource(import_module(f"hereabouts.methods.falls.{module}"))
        assert "PHE model" not in text


# ── What was published ──


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


# ── A year of falls ──


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


def test_rates_may_be_given_by_hand() -> None:
    year = expected(
        people=np.ones((2, 5)),
        minutes=Minutes(),
        rates=Rates(prevalence=np.full((2, 5), 0.5), falls_per_person=2.0),
    )

    assert year.falls_before == pytest.approx(np.ones((2, 5)))


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


# ── People split by sex and age ──


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
