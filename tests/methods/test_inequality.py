"""Ratio, gap, slope and concentration: published answers, invariants and slow twins."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hereabouts.methods.inequality import (
    Indicator,
    Sample,
    Simulation,
    concentration_of_groups,
    concentration_of_people,
    ratio_and_gap,
    slope_index,
    standard_error_from_limits,
)

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


# ── Ratio and gap ──


def test_seventy_five_per_cent_more_likely_is_a_ratio_of_shares() -> None:
    found = ratio_and_gap(most=Sample(share=0.42, people=500), least=Sample(share=0.24, people=400))

    spread = Z * math.sqrt(0.58 / (500 * 0.42) + 0.76 / (400 * 0.24))
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(1.75)
    assert found.ratio.low == pytest.approx(1.75 * math.exp(-spread))
    assert found.ratio.high == pytest.approx(1.75 * math.exp(spread))
    assert found.gap.value == pytest.approx(0.18)


def test_the_gap_of_newcombes_example_comes_back() -> None:
    # Newcombe 1998, table II (a): 56/70 against 48/80.
    found = ratio_and_gap(
        most=Sample(share=56 / 70, people=70), least=Sample(share=48 / 80, people=80)
    )

    assert (found.gap.low, found.gap.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_bolsover_against_england_has_the_published_gap_and_ratio() -> None:
    found = ratio_and_gap(
        most=Sample(share=0.396, people=500), least=Sample(share=0.275, people=170_000)
    )

    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(1.44)
    assert found.gap.value == pytest.approx(0.121)


def test_a_design_effect_is_fewer_people() -> None:
    most, least = Sample(share=0.4, people=500), Sample(share=0.3, people=900)
    fewer = ratio_and_gap(most=Sample(share=0.4, people=400), least=Sample(share=0.3, people=720))

    assert ratio_and_gap(most=most, least=least, design_effect=1.25) == fewer


@settings(deadline=None)
@given(
    one=st.floats(0, 1),
    other=st.floats(0, 1),
    people=st.integers(1, 5000),
    level=st.floats(0.5, 0.99),
)
def test_the_interval_holds_the_estimate_and_turns_with_the_groups(
    one: float, other: float, people: int, level: float
) -> None:
    most, least = Sample(share=one, people=people), Sample(share=other, people=people)

    found = ratio_and_gap(most=most, least=least, level=level)
    turned = ratio_and_gap(most=least, least=most, level=level)

    assert found.gap.low <= found.gap.value <= found.gap.high
    assert found.gap.low + 1e-12 >= -1
    assert found.gap.high <= 1 + 1e-12
    assert turned.gap.low == pytest.approx(-found.gap.high)
    if found.ratio is not None and turned.ratio is not None and min(one, other) > 1e-9:
        assert found.ratio.low <= found.ratio.value <= found.ratio.high
        assert turned.ratio.low == pytest.approx(1 / found.ratio.high)


@pytest.mark.parametrize(("one", "other"), [(0, 0.2), (0.2, 0), (0, 0), (1, 0.4), (0.4, 1)])
def test_nobody_or_everybody_gives_a_gap_and_no_ratio(one: float, other: float) -> None:
    found = ratio_and_gap(most=Sample(share=one, people=50), least=Sample(share=other, people=50))

    assert found.ratio is None
    assert found.gap.low <= one - other <= found.gap.high


@pytest.mark.parametrize(
    ("share", "people"),
    [(-0.1, 9), (1.1, 9), (math.nan, 9), (0.2, 0), (0.2, -1), (0.2, math.nan), (0.2, math.inf)],
)
def test_a_sample_that_cannot_be_is_refused(share: float, people: float) -> None:
    with pytest.raises(ValueError, match=r"share lies|more than 0 people"):
        Sample(share=share, people=people)


@pytest.mark.parametrize(
    "settings", [{"design_effect": 0.9}, {"design_effect": math.nan}, {"level": 0}, {"level": 1}]
)
def test_comparing_refuses_settings_out_of_range(settings: dict[str, float]) -> None:
    sample = Sample(share=0.2, people=10)
    with pytest.raises(ValueError, match=r"design effect|confidence level"):
        ratio_and_gap(most=sample, least=sample, **settings)


# ── Slope ──


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
    one = Indicator(people=people, value=value, standard_error=0.01 * value)
    other = Indicator(people=times * people, value=value, standard_error=0.01 * value)

    found = slope_index(indicator=one, simulation=FEW)
    again = slope_index(indicator=other, simulation=FEW)

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


# ── Concentration ──

BIRTHS = [29939, 28776, 26528, 24689, 19739]
DEATHS_PER_1000 = [154.7, 152.9, 119.5, 86.9, 54.3]


def test_the_world_banks_child_deaths_come_back() -> None:
    found = concentration_of_groups(people=BIRTHS, value=DEATHS_PER_1000)

    assert found.index == pytest.approx(-0.1694, abs=5e-5)
    assert (found.erreygers, found.wagstaff) == (None, None)


def test_the_corrections_follow_from_the_index() -> None:
    shares = np.array(DEATHS_PER_1000) / 1000

    found = concentration_of_groups(people=BIRTHS, value=shares, bounds=(0, 1))

    mean = BIRTHS @ shares / sum(BIRTHS)
    assert found.erreygers == pytest.approx(4 * mean * found.index)
    assert found.wagstaff == pytest.approx(found.index / (1 - mean))


@settings(deadline=None)
@given(
    people=st.lists(
        st.tuples(st.integers(0, 5), st.booleans(), st.integers(1, 9)), min_size=1, max_size=30
    ),
)
def test_concentration_of_people_is_twice_the_covariance_with_rank(
    people: list[tuple[int, bool, int]],
) -> None:
    advantage, value, weight = (
        np.array(column, dtype=float) for column in zip(*people, strict=True)
    )
    assume(value.any())

    found = concentration_of_people(value=value, advantage=advantage, weight=weight)

    share = weight / weight.sum()
    rank = np.array(
        [share[advantage < one].sum() + share[advantage == one].sum() / 2 for one in advantage]
    )
    mean = share @ value
    covariance = share @ ((value - mean) * (rank - share @ rank))
    assert found.index == pytest.approx(2 * covariance / mean, abs=1e-9)
    order = np.random.default_rng(1).permutation(len(value))
    again = concentration_of_people(
        value=value[order], advantage=advantage[order], weight=weight[order]
    )
    assert again.index == pytest.approx(found.index, abs=1e-12)


@settings(deadline=None)
@given(people=st.lists(st.integers(1, 99), min_size=1, max_size=9), scale=st.floats(0.1, 9))
def test_equal_shares_have_no_concentration_and_units_do_not_matter(
    people: list[int], scale: float
) -> None:
    value = np.arange(1.0, len(people) + 1)

    equal = concentration_of_groups(people=people, value=[scale] * len(people))
    one = concentration_of_groups(people=people, value=value)
    other = concentration_of_groups(people=people, value=scale * value)

    assert equal.index == pytest.approx(0, abs=1e-12)
    assert other.index == pytest.approx(one.index, abs=1e-12)
    assert one.index >= -1e-12


def test_all_to_the_most_deprived_group_is_its_share_less_one() -> None:
    found = concentration_of_groups(people=[20, 30, 50], value=[1, 0, 0])

    assert found.index == pytest.approx(0.2 - 1)


def test_everybody_at_the_bound_has_no_wagstaff_index() -> None:
    found = concentration_of_groups(people=[1, 1], value=[1, 1], bounds=(0, 1))

    assert found.index == pytest.approx(0)
    assert found.erreygers == pytest.approx(0)
    assert found.wagstaff is None


@pytest.mark.parametrize(
    ("people", "value", "bounds"),
    [
        ([], [], None),
        ([1, 1], [1], None),
        ([1, -1], [1, 1], None),
        ([1, math.nan], [1, 1], None),
        ([1, 1], [1, math.nan], None),
        ([1, 1], [1, -1], None),
        ([1, 1], [0, 0], None),
        ([0, 0], [1, 1], None),
        ([1, 1], [0.5, 1.5], (0, 1)),
        ([1, 1], [0.5, 0.5], (1, 0)),
    ],
)
def test_concentration_refuses_what_cannot_be_shared(
    people: list[float], value: list[float], bounds: tuple[float, float] | None
) -> None:
    with pytest.raises(ValueError, match=r"People|people|Values|bounds"):
        concentration_of_groups(people=people, value=value, bounds=bounds)


def test_everybody_ranked_needs_a_rank() -> None:
    with pytest.raises(ValueError, match="advantage"):
        concentration_of_people(value=[1, 1], advantage=[1, math.nan])
