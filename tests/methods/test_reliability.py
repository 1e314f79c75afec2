import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.reliability import (
    Metric,
    NothingToCompare,
    Verdict,
    interval,
    krippendorff_alpha,
    nominal,
    ordinal,
    ratio,
)

NO = math.nan
# Krippendorff (2011), four observers and twelve units.
EXAMPLE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
    [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
]
METRICS = [nominal, ordinal, interval, ratio]

coded = st.lists(
    st.lists(st.sampled_from([1, 2, 3, 4, NO]), min_size=3, max_size=3), min_size=3, max_size=8
)


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849), (ratio, 0.797)],
)
def test_alpha_of_krippendorff_2011(metric: Metric, alpha: float) -> None:
    found = krippendorff_alpha(codes=EXAMPLE, metric=metric)

    assert found.alpha == pytest.approx(alpha, abs=5e-4)
    assert (found.units, found.codes) == (11, 40)


def test_two_coders_and_names_written_out() -> None:
    # Ten codes: 1 three times, 2 three times, 3 four times; one of five units is in dispute.
    found = krippendorff_alpha(codes=[[1, 2, 3, 3, 2], [1, 2, 3, 3, 1]])

    assert found.observed == pytest.approx(2 / 10)
    assert found.expected == pytest.approx((10**2 - 3**2 - 3**2 - 4**2) / (10 * 9))
    assert found.alpha == pytest.approx(1 - found.observed / found.expected)


@given(units=coded, metric=st.sampled_from(METRICS))
@settings(max_examples=60)
def test_alpha_is_that_of_every_pair_written_out(units: list[list[float]], metric: Metric) -> None:
    table = np.array(units, dtype=float).T
    try:
        found = krippendorff_alpha(codes=table, metric=metric, draws=1)
    except NothingToCompare:
        assert _alpha_by_pairs(table, metric) is None
        return

    assert found.alpha == pytest.approx(_alpha_by_pairs(table, metric))


@given(units=coded, seed=st.integers(0, 99))
def test_neither_coders_nor_units_have_an_order(units: list[list[float]], seed: int) -> None:
    table, rng = np.array(units, dtype=float).T, np.random.default_rng(seed)
    try:
        found = krippendorff_alpha(codes=table, draws=1)
    except NothingToCompare:
        return

    turned = table[rng.permutation(3)][:, rng.permutation(table.shape[1])]
    assert krippendorff_alpha(codes=turned, draws=1).alpha == pytest.approx(found.alpha)


def test_names_may_be_any_numbers_and_intervals_any_scale() -> None:
    renamed = np.choose(np.nan_to_num(np.array(EXAMPLE), nan=0).astype(int), [NO, 9, -4, 7, 0, 55])
    scaled = 32 + 1.8 * np.array(EXAMPLE)

    names = krippendorff_alpha(codes=renamed, draws=1)
    degrees = krippendorff_alpha(codes=scaled, metric=interval, draws=1)

    assert names.alpha == pytest.approx(krippendorff_alpha(codes=EXAMPLE, draws=1).alpha)
    assert degrees.alpha == pytest.approx(
        krippendorff_alpha(codes=EXAMPLE, metric=interval, draws=1).alpha
    )


def test_agreement_in_everything_is_1() -> None:
    found = krippendorff_alpha(codes=[[1, 2, 3], [1, 2, 3]])

    assert found.alpha == 1
    assert found.verdict is Verdict.FIRM


def test_coding_at_random_is_about_0() -> None:
    rng = np.random.default_rng(20261122)

    found = krippendorff_alpha(codes=rng.integers(1, 4, (2, 3000)), draws=200)

    assert found.alpha == pytest.approx(0, abs=0.04)
    assert found.verdict is Verdict.UNRELIABLE
    assert found.lowest < found.alpha < found.highest


def test_worse_than_chance_is_below_0() -> None:
    assert krippendorff_alpha(codes=[[1, 2, 1, 2], [2, 1, 2, 1]]).alpha < 0


def test_a_seed_gives_the_same_interval_again() -> None:
    first = krippendorff_alpha(codes=EXAMPLE, seed=7)

    assert first == krippendorff_alpha(codes=EXAMPLE, seed=7)
    assert first.lowest <= first.alpha <= first.highest
    assert first.verdict is Verdict.TENTATIVE


def test_draws_that_say_nothing_are_left_out_and_counted() -> None:
    found = krippendorff_alpha(codes=[[1, 1, 2], [1, 1, 2]], draws=300)

    # All three the first or second kind, or all three the last: (2/3)³ + (1/3)³.
    assert found.draws_left_out / 300 == pytest.approx(9 / 27, abs=0.08)


@pytest.mark.parametrize(
    "codes", [[[1, NO], [NO, 2]], [[3, 3], [3, 3]], [[NO, NO], [NO, NO]], [[1, 2, 3]], [[], []]]
)
def test_what_cannot_be_told_from_chance_is_an_error(codes: Any) -> None:
    with pytest.raises(NothingToCompare):
        krippendorff_alpha(codes=codes)


@pytest.mark.parametrize("codes", [[1, 2], [[math.inf, 1], [1, 1]]])
def test_codes_that_cannot_be_are_refused(codes: Any) -> None:
    with pytest.raises(ValueError, match="Codes"):
        krippendorff_alpha(codes=codes)


def test_amounts_below_0_draws_of_none_and_odd_confidence_are_refused() -> None:
    with pytest.raises(ValueError, match="Amounts"):
        krippendorff_alpha(codes=[[-1, 2], [1, 2]], metric=ratio)
    with pytest.raises(ValueError, match="Draws"):
        krippendorff_alpha(codes=EXAMPLE, draws=0)
    with pytest.raises(ValueError, match="Draws"):
        krippendorff_alpha(codes=EXAMPLE, confidence=95)


def _alpha_by_pairs(table: Any, metric: Metric) -> float | None:
    """Every pair of codes in a unit against every pair of codes at all, by loops."""
    units = [[code for code in unit if not math.isnan(code)] for unit in table.T]
    units = [unit for unit in units if len(unit) > 1]
    every = [code for unit in units for code in unit]
    values = np.array(sorted(set(every)))
    if not every:
        return None
    squared = metric(values, np.array([every.count(value) for value in values], dtype=float))
    place = {value: number for number, value in enumerate(values)}

    def disagreement(codes: list[float]) -> float:
        pairs = itertools.permutations(codes, 2)
        return sum(float(squared[place[first], place[second]]) for first, second in pairs)

    observed = sum(disagreement(unit) / (len(unit) - 1) for unit in units)
    expected = disagreement(every) / (len(every) - 1)
    return None if expected == 0 else 1 - observed / expected
