"""Proportionate universalism: closed forms, what must always hold, and slow twins."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods.allocation import allocate, whole_units

AREAS = st.lists(st.tuples(st.integers(1, 900), st.integers(1, 80)), min_size=1, max_size=9)


@settings(deadline=None)
@given(areas=AREAS, budget=st.floats(0, 1e6), floor=st.floats(0, 1), exponent=st.floats(0, 4))
def test_the_formula_holds_and_spends_the_budget(
    areas: list[tuple[int, int]], budget: float, floor: float, exponent: float
) -> None:
    people, need = (np.array(column, dtype=float) for column in zip(*areas, strict=True))

    shared = allocate(people=people, need=need, budget=budget, floor=floor, exponent=exponent)

    mean = sum(need) / len(need)
    weight = [(level / mean) ** exponent * count for level, count in zip(need, people, strict=True)]
    by_hand = [
        budget * ((1 - floor) * part / sum(weight) + floor * count / sum(people))
        for part, count in zip(weight, people, strict=True)
    ]
    assert shared.amount == pytest.approx(np.array(by_hand))
    assert shared.amount.sum() == pytest.approx(budget)
    assert shared.difference.sum() == pytest.approx(0, abs=1e-9 * max(budget, 1))


@settings(deadline=None)
@given(areas=AREAS, floor=st.floats(0, 1), exponent=st.floats(0, 4), scale=st.floats(0.01, 99))
def test_more_need_is_never_less_a_head_and_only_ratios_count(
    areas: list[tuple[int, int]], floor: float, exponent: float, scale: float
) -> None:
    people, need = (np.array(column, dtype=float) for column in zip(*areas, strict=True))

    shared = allocate(people=people, need=need, budget=1000, floor=floor, exponent=exponent)
    scaled = allocate(people=people, need=scale * need, budget=1000, floor=floor, exponent=exponent)

    by_need = shared.per_head[np.argsort(need, kind="stable")]
    assert (np.diff(by_need) >= -1e-9).all()
    assert scaled.amount == pytest.approx(shared.amount)
    assert shared.concentration_index <= 1e-9


@settings(deadline=None)
@given(areas=AREAS, seed=st.integers(0, 9))
def test_the_order_of_areas_does_not_matter(areas: list[tuple[int, int]], seed: int) -> None:
    people, need = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    order = np.random.default_rng(seed).permutation(len(people))

    shared = allocate(people=people, need=need, budget=100, floor=0.3)
    shuffled = allocate(people=people[order], need=need[order], budget=100, floor=0.3)

    assert shuffled.amount == pytest.approx(shared.amount[order])
    assert shuffled.concentration_index == pytest.approx(shared.concentration_index, abs=1e-12)


@pytest.mark.parametrize(("floor", "exponent"), [(1, 2), (0, 0), (0.4, 0)])
def test_a_full_floor_or_no_exponent_is_equal_per_head(floor: float, exponent: float) -> None:
    shared = allocate(people=[100, 300], need=[9, 1], budget=800, floor=floor, exponent=exponent)

    assert shared.per_head == pytest.approx([2, 2])
    assert shared.concentration_index == pytest.approx(0, abs=1e-12)
    assert not shared.gains.any()
    assert not shared.loses.any()


def test_equal_need_has_index_nought() -> None:
    shared = allocate(people=[10, 20, 30], need=[4, 4, 4], budget=77, floor=0)

    assert shared.concentration_index == pytest.approx(0, abs=1e-12)
    assert shared.per_head_ratio == pytest.approx(1)


def test_all_to_the_worst_has_its_share_less_one() -> None:
    shared = allocate(people=[20, 80], need=[1, 0], budget=50, floor=0)

    assert shared.amount == pytest.approx([50, 0])
    assert shared.concentration_index == pytest.approx(0.2 - 1)
    assert shared.per_head_ratio is None


def test_who_gains_and_who_loses_is_said() -> None:
    shared = allocate(people=[100, 100, 100], need=[3, 2, 1], budget=600, floor=0.5)

    assert shared.amount == pytest.approx([250, 200, 150])
    assert shared.difference == pytest.approx([50, 0, -50])
    assert shared.gains.tolist() == [True, False, False]
    assert shared.loses.tolist() == [False, False, True]
    assert shared.per_head_ratio == pytest.approx(250 / 150)


def test_an_area_without_people_gets_nothing_and_one_area_gets_all() -> None:
    with_empty = allocate(people=[0, 50], need=[9, 1], budget=100, floor=0.2)
    alone = allocate(people=[7], need=[3], budget=21, floor=0)

    assert with_empty.amount == pytest.approx([0, 100])
    assert with_empty.per_head == pytest.approx([0, 2])
    assert alone.amount == pytest.approx([21])


def test_no_budget_shares_nothing() -> None:
    shared = allocate(people=[1, 2], need=[1, 2], budget=0, floor=0)

    assert shared.amount == pytest.approx([0, 0])
    assert (shared.concentration_index, shared.per_head_ratio) == (0, None)


def test_enormous_and_tiny_needs_do_not_overflow() -> None:
    shared = allocate(people=[1, 1], need=[1e300, 1e-300], budget=10, floor=0, exponent=5)

    assert shared.amount == pytest.approx([10, 0])


# ── Whole units ──


def slowly(quota: list[Fraction], need: list[int], units: int) -> list[int]:
    """Largest remainders in exact numbers, one unit at a time."""
    given_out = [math.floor(share) for share in quota]
    waiting = sorted(range(len(quota)), key=lambda i: (-(quota[i] - given_out[i]), -need[i], i))
    for area in waiting[: units - sum(given_out)]:
        given_out[area] += 1
    return given_out


@settings(deadline=None)
@given(areas=AREAS, units=st.integers(0, 500))
def test_whole_units_are_exact_largest_remainders(areas: list[tuple[int, int]], units: int) -> None:
    people, need = [area[0] for area in areas], [area[1] for area in areas]

    shared = allocate(people=people, need=need, budget=units, floor=0.5, whole=True)

    weight = sum(count * level for count, level in areas)
    quota = [
        units * (Fraction(count * level, weight) + Fraction(count, sum(people))) / 2
        for count, level in areas
    ]
    assert shared.amount.tolist() == slowly(quota, need, units)
    assert shared.amount.sum() == units
    assert all(abs(got - exact) < 1 for got, exact in zip(shared.amount, quota, strict=True))


def test_a_tied_unit_goes_to_greater_need_then_to_the_first_listed() -> None:
    assert whole_units(quota=[1.5, 1.5], need=[1, 2], units=3).tolist() == [1, 2]
    assert whole_units(quota=[1.5, 1.5], need=[2, 2], units=3).tolist() == [2, 1]


def test_quotas_that_are_whole_but_for_rounding_stay_whole() -> None:
    quota = np.array([0.29, 0.71]) * 100

    assert quota[0] < 29
    assert whole_units(quota=quota, need=[1, 2], units=100).tolist() == [29, 71]


@pytest.mark.parametrize(
    ("quota", "need", "units"),
    [
        ([], [], 0),
        ([1, 1], [1], 2),
        ([1, -1], [1, 1], 0),
        ([1, math.nan], [1, 1], 2),
        ([1, 1], [1, math.nan], 2),
        ([1, 1], [1, 1], 3),
        ([1], [1], -1),
    ],
)
def test_whole_units_refuse_what_does_not_add_up(
    quota: list[float], need: list[float], units: int
) -> None:
    with pytest.raises(ValueError, match=r"[Qq]uota|need"):
        whole_units(quota=quota, need=need, units=units)


@pytest.mark.parametrize(
    "changes",
    [
        {"people": [], "need": []},
        {"people": [1]},
        {"people": [0, 0]},
        {"people": [1, -1]},
        {"people": [1, math.nan]},
        {"need": [1, -1]},
        {"need": [1, math.inf]},
        {"need": [0, 0]},
        {"budget": -1},
        {"budget": math.nan},
        {"floor": -0.1},
        {"floor": 1.1},
        {"floor": math.nan},
        {"exponent": -1},
        {"exponent": math.inf},
        {"budget": 10.5, "whole": True},
    ],
)
def test_allocate_refuses_what_cannot_be_shared(changes: dict[str, object]) -> None:
    usual: dict[str, object] = {"people": [1, 2], "need": [1, 2], "budget": 10, "floor": 0.2}
    with pytest.raises(ValueError, match=r"[A-Z].*\.$"):
        allocate(**{**usual, **changes})  # type: ignore[arg-type]


def test_no_need_is_no_matter_when_need_does_not_count() -> None:
    shared = allocate(people=[1, 1], need=[0, 0], budget=10, floor=1)

    assert shared.amount == pytest.approx([5, 5])
