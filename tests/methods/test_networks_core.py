"""Core and periphery: the best division, against all divisions and against integer programming."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from hereabouts.methods import networks
from hereabouts.methods.networks import core
from tests.methods.networks import Bools, Floats, one_way_ties, tobacco

FEW = settings(max_examples=60, deadline=None)
PATH = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]


def ideal(is_core: Bools) -> Floats:
    pattern = np.logical_or.outer(is_core, is_core).astype(np.float64)
    np.fill_diagonal(pattern, 0)
    return pattern


@pytest.mark.parametrize(("count", "in_core"), [(3, 1), (8, 3), (20, 18), (30, 7), (45, 43)])
def test_the_ideal_pattern_is_found_and_fits_wholly(count: int, in_core: int) -> None:
    random = np.random.default_rng(count)
    is_core = random.permutation(count) < in_core

    answer = networks.core_periphery(ties=ideal(is_core))

    assert answer.correlation == pytest.approx(1)
    assert answer.is_core.tolist() == is_core.tolist()
    assert answer.is_proven == (count <= core.EVERY_DIVISION_UP_TO)


def slow_core(ties: Floats) -> tuple[float, Bools]:
    """Every division compared, the smallest core and the first members first."""
    count, best = len(ties), (-2.0, np.zeros(0, dtype=np.bool_))
    off_diagonal = ~np.eye(count, dtype=np.bool_)
    for size in range(1, count - 1):
        for members in combinations(range(count), size):
            is_core = np.isin(np.arange(count), members)
            pattern = ideal(is_core)[off_diagonal]
            fit = float(np.corrcoef(ties[off_diagonal], pattern)[0, 1])
            if fit > best[0] + 1e-9:
                best = (fit, is_core)
    return best


@FEW
@given(one_way_ties(fewest=3))
def test_the_best_core_equals_the_best_of_all_divisions(ties: Floats) -> None:
    off_diagonal = ties[~np.eye(len(ties), dtype=np.bool_)]
    assume(np.ptp(off_diagonal) > 0)
    fit, is_core = slow_core(ties)

    answer = networks.core_periphery(ties=ties)

    assert answer.is_proven
    assert answer.correlation == pytest.approx(fit)
    assert answer.is_core.tolist() == is_core.tolist()
    assert networks.core_fit(ties=ties, is_core=is_core) == pytest.approx(fit)


@pytest.mark.open_data
def test_the_core_of_the_tobacco_partnership_is_the_best_there_is(open_data: Path) -> None:
    ties, _ = tobacco(open_data, layer="coll")

    answer = networks.core_periphery(ties=ties > 0)

    best = max(
        networks.core_fit(ties=ties > 0, is_core=fewest_outside(ties, size))
        for size in range(1, 24)
    )
    assert answer.correlation == pytest.approx(best)
    assert answer.correlation == pytest.approx(0.4285, abs=0.00005)
    assert (np.flatnonzero(answer.is_core) + 1).tolist() == [1, 2, 6, 7, 8, 13, 16, 24, 25]


def fewest_outside(ties: Floats, size: int) -> Floats:
    """A core of so many that leaves the fewest ties in the periphery, by integer programming."""
    count, (left, right) = len(ties), np.nonzero(np.triu(ties))
    tie = np.arange(len(left))
    # Each tie has an end in the core, or is left outside (a variable of its own, which costs 1).
    covered = np.zeros((len(left) + 1, count + len(left)))
    covered[tie, left] = covered[tie, right] = covered[tie, count + tie] = 1
    covered[-1, :count] = 1
    found = milp(
        np.repeat([0.0, 1.0], [count, len(left)]),
        constraints=LinearConstraint(
            covered,
            np.append(np.ones(len(left)), size),
            np.append(np.full(len(left), np.inf), size),
        ),
        integrality=np.repeat([1, 0], [count, len(left)]),
        bounds=Bounds(0, 1),
    )
    assert found.success
    return np.asarray(found.x[:count].round(), dtype=np.float64)


def test_the_search_for_large_networks_is_as_good_as_comparing_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(11)
    networks_tried = [np.triu(random.random((12, 12)) < 0.35, k=1) for _ in range(40)]
    proven = [networks.core_periphery(ties=ties | ties.T) for ties in networks_tried]

    monkeypatch.setattr(core, "EVERY_DIVISION_UP_TO", 2)
    found = [networks.core_periphery(ties=ties | ties.T) for ties in networks_tried]

    assert not any(answer.is_proven for answer in found)
    assert [answer.correlation for answer in found] == pytest.approx(
        [answer.correlation for answer in proven]
    )


@FEW
@given(one_way_ties(fewest=3), st.sampled_from([1e-6, 3.0]))
def test_the_unit_of_strength_does_not_matter_for_the_core(ties: Floats, times: float) -> None:
    assume(np.ptp(ties[~np.eye(len(ties), dtype=np.bool_)]) > 0)

    answer, other = (networks.core_periphery(ties=scaled) for scaled in (ties, ties * times))

    assert other.correlation == pytest.approx(answer.correlation)
    assert other.is_core.tolist() == answer.is_core.tolist()


@pytest.mark.parametrize("ties", [np.zeros((4, 4)), 1 - np.eye(4), 0.1 * (1 - np.eye(3))])
def test_where_all_pairs_are_tied_alike_there_is_no_core(ties: Floats) -> None:
    with pytest.raises(networks.NoPattern, match="tied alike"):
        networks.core_periphery(ties=ties)
    with pytest.raises(networks.NoPattern, match="tied alike"):
        networks.core_fit(ties=ties, is_core=[1] + [0] * (len(ties) - 1))


def test_two_members_have_no_core_and_periphery() -> None:
    with pytest.raises(ValueError, match="three members"):
        networks.core_periphery(ties=[[0, 1], [0, 0]])


@pytest.mark.parametrize("is_core", [[0] * 4, [1] * 4, [1, 1, 1, 0], [1, 0], [2, 0, 0, 0]])
def test_a_core_that_cannot_be_is_refused(is_core: list[int]) -> None:
    with pytest.raises(ValueError, match="core"):
        networks.core_fit(ties=PATH, is_core=is_core)
