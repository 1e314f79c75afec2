import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from hereabouts.methods.weighting import (
    Margin,
    MarginsDisagree,
    NotConverged,
    NotTrimmable,
    design_effect,
    margin,
    rake,
    trim,
)

positive_weights = st.lists(st.floats(0.1, 50), min_size=2, max_size=40)


# ── Published answers ──


def test_rake_the_four_by_four_table_known_from_textbooks() -> None:
    seed = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
    rows, columns = np.indices((4, 4))

    raked = rake(
        margins=[
            margin(groups=rows.ravel(), totals=[150, 300, 400, 150]),
            margin(groups=columns.ravel(), totals=[200, 300, 400, 100]),
        ],
        weights=seed.ravel(),
    )

    published = [
        [64.56, 46.24, 35.38, 3.82],
        [49.97, 68.16, 156.50, 25.37],
        [56.72, 144.43, 145.08, 53.77],
        [28.75, 41.18, 63.03, 17.03],
    ]
    assert raked.weights.reshape(4, 4) == pytest.approx(np.array(published), abs=0.01)


def test_one_margin_is_plain_post_stratification() -> None:
    raked = rake(margins=[margin(groups=[0, 0, 0, 1], totals=[60, 40])])

    assert raked.weights == pytest.approx([60 / 3] * 3 + [40 / 1])


def test_kish_for_half_the_people_with_twice_the_weight() -> None:
    found = design_effect(weights=[1, 1, 2, 2])

    assert found.effect == pytest.approx(4 * (1 + 1 + 4 + 4) / 6**2)
    assert found.effective_people == pytest.approx(4 / found.effect)


# ── Slow twins ──


@given(seed=st.integers(0, 500))
def test_raked_weights_are_the_nearest_that_meet_the_margins(seed: int) -> None:
    margins, start = _survey(seed, people=40)

    raked = rake(margins=margins, weights=start)

    assert raked.weights == pytest.approx(_calibrated(margins, start), rel=1e-4)


@given(weights=positive_weights, times=st.floats(1.5, 8))
def test_trimmed_weights_are_those_of_cutting_again_and_again(
    weights: list[float], times: float
) -> None:
    start = np.array(weights)
    limit = times * np.median(start)
    if len(start) * limit <= start.sum() * 1.001:
        return

    found = trim(weights=weights, times_median=times)

    slow = start.copy()
    for _ in range(20000):
        slow = np.minimum(slow, limit)
        below = slow < limit
        missing = start.sum() - slow.sum()
        if missing < 1e-12 * start.sum():
            break
        slow[below] *= 1 + missing / slow[below].sum()
    assert found.weights == pytest.approx(slow, rel=1e-6)
    assert found.limit == pytest.approx(limit)


# ── Invariants ──


@given(seed=st.integers(0, 500))
def test_every_margin_is_met(seed: int) -> None:
    margins, start = _survey(seed, people=60)

    raked = rake(margins=margins, weights=start)

    for target in margins:
        sums = np.bincount(target.groups, weights=raked.weights, minlength=target.totals.size)
        assert sums == pytest.approx(target.totals)
    assert (raked.weights > 0).all()
    assert raked.largest_difference <= 1e-9


def test_weights_within_a_crossing_keep_their_proportions() -> None:
    margins, start = _survey(3, people=60)

    raked = rake(margins=margins, weights=start)

    change = raked.weights / start
    crossing = margins[0].groups * 10 + margins[1].groups
    for cell in np.unique(crossing):
        assert np.ptp(change[crossing == cell]) == pytest.approx(0, abs=1e-9)


def test_neither_scale_nor_order_matters() -> None:
    margins, start = _survey(4, people=50)
    order = np.random.default_rng(4).permutation(50)

    raked = rake(margins=margins, weights=start)
    again = rake(
        margins=[
            Margin(groups=target.groups[order], totals=target.totals)
            for target in reversed(margins)
        ],
        weights=7 * start[order],
    )

    assert again.weights == pytest.approx(raked.weights[order], rel=1e-6)


def test_margins_already_met_change_nothing() -> None:
    raked = rake(margins=[margin(groups=[0, 0, 1], totals=[2, 1])])

    assert raked.weights == pytest.approx([1, 1, 1])
    assert raked.after.effect == pytest.approx(1)


@given(weights=positive_weights, scale=st.floats(0.01, 100))
def test_the_design_effect_has_no_scale_and_is_never_below_1(
    weights: list[float], scale: float
) -> None:
    found = design_effect(weights=weights)

    assert found.effect >= 1 - 1e-12
    assert design_effect(weights=np.array(weights) * scale).effect == pytest.approx(found.effect)


@given(weights=positive_weights)
def test_trimming_keeps_the_sum_and_the_order_and_lowers_the_cost(weights: list[float]) -> None:
    start = np.array(weights)
    if len(start) * 5 * np.median(start) < start.sum():
        return

    found = trim(weights=weights)

    assert found.weights.sum() == pytest.approx(start.sum())
    assert found.weights.max() <= found.limit * (1 + 1e-12)
    assert (np.diff(found.weights[np.argsort(start)]) >= -1e-9).all()
    assert found.after.effect <= found.before.effect + 1e-9
    assert found.trimmed == (start > found.limit).sum()


def test_a_group_of_nobody_takes_the_weight_from_its_answers() -> None:
    raked = rake(margins=[margin(groups=[0, 0, 1], totals=[10, 0])])

    assert list(raked.weights) == [5, 5, 0]


# ── What cannot be ──


def test_margins_of_different_people_are_an_error() -> None:
    with pytest.raises(MarginsDisagree, match="different sums"):
        rake(margins=[margin(groups=[0, 1], totals=[5, 5]), margin(groups=[0, 1], totals=[5, 6])])


def test_a_group_that_nobody_answered_for_is_an_error() -> None:
    with pytest.raises(MarginsDisagree, match="nobody in it"):
        rake(margins=[margin(groups=[0, 0], totals=[5, 5])])
    with pytest.raises(MarginsDisagree, match="nobody in it"):
        rake(margins=[margin(groups=[0, 1], totals=[5, 5])], weights=[1, 0])


def test_margins_that_cannot_be_met_together_are_an_error() -> None:
    # Everybody young is a man and everybody old a woman, but the totals differ.
    with pytest.raises(NotConverged, match="misses its total"):
        rake(
            margins=[
                margin(groups=[0, 0, 1, 1], totals=[60, 40]),
                margin(groups=[0, 0, 1, 1], totals=[50, 50]),
            ]
        )


def test_weights_of_which_too_many_are_large_cannot_be_trimmed() -> None:
    with pytest.raises(NotTrimmable):
        trim(weights=[1, 1, 1, 100, 100])


def test_weights_within_the_limit_stay() -> None:
    found = trim(weights=[1, 2, 3])

    assert list(found.weights) == [1, 2, 3]
    assert found.trimmed == 0


@pytest.mark.parametrize(
    ("groups", "totals"),
    [
        ([], [1]),
        ([0.5], [1]),
        ([[0]], [1]),
        ([0, 1], [1]),
        ([-1], [1]),
        ([0], []),
        ([0], [-1]),
        ([0], [math.nan]),
        ([0], [0]),
    ],
)
def test_a_margin_that_cannot_be_is_refused(groups: list[Any], totals: list[float]) -> None:
    with pytest.raises(ValueError, match=r"group|Groups|Totals"):
        margin(groups=groups, totals=totals)


@pytest.mark.parametrize("weights", [[], [[1.0]], [-1, 2], [math.nan, 1], [math.inf, 1], [0, 0]])
def test_weights_that_cannot_be_are_refused(weights: Any) -> None:
    with pytest.raises(ValueError, match="eights"):
        design_effect(weights=weights)
    with pytest.raises(ValueError, match="eights"):
        trim(weights=weights)


def test_raking_needs_margins_of_every_answer() -> None:
    with pytest.raises(ValueError, match="at least one margin"):
        rake(margins=[])
    with pytest.raises(ValueError, match="one weight"):
        rake(margins=[margin(groups=[0, 0], totals=[1])], weights=[1, 1, 1])
    with pytest.raises(ValueError, match="median"):
        trim(weights=[1, 2], times_median=0.5)


# ── Slow and obvious ──


def _survey(seed: int, *, people: int) -> tuple[list[Margin], Any]:
    """Answers in two questions, every crossing answered, and totals of an invented population."""
    rng = np.random.default_rng(seed)
    first = np.concatenate([np.repeat([0, 1, 2], 2), rng.integers(0, 3, people - 6)])
    second = np.concatenate([np.tile([0, 1], 3), rng.integers(0, 2, people - 6)])
    population = rng.uniform(50, 500, (3, 2))
    margins = [
        margin(groups=first, totals=population.sum(axis=1)),
        margin(groups=second, totals=population.sum(axis=0)),
    ]
    return margins, rng.uniform(0.5, 4, people)


def _calibrated(margins: list[Margin], start: Any) -> Any:
    """Calibration by its dual: w = d exp(Xλ), with λ such that the totals hold."""
    design = np.column_stack(
        [target.groups == group for target in margins for group in range(target.totals.size)]
    ).astype(float)
    totals = np.concatenate([target.totals for target in margins])

    def dual(multipliers: Any) -> Any:
        weights = start * np.exp(design @ multipliers)
        return (weights.sum() - multipliers @ totals) / 1000, (design.T @ weights - totals) / 1000

    solved = minimize(
        dual, np.zeros(design.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-8}
    )
    return start * np.exp(design @ solved.x)
