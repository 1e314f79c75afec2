import itertools
import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import wilcoxon

from hereabouts.methods import distance_travelled
from hereabouts.methods.distance_travelled import from_totals, paired, unpaired

# Hollander and Wolfe, table 3.1: depression before and after a tranquilliser.
BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]

answers = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=6, max_size=11)
totals = st.lists(st.integers(1, 4), min_size=2, max_size=4).flatmap(
    lambda people: st.tuples(st.just(people), st.permutations(people))
)


# ── Published answers ──


def test_paired_depression() -> None:
    found = paired(before=AFTER, after=BEFORE)

    assert found.positive_ranks == 40
    assert found.p == pytest.approx(0.0390625)
    assert found.method == "exact"
    assert found.typical_change == pytest.approx(0.46)
    assert (found.lowest, found.highest) == pytest.approx((0.010, 0.786))


def test_totals_of_ten_people() -> None:
    found = from_totals(before=[2, 4, 3, 1, 0], after=[0, 1, 3, 4, 2])

    assert found.mean_change == pytest.approx(1.4)
    assert (found.improved_lowest, found.improved_highest) == pytest.approx((0.5, 1.0))
    assert found.standard_error_lowest == pytest.approx(0.163, abs=5e-4)
    assert found.standard_error_highest == pytest.approx(0.600, abs=5e-4)


def test_unpaired_who_all_stand_higher() -> None:
    found = unpaired(before=[1, 1, 2], after=[3, 4, 4, 5])

    assert (found.u, found.superiority, found.cliff_delta) == (12, 1, 1)


def test_unpaired_exact_p_of_three_and_three() -> None:
    # The extreme of 20 equally likely orders, on either side.
    found = unpaired(before=[1, 2, 3], after=[4, 5, 6])

    assert found.p == pytest.approx(2 / math.comb(6, 3))


# ── Slow twins ──


@given(pairs=answers)
@settings(max_examples=40, deadline=None)
def test_p_is_the_share_of_all_signings_as_extreme(pairs: list[tuple[int, int]]) -> None:
    before, after = zip(*pairs, strict=True)

    found = paired(before=before, after=after)

    change = np.subtract(after, before)
    sizes = np.abs(change)
    ranks = [float((sizes < s).sum() + ((sizes == s).sum() + 1) / 2) for s in sizes]
    moved = [rank for rank, c in zip(ranks, change, strict=True) if c]
    sums = np.array(
        [
            sum(s * r for s, r in zip(signs, moved, strict=True))
            for signs in itertools.product([0, 1], repeat=len(moved))
        ]
    )
    expected = min(
        1, 2 * min((sums <= found.positive_ranks).mean(), (sums >= found.positive_ranks).mean())
    )
    assert found.p == pytest.approx(expected)


@given(seed=st.integers(0, 200), people=st.integers(26, 60))
@settings(max_examples=20)
def test_many_people_are_tested_as_scipy_does(seed: int, people: int) -> None:
    rng = np.random.default_rng(seed)
    before, after = rng.integers(1, 6, people), rng.integers(2, 6, people)

    found = paired(before=before, after=after)

    theirs = wilcoxon(after - before, zero_method="pratt", correction=True, method="asymptotic")
    assert found.method == "normal"
    assert found.p == pytest.approx(theirs.pvalue, rel=0.15, abs=1e-3)
    assert min(found.positive_ranks, found.negative_ranks) == pytest.approx(theirs.statistic)


@given(
    before=st.lists(st.integers(1, 5), min_size=1, max_size=15),
    after=st.lists(st.integers(1, 5), min_size=1, max_size=15),
)
def test_superiority_counts_every_pair(before: list[int], after: list[int]) -> None:
    found = unpaired(before=before, after=after)

    wins = [(b > a) + (b == a) / 2 for a in before for b in after]
    assert found.superiority == pytest.approx(np.mean(wins))
    assert found.cliff_delta == pytest.approx(2 * np.mean(wins) - 1)
    assert 0 <= found.p <= 1


@given(people=totals)
@settings(max_examples=30, deadline=None)
def test_bounds_are_those_of_every_way_to_match(people: tuple[list[int], list[int]]) -> None:
    before, after = (np.array(side) // 2 + 1 for side in people)
    if before.sum() != after.sum() or before.sum() > 8:
        return

    found = from_totals(before=before, after=after)

    n = int(before.sum())
    every = list(_every_change(before, after))
    improved = [(change > 0).sum() / n for change in every]
    worse = [(change < 0).sum() / n for change in every]
    errors = [change.std(ddof=1) / math.sqrt(n) for change in every]
    assert (found.improved_lowest, found.improved_highest) == pytest.approx(
        (min(improved), max(improved))
    )
    assert (found.worse_lowest, found.worse_highest) == pytest.approx((min(worse), max(worse)))
    assert found.standard_error_lowest == pytest.approx(min(errors), abs=1e-7)
    assert found.standard_error_highest == pytest.approx(max(errors), abs=1e-7)


# ── Invariants ──


@given(pairs=answers)
def test_before_and_after_exchanged_is_the_opposite(pairs: list[tuple[int, int]]) -> None:
    before, after = zip(*pairs, strict=True)

    there, back = paired(before=before, after=after), paired(before=after, after=before)

    assert there.improved == back.worse
    assert there.p == pytest.approx(back.p)
    assert there.sign_p == pytest.approx(back.sign_p)
    assert there.rank_biserial == pytest.approx(-back.rank_biserial)
    assert there.typical_change == pytest.approx(-back.typical_change)
    assert (there.lowest, there.highest) == pytest.approx(
        (-_number(back.highest), -_number(back.lowest))
    )


@given(pairs=answers, seed=st.integers(0, 99))
def test_who_comes_first_does_not_matter(pairs: list[tuple[int, int]], seed: int) -> None:
    before, after = np.array(pairs).T
    order = np.random.default_rng(seed).permutation(len(before))

    assert paired(before=before, after=after) == paired(before=before[order], after=after[order])


@given(pairs=answers)
def test_shares_add_up_to_everybody(pairs: list[tuple[int, int]]) -> None:
    before, after = zip(*pairs, strict=True)

    found = paired(before=before, after=after)

    assert found.improved + found.same + found.worse == pytest.approx(1)
    assert -1 <= found.rank_biserial <= 1
    assert _number(found.lowest) <= found.typical_change <= _number(found.highest)


@given(pairs=answers)
@settings(deadline=None)
def test_bounds_from_totals_hold_what_was_true(pairs: list[tuple[int, int]]) -> None:
    before, after = np.array(pairs).T
    truth = paired(before=before, after=after)

    found = from_totals(
        before=np.bincount(before, minlength=6)[1:], after=np.bincount(after, minlength=6)[1:]
    )

    error = (after - before).std(ddof=1) / math.sqrt(len(before))
    assert found.mean_change == pytest.approx((after - before).mean())
    assert found.improved_lowest - 1e-9 <= truth.improved <= found.improved_highest + 1e-9
    assert found.worse_lowest - 1e-9 <= truth.worse <= found.worse_highest + 1e-9
    assert found.standard_error_lowest - 1e-7 <= error <= found.standard_error_highest + 1e-7


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20261122)
    covered = []
    for _ in range(600):
        found = paired(before=np.zeros(12), after=rng.normal(0.5, 1, 12))
        covered.append(_number(found.lowest) <= 0.5 <= _number(found.highest))

    assert np.mean(covered) >= 0.93


# ── Small, tied, still ──


def test_five_people_get_a_picture_and_no_p() -> None:
    found = paired(before=[1, 1, 2, 2, 3], after=[3, 3, 3, 4, 4])

    assert found.improved == 1
    assert (found.p, found.sign_p, found.lowest, found.highest) == (None, None, None, None)
    assert found.method == "too few"


def test_nobody_moved() -> None:
    found = paired(before=[3] * 8, after=[3] * 8)

    assert (found.same, found.p, found.sign_p, found.rank_biserial) == (1, 1, 1, 0)
    assert (found.lowest, found.typical_change, found.highest) == (0, 0, 0)


def test_zeros_are_ranked_by_pratt_and_left_out() -> None:
    found = paired(before=[1, 1, 1, 1, 1, 1], after=[1, 1, 2, 3, 4, 5])

    # Two zeros take the ranks 1 and 2.
    assert found.positive_ranks == 3 + 4 + 5 + 6
    assert found.p == pytest.approx(2 / 2**4)


def test_groups_that_all_answer_the_same_do_not_differ() -> None:
    found = unpaired(before=[2, 2], after=[2, 2, 2])

    assert (found.superiority, found.cliff_delta, found.p) == (0.5, 0, 1)


def test_one_person_has_no_standard_error() -> None:
    found = from_totals(before=[1, 0], after=[0, 1])

    assert (found.mean_change, found.improved_lowest) == (1, 1)
    assert math.isnan(found.standard_error_lowest)


def test_the_scale_may_have_its_own_steps() -> None:
    found = from_totals(before=[3, 0], after=[0, 3], scale=[0, 10])

    assert found.mean_change == 10


# ── Bad input ──


@pytest.mark.parametrize(
    ("before", "after"), [([], []), ([1, 2], [1]), ([1, math.nan], [1, 2]), ([math.inf], [1])]
)
def test_answers_that_cannot_be_paired_are_refused(before: Any, after: Any) -> None:
    with pytest.raises(ValueError, match="nswer"):
        paired(before=before, after=after)


def test_groups_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="Answers"):
        unpaired(before=[], after=[1])


@pytest.mark.parametrize(
    "given_totals",
    [
        {"before": [1, 2], "after": [1, 1]},
        {"before": [1, 2], "after": [1, 1, 1]},
        {"before": [0, 0], "after": [0, 0]},
        {"before": [-1, 2], "after": [1, 0]},
        {"before": [0.5, 0.5], "after": [1, 0]},
        {"before": [1, 2], "after": [2, 1], "scale": [2, 1]},
        {"before": [1, 2], "after": [2, 1], "scale": [1, 2, 3]},
    ],
)
def test_totals_that_cannot_be_are_refused(given_totals: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_totals(**given_totals)


def test_a_solver_that_gives_up_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    gave_up = SimpleNamespace(status=4, message="numerical difficulties")
    monkeypatch.setattr(distance_travelled, "linprog", lambda *_, **__: gave_up)

    with pytest.raises(ArithmeticError, match="numerical difficulties"):
        from_totals(before=[1, 2], after=[2, 1])


def test_confidence_is_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="Confidence"):
        paired(before=[1], after=[2], confidence=95)


# ── Slow and obvious ──


def _every_change(before: Any, after: Any) -> Iterator[Any]:
    """The changes of every way in which the people before can be those after."""
    start = np.repeat(np.arange(before.size), before)
    end = np.repeat(np.arange(after.size), after)
    for order in set(itertools.permutations(end.tolist())):
        yield np.array(order) - start


def _number(value: float | None) -> float:
    assert value is not None
    return value
