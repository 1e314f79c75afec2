"""Ratio and gap of two groups: published answers, and what always holds."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.inequality import Sample, ratio_and_gap

# Of the normal distribution: 95 % lies within so many standard deviations.
Z = 1.959963984540054


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
    left=st.floats(0, 1),
    right=st.floats(0, 1),
    people=st.integers(1, 5000),
    level=st.floats(0.5, 0.99),
)
def test_the_interval_holds_the_estimate_and_turns_with_the_groups(
    left: float, right: float, people: int, level: float
) -> None:
    most, least = Sample(share=left, people=people), Sample(share=right, people=people)

    found = ratio_and_gap(most=most, least=least, level=level)
    turned = ratio_and_gap(most=least, least=most, level=level)

    assert found.gap.low <= found.gap.value <= found.gap.high
    assert found.gap.low + 1e-12 >= -1
    assert found.gap.high <= 1 + 1e-12
    assert turned.gap.low == pytest.approx(-found.gap.high)
    if found.ratio is not None and turned.ratio is not None and min(left, right) > 1e-9:
        assert found.ratio.low <= found.ratio.value <= found.ratio.high
        assert turned.ratio.low == pytest.approx(1 / found.ratio.high)


@pytest.mark.parametrize(("left", "right"), [(0, 0.2), (0.2, 0), (0, 0), (1, 0.4), (0.4, 1)])
def test_nobody_or_everybody_gives_a_gap_and_no_ratio(left: float, right: float) -> None:
    found = ratio_and_gap(most=Sample(share=left, people=50), least=Sample(share=right, people=50))

    assert found.ratio is None
    assert found.gap.low <= left - right <= found.gap.high


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
