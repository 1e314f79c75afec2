"""The slope index: a published answer, weighted least squares, and what always holds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.inequality import (
    Indicator,
    Simulation,
    slope_index,
    standard_error_from_limits,
)

# Of the normal distribution: 95 % lies within so many standard deviations.
Z = 1.959963984540054
FEW = Simulation(draws=1000)

# Obesity of children in year 6, England 2006/07, by decile, most deprived first (National Child
# Measurement Programme): measured, obese, and 95 % limits in per cent, as in the worked examples of
# PHEindicatormethods.
MEASURED = [34353, 32112, 27715, 25372, 23889, 23260, 23180, 24193, 23609, 24488]
OBESE = [7287, 6881, 5656, 4868, 4176, 3876, 3617, 3546, 3314, 2960]
LOW = [
    *(20.7830499225555, 20.9827711465288, 19.9373517258999, 18.7066648694241, 17.0044640703038),
    *(16.190410576997, 15.1425075468518, 14.2170753783533, 13.5997670936376, 11.6852009907382),
]
HIGH = [
    *(21.6476300812899, 21.8803170788612, 20.8862933590925, 19.675673996565, 17.9676905527535),
    *(17.148199783417, 16.0768288675927, 15.1084110529924, 14.4859737537153, 12.5017980504761),
]
GROUPS = st.lists(
    st.tuples(st.integers(1, 900), st.floats(0.01, 0.99)), min_size=5, max_size=10
)  # fmt: skip


def obesity() -> Indicator:
    return Indicator(
        people=MEASURED,
        value=np.array(OBESE) / MEASURED,
        standard_error=standard_error_from_limits(
            low=np.array(LOW) / 100, high=np.array(HIGH) / 100, kind="proportion"
        ),
        kind="proportion",
    )


def test_the_worked_example_of_children_comes_back() -> None:
    found = slope_index(indicator=obesity(), multiplier=-100)

    # As the R package's worked example prints it, with 100,000 draws of its own.
    assert found.slope.value == pytest.approx(10.720032, abs=5e-7)
    assert found.slope.low == pytest.approx(10.219930, abs=0.01)
    assert found.slope.high == pytest.approx(11.216222, abs=0.01)


@settings(deadline=None)
@given(groups=GROUPS)
def test_the_slope_equals_weighted_least_squares(groups: list[tuple[int, float]]) -> None:
    people, value = (np.array(column, dtype=float) for column in zip(*groups, strict=True))

    found = slope_index(
        indicator=Indicator(people=people, value=value, standard_error=0 * value), simulation=FEW
    )

    share = people / people.sum()
    middle = [share[:i].sum() + share[i] / 2 for i in range(len(share))]
    slope, start = np.polyfit(middle, value, 1, w=np.sqrt(share))
    assert found.slope.value == pytest.approx(slope, abs=1e-9)
    assert found.fitted_most_deprived == pytest.approx(start, abs=1e-9)
    assert found.fitted_least_deprived == pytest.approx(start + slope, abs=1e-9)
    assert found.ratio_to_mean.value == pytest.approx(slope / (share @ value), abs=1e-9)
    # Nothing is uncertain, so that the interval is the estimate.
    assert (found.slope.low, found.slope.high) == pytest.approx((slope, slope), abs=1e-9)


@settings(deadline=None)
@given(groups=GROUPS, times=st.floats(0.1, 50))
def test_indices_do_not_mind_how_people_are_counted(
    groups: list[tuple[int, float]], times: float
) -> None:
    people, value = (np.array(column, dtype=float) for column in zip(*groups, strict=True))
    plain = Indicator(people=people, value=value, standard_error=0.01 * value)
    scaled = Indicator(people=times * people, value=value, standard_error=0.01 * value)

    found = slope_index(indicator=plain, simulation=FEW)
    again = slope_index(indicator=scaled, simulation=FEW)

    assert again.slope.value == pytest.approx(found.slope.value, abs=1e-9)
    assert again.slope.low == pytest.approx(found.slope.low, abs=1e-9)


def test_a_straight_line_of_logarithms_is_found_by_the_transform() -> None:
    middle = (np.arange(10) + 0.5) / 10
    rates = np.exp(2 - 0.7 * middle)

    found = slope_index(
        indicator=Indicator(people=[1] * 10, value=rates, standard_error=[0] * 10, kind="rate"),
        transform=True,
        simulation=FEW,
    )

    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(math.exp(-0.7))
    assert found.slope.value == pytest.approx(math.exp(1.3) - math.exp(2))


def test_a_straight_line_of_logits_is_found_by_the_transform() -> None:
    middle = (np.arange(5) + 0.5) / 5
    shares = 1 / (1 + np.exp(-(0.4 - 1.5 * middle)))

    found = slope_index(
        indicator=Indicator(
            people=[7] * 5, value=shares, standard_error=[0] * 5, kind="proportion"
        ),
        transform=True,
        simulation=FEW,
    )

    assert found.fitted_most_deprived == pytest.approx(1 / (1 + math.exp(-0.4)))
    assert found.fitted_least_deprived == pytest.approx(1 / (1 + math.exp(1.1)))


def test_a_negative_multiplier_turns_slope_and_ratio() -> None:
    found, turned = (
        slope_index(indicator=obesity(), multiplier=multiplier, simulation=FEW)
        for multiplier in (1, -100)
    )

    assert found.ratio is not None
    assert turned.ratio is not None
    assert turned.ratio.value == pytest.approx(1 / found.ratio.value)
    assert turned.ratio.low < turned.ratio.value < turned.ratio.high
    assert turned.slope.value == pytest.approx(-100 * found.slope.value)
    assert turned.slope.low == pytest.approx(-100 * found.slope.high)
    assert turned.ratio_to_mean.value == pytest.approx(-found.ratio_to_mean.value)


def test_the_interval_of_a_plain_value_is_that_of_a_linear_estimate() -> None:
    people, error = np.array([3.0, 1, 4, 1, 5]), np.array([1.0, 2, 1, 2, 1])

    found = slope_index(
        indicator=Indicator(people=people, value=[50, 40, 45, 30, 20], standard_error=error)
    )

    share = people / people.sum()
    middle = np.cumsum(share) - share / 2
    apart = middle - share @ middle
    weights = share * apart / (share @ apart**2)
    reach = Z * math.sqrt(weights**2 @ error**2)
    assert found.slope.high - found.slope.low == pytest.approx(2 * reach, rel=0.02)


def test_a_line_that_is_not_above_nothing_has_no_ratio() -> None:
    found = slope_index(
        indicator=Indicator(people=[1] * 5, value=[8, 5, 2, 0, 0], standard_error=[0] * 5),
        simulation=FEW,
    )

    assert found.fitted_least_deprived < 0
    assert found.ratio is None


def test_equal_values_have_no_slope_and_a_ratio_of_one() -> None:
    found = slope_index(
        indicator=Indicator(people=[1, 2, 3, 4, 5], value=[7] * 5, standard_error=[0] * 5),
        simulation=FEW,
    )

    assert found.ratio is not None
    assert found.slope.value == pytest.approx(0, abs=1e-12)
    assert found.ratio.value == pytest.approx(1)


def test_equal_seeds_give_equal_intervals() -> None:
    assert slope_index(indicator=obesity(), simulation=FEW) == slope_index(
        indicator=obesity(), simulation=FEW
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"people": [1] * 4, "value": [1] * 4, "standard_error": [1] * 4},
        {"people": [], "value": [], "standard_error": []},
        {"people": [1, 1, 1, 1, 0]},
        {"people": [1, 1, 1, 1, math.nan]},
        {"value": [1, 1, 1, 1, math.nan]},
        {"value": [1] * 6},
        {"standard_error": [1, 1, 1, 1, -1]},
        {"standard_error": [1, 1, 1, 1, math.nan]},
        {"value": [1, 1, 1, 1, 0], "kind": "rate"},
        {"value": [0.1, 0.1, 0.1, 0.1, 0], "kind": "proportion"},
        {"value": [0.1, 0.1, 0.1, 0.1, 1], "kind": "proportion"},
    ],
)
def test_a_slope_refuses_what_it_cannot_be_drawn_through(changes: dict[str, object]) -> None:
    usual: dict[str, object] = {"people": [1] * 5, "value": [1] * 5, "standard_error": [1] * 5}
    with pytest.raises(ValueError, match=r"group|missing|rate|proportion"):
        slope_index(
            indicator=Indicator(**{**usual, **changes}),  # type: ignore[arg-type]
            simulation=FEW,
        )


@pytest.mark.parametrize("multiplier", [0, math.nan, math.inf])
def test_a_slope_refuses_a_multiplier_that_is_none(multiplier: float) -> None:
    with pytest.raises(ValueError, match="multiplier"):
        slope_index(indicator=obesity(), multiplier=multiplier)


def test_a_simulation_takes_enough_draws_and_a_level() -> None:
    with pytest.raises(ValueError, match="1000 draws or more"):
        Simulation(draws=999)
    with pytest.raises(ValueError, match="confidence level"):
        Simulation(level=math.nan)


def test_limits_give_the_standard_error_on_the_indicators_scale() -> None:
    rate = standard_error_from_limits(low=[math.exp(1 - Z)], high=[math.exp(1 + Z)], kind="rate")
    assert rate == pytest.approx([1])
    with pytest.raises(ValueError, match="below its low limit"):
        standard_error_from_limits(low=[2], high=[1])
    with pytest.raises(ValueError, match="as many"):
        standard_error_from_limits(low=[2], high=[1, 2])
    with pytest.raises(ValueError, match="proportion"):
        standard_error_from_limits(low=[0], high=[0.2], kind="proportion")
