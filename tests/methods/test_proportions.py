import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom, norm

from hereabouts.methods import proportions
from hereabouts.methods.proportions import from_survey, newcombe, wilson

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# ── Published answers ──


def test_wilson_81_of_263() -> None:
    share = wilson(having=81, people=263)

    assert share.estimate == pytest.approx(81 / 263)
    assert (share.lowest, share.highest) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "lowest", "highest"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_1998_table_2_method_10(
    first: tuple[int, int], second: tuple[int, int], lowest: float, highest: float
) -> None:
    found = newcombe(
        first=wilson(having=first[0], people=first[1]),
        second=wilson(having=second[0], people=second[1]),
    )

    assert (found.lowest, found.highest) == pytest.approx((lowest, highest), abs=5e-5)


def test_a_local_share_with_a_design_effect_is_five_points_either_way() -> None:
    # Active Lives: 27.5 % of 400, design effect 1.3.
    people = 400 / 1.3

    share = wilson(having=0.275 * people, people=people)

    assert (share.highest - share.lowest) / 2 == pytest.approx(0.05, abs=0.001)


# ── Slow twins ──


@given(count=counts)
def test_wilson_ends_are_where_the_score_test_turns(count: tuple[int, int]) -> None:
    having, people = count
    share, z = wilson(having=having, people=people), norm.ppf(0.975)

    def score(p: float) -> float:
        return float((having / people - p) ** 2 * people - z**2 * p * (1 - p))

    assert score(share.lowest) == pytest.approx(0, abs=1e-9 * people)
    assert score(share.highest) == pytest.approx(0, abs=1e-9 * people)


@given(count=counts.filter(lambda count: count[1] > 1))
def test_unweighted_answers_give_clopper_and_pearson_of_n_less_1(count: tuple[int, int]) -> None:
    having, people = count
    answers = [1] * having + [0] * (people - having)

    share = from_survey(has_it=answers)

    # p(1 - p)/V is n - 1 for a simple random sample, and n for none and all.
    effective = people if having in (0, people) else people - 1
    assert share.effective_people == pytest.approx(effective)
    if having == 0:
        assert share.highest == pytest.approx(1 - 0.025 ** (1 / people))
    elif having == people:
        assert share.lowest == pytest.approx(0.025 ** (1 / people))


@given(count=st.integers(30, 60).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))))
@settings(max_examples=20)
def test_clopper_and_pearson_are_the_binomial_tails(count: tuple[int, int]) -> None:
    having, people = count

    lowest, highest = proportions._clopper_pearson(having, people, 0.95)

    low = brentq(lambda p: binom.sf(having - 1, people, p) - 0.025, 1e-9, 1 - 1e-9, xtol=1e-13)
    high = brentq(lambda p: binom.cdf(having, people, p) - 0.025, 1e-9, 1 - 1e-9, xtol=1e-13)
    assert (lowest, highest) == pytest.approx((low, high))


def test_the_linearised_variance_is_the_sum_over_strata_written_out() -> None:
    rng = np.random.default_rng(20261122)
    has_it, weights = rng.integers(0, 2, 60), rng.uniform(0.5, 3, 60)
    units, strata = np.repeat(np.arange(12), 5), np.repeat([0, 1, 2], 20)

    share = from_survey(has_it=has_it, weights=weights, units=units, strata=strata)

    p = sum(weights * has_it) / sum(weights)
    variance = 0.0
    for stratum in range(3):
        totals = [
            sum(weights[i] * (has_it[i] - p) for i in range(60) if units[i] == unit) / sum(weights)
            for unit in range(4 * stratum, 4 * stratum + 4)
        ]
        mean = sum(totals) / 4
        variance += 4 / 3 * sum((total - mean) ** 2 for total in totals)
    assert share.estimate == pytest.approx(p)
    assert share.standard_error == pytest.approx(math.sqrt(variance))
    assert share.degrees_of_freedom == 12 - 3


# ── Invariants ──


@given(count=counts, more=st.integers(2, 9))
def test_more_people_with_the_same_share_are_surer(count: tuple[int, int], more: int) -> None:
    having, people = count

    few = wilson(having=having, people=people)
    many = wilson(having=more * having, people=more * people)

    assert 0 <= few.lowest <= few.estimate <= few.highest <= 1
    assert many.highest - many.lowest < few.highest - few.lowest


@given(left=counts, right=counts)
def test_a_difference_turned_round_is_its_opposite(
    left: tuple[int, int], right: tuple[int, int]
) -> None:
    first, second = (wilson(having=x, people=n) for x, n in (left, right))

    there, back = newcombe(first=first, second=second), newcombe(first=second, second=first)

    assert (there.lowest, there.highest) == pytest.approx((-back.highest, -back.lowest))
    assert there.is_clear == back.is_clear
    assert there.lowest <= there.estimate <= there.highest


def test_weights_have_no_scale_and_answers_no_order() -> None:
    rng = np.random.default_rng(5)
    has_it, weights, order = rng.integers(0, 2, 50), rng.uniform(1, 4, 50), rng.permutation(50)

    share = from_survey(has_it=has_it, weights=weights)
    again = from_survey(has_it=has_it[order], weights=1000 * weights[order])

    assert again.lowest == pytest.approx(share.lowest)
    assert again.highest == pytest.approx(share.highest)


def test_answers_that_come_in_clusters_tell_less() -> None:
    has_it = np.repeat(np.random.default_rng(5).integers(0, 2, 12), 10)

    alone = from_survey(has_it=has_it)
    clustered = from_survey(has_it=has_it, units=np.repeat(np.arange(12), 10))

    assert clustered.effective_people < alone.effective_people / 5
    assert clustered.highest - clustered.lowest > alone.highest - alone.lowest


def test_the_nominal_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20261122)
    having = rng.binomial(60, 0.3, 2000)

    shares = [wilson(having=int(x), people=60) for x in having]

    covered = np.mean([share.lowest <= 0.3 <= share.highest for share in shares])
    assert covered == pytest.approx(0.95, abs=0.02)


# ── What may be shown ──


@pytest.mark.parametrize(
    ("has_it", "reason"),
    [
        ([1] * 10 + [0] * 15, "fewer than 30 people"),
        ([1] * 20 + [0] * 20, "30 points wide"),
        ([1] * 2 + [0] * 98, "so small a share"),
    ],
)
def test_a_shaky_share_is_withheld_and_says_why(has_it: list[int], reason: str) -> None:
    share = from_survey(has_it=has_it)

    assert any(reason in sentence for sentence in share.withheld_because)


def test_few_effective_people_withhold_a_share() -> None:
    has_it = np.repeat([1, 0, 1, 0, 0, 1], 20)

    share = from_survey(has_it=has_it, units=np.repeat(np.arange(6), 20))

    assert any("tell as much as fewer" in sentence for sentence in share.withheld_because)
    assert share.has_few_degrees


def test_a_firm_share_is_shown() -> None:
    share = from_survey(has_it=[1] * 300 + [0] * 700)

    assert share.withheld_because == ()
    assert not share.has_few_degrees


def test_nobody_and_everybody_have_an_interval() -> None:
    nobody, everybody = from_survey(has_it=[0] * 40), from_survey(has_it=[1] * 40)

    assert (nobody.estimate, nobody.lowest, nobody.standard_error) == (0, 0, 0)
    assert everybody.lowest == pytest.approx(1 - nobody.highest)


# ── Bad input ──


@pytest.mark.parametrize(
    ("having", "people"), [(0, 0), (1, -1), (3, 2), (-1, 5), (math.nan, 5), (1, math.inf)]
)
def test_wilson_refuses_what_is_no_share(having: float, people: float) -> None:
    with pytest.raises(ValueError, match="people"):
        wilson(having=having, people=people)


@pytest.mark.parametrize("confidence", [0, 1, 95, math.nan])
def test_confidence_is_between_0_and_1(confidence: float) -> None:
    with pytest.raises(ValueError, match="Confidence"):
        wilson(having=1, people=2, confidence=confidence)
    with pytest.raises(ValueError, match="Confidence"):
        from_survey(has_it=[0, 1] * 20, confidence=confidence)


@pytest.mark.parametrize(
    "given_answers",
    [
        {"has_it": []},
        {"has_it": [0, 2]},
        {"has_it": [0, math.nan]},
        {"has_it": [0, 1], "weights": [1]},
        {"has_it": [0, 1], "weights": [1, -1]},
        {"has_it": [0, 1], "weights": [1, math.nan]},
        {"has_it": [0, 1], "weights": [0, 0]},
        {"has_it": [0, 1], "units": [1]},
        {"has_it": [0, 1], "units": [1, 1]},
        {"has_it": [0, 1, 1], "strata": [1, 1, 2]},
        {"has_it": [1]},
    ],
)
def test_answers_that_cannot_be_are_refused(given_answers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_survey(**given_answers)
