"""The concentration index: a published answer, the covariance with rank, what always holds."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hereabouts.methods.inequality import concentration_of_groups, concentration_of_people

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
        [
            share[advantage < level].sum() + share[advantage == level].sum() / 2
            for level in advantage
        ]
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
    plain = concentration_of_groups(people=people, value=value)
    scaled = concentration_of_groups(people=people, value=scale * value)

    assert equal.index == pytest.approx(0, abs=1e-12)
    assert scaled.index == pytest.approx(plain.index, abs=1e-12)
    assert plain.index >= -1e-12


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
