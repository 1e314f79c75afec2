"""Ties: structural holes, who lies between, sectors, core and periphery."""

from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hereabouts.methods import networks
from tests.methods.networks import (
    Floats,
    graph_of_ties,
    one_way_ties,
    slow_betweenness,
    tobacco,
)

FEW = settings(max_examples=60, deadline=None)
NAMES = "ABCDEFG"
PATH = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]


def mutual(pairs: str, *, members: str = NAMES) -> Floats:
    """Ties of strength 1 both ways, from "AB AC …"."""
    ties = np.zeros((len(members), len(members)))
    for pair in pairs.split():
        left, right = members.index(pair[0]), members.index(pair[1])
        ties[left, right] = ties[right, left] = 1
    return ties


BURT = mutual("AB AF AG AE EG FG BG BD DG GC")

# ── Structural holes ──


def test_burts_example_has_the_published_effective_size() -> None:
    answer = networks.structural_holes(ties=BURT)

    # Borgatti (1997): G has 6 contacts with 4 ties among them, 6 − 2 × 4 ÷ 6 = 4.67.
    assert answer.effective_size[NAMES.index("G")] == pytest.approx(6 - 2 * 4 / 6)
    assert answer.efficiency[NAMES.index("G")] == pytest.approx((6 - 2 * 4 / 6) / 6)
    assert answer.contacts.tolist() == [4, 3, 1, 2, 2, 2, 6]


def test_burts_example_has_the_known_constraints() -> None:
    answer = networks.structural_holes(ties=BURT)

    assert answer.constraint == pytest.approx(
        [0.5955, 0.6427, 1.0, 0.7847, 0.7309, 0.7309, 0.4003], abs=0.00005
    )


def test_a_closed_triangle_is_as_constrained_as_can_be_worked_out_by_hand() -> None:
    answer = networks.structural_holes(ties=mutual("AB BC CA", members="ABC"))

    # Half directly and half of a half through the other, for each of two contacts.
    assert answer.constraint == pytest.approx([2 * (1 / 2 + 1 / 2 * 1 / 2) ** 2] * 3)
    assert answer.effective_size == pytest.approx([2 - 2 * 1 / 2] * 3)


@FEW
@given(one_way_ties())
def test_structural_holes_equal_the_sums_written_out(ties: Floats) -> None:
    count, both = len(ties), ties + ties.T

    answer = networks.structural_holes(ties=ties)

    for i in range(count):
        contacts = [j for j in range(count) if both[i, j]]
        if not contacts:
            assert np.isnan(answer.constraint[i])
            assert np.isnan(answer.effective_size[i])
            assert np.isnan(answer.efficiency[i])
            continue
        constraint, effective = 0.0, 0.0
        for j in contacts:
            shared = [q for q in range(count) if q not in {i, j}]
            detour = sum(share(both, i, q) * share(both, q, j) for q in shared)
            constraint += (share(both, i, j) + detour) ** 2
            effective += 1 - sum(share(both, i, q) * both[j, q] / max(both[j]) for q in shared)
        assert answer.constraint[i] == pytest.approx(constraint)
        assert answer.effective_size[i] == pytest.approx(effective)
        assert answer.efficiency[i] == pytest.approx(effective / len(contacts))


def share(both: Floats, left: int, right: int) -> float:
    return float(both[left, right] / both[left].sum()) if both[left].sum() else 0.0


@FEW
@given(one_way_ties(), st.sampled_from([1e-6, 3.0, 1e99]))
def test_the_unit_of_strength_does_not_matter_for_holes(ties: Floats, times: float) -> None:
    assume(ties.max() * times <= 1e100)
    answer = networks.structural_holes(ties=ties)

    other = networks.structural_holes(ties=ties * times)

    assert other.constraint == pytest.approx(answer.constraint, nan_ok=True)
    assert other.effective_size == pytest.approx(answer.effective_size, nan_ok=True)


# ── Who lies between ──


@FEW
@given(one_way_ties())
def test_brokerage_equals_the_definition_pair_by_pair(ties: Floats) -> None:
    both = ties + ties.T

    answer = networks.brokerage(ties=both)

    assert answer == pytest.approx(slow_betweenness(graph_of_ties(both)), abs=1e-9)


def test_the_middle_of_a_star_lies_between_all_pairs() -> None:
    star = mutual("AB AC AD AE", members="ABCDE")

    assert networks.brokerage(ties=star).tolist() == [4 * 3 / 2, 0, 0, 0, 0]


def test_ties_that_go_one_way_are_refused_for_brokerage() -> None:
    with pytest.raises(ValueError, match="both ways"):
        networks.brokerage(ties=[[0, 1], [0, 0]])


# ── Sectors ──


@pytest.mark.open_data
def test_tobacco_partners_collaborate_across_kinds_of_agency(open_data: Path) -> None:
    ties, kinds = tobacco(open_data, layer="coll")

    answer = networks.ei_index(ties=ties > 0, group=kinds, draws=999)
    blocks = networks.between_groups(ties=ties, group=kinds, smallest_group=1)

    # 161 ties, each in both directions. Of contractors (12 of the 25) 39 pairs of 66 are tied.
    assert answer.external + answer.internal == pytest.approx(2 * 161)
    inside = int(blocks.tied_pairs.trace())
    assert answer.index == pytest.approx((161 - 2 * inside) / 161)
    assert (blocks.members[1], blocks.tied_pairs[1, 1], blocks.pairs[1, 1]) == (12, 39, 66)
    assert blocks.tied_pairs[np.triu_indices(6)].sum() == 161
    pairs_inside = sum(n * (n - 1) / 2 for n in (1, 12, 3, 2, 3, 4))
    assert answer.expected == pytest.approx(1 - 2 * pairs_inside / (25 * 24 / 2))


@FEW
@given(one_way_ties(fewest=3, most=5), st.data())
def test_the_expected_index_is_the_mean_over_all_permutations(
    ties: Floats, data: st.DataObject
) -> None:
    group = data.draw(st.lists(st.sampled_from("ab"), min_size=len(ties), max_size=len(ties)))
    assume(ties.any() and len(set(group)) == 2)
    every = [slow_ei(ties, list(other)) for other in permutations(group)]

    answer = networks.ei_index(ties=ties, group=group, draws=2_000)

    assert answer.index == pytest.approx(slow_ei(ties, group))
    assert answer.expected == pytest.approx(np.mean(every))
    far = abs(slow_ei(ties, group) - np.mean(every)) - 1e-9
    exactly = np.mean([abs(index - np.mean(every)) >= far for index in every])
    # Within five standard errors of 2,000 draws.
    assert answer.p_value == pytest.approx(exactly, abs=5 * 0.5 / 2_000**0.5)


def slow_ei(ties: Floats, group: list[str]) -> float:
    external = internal = 0.0
    for i, j in permutations(range(len(ties)), 2):
        if group[i] == group[j]:
            internal += ties[i, j]
        else:
            external += ties[i, j]
    return (external - internal) / (external + internal)


@FEW
@given(one_way_ties(fewest=3, most=6), st.data())
def test_the_index_of_members_and_groups_is_counted_tie_by_tie(
    ties: Floats, data: st.DataObject
) -> None:
    group = data.draw(st.lists(st.sampled_from("ab"), min_size=len(ties), max_size=len(ties)))
    assume(ties.any() and len(set(group)) == 2)

    answer = networks.ei_index(ties=ties, group=group, draws=1)

    def index(is_counted: Callable[[int, int], bool]) -> float:
        counted = [(i, j) for i, j in permutations(range(len(ties)), 2) if is_counted(i, j)]
        external = sum(ties[i, j] for i, j in counted if group[i] != group[j])
        internal = sum(ties[i, j] for i, j in counted if group[i] == group[j])
        total = external + internal
        return float((external - internal) / total) if total else float("nan")

    of_member = [index(lambda i, j, m=m: m in {i, j}) for m in range(len(ties))]  # type: ignore[misc]
    of_group = [index(lambda i, j, g=g: g in {group[i], group[j]}) for g in "ab"]  # type: ignore[misc]
    assert answer.of_member == pytest.approx(of_member, nan_ok=True)
    assert answer.of_group == pytest.approx(of_group, nan_ok=True)


def test_the_same_seed_gives_the_same_p_value_and_more_than_one_turn_of_draws() -> None:
    first, second = (
        networks.ei_index(ties=PATH, group=list("aabb"), draws=1_000, seed=5) for _ in range(2)
    )

    assert first.p_value == second.p_value
    assert first.p_value == round(first.p_value * 1_001) / 1_001


def test_no_ties_and_one_group_have_no_index() -> None:
    with pytest.raises(networks.NoTies, match="Nobody is tied"):
        networks.ei_index(ties=np.zeros((3, 3)), group=["a", "a", "b"])
    with pytest.raises(networks.OneGroup, match="no tie could be otherwise"):
        networks.ei_index(ties=PATH, group=["a"] * 4)
    with pytest.raises(networks.OneGroup, match="no tie could be otherwise"):
        networks.ei_index(ties=PATH, group=[1, 2, 3, 4])


def test_at_least_one_draw_is_made() -> None:
    with pytest.raises(ValueError, match="one draw"):
        networks.ei_index(ties=PATH, group=list("aabb"), draws=0)


@FEW
@given(one_way_ties(), st.data())
def test_pairs_between_groups_equal_pairs_counted_one_by_one(
    ties: Floats, data: st.DataObject
) -> None:
    group = data.draw(st.lists(st.integers(1, 3), min_size=len(ties), max_size=len(ties)))

    answer = networks.between_groups(ties=ties, group=group, smallest_group=1)

    names = sorted(set(group))
    assert answer.groups.tolist() == names
    for a, left in enumerate(names):
        for b, right in enumerate(names):
            pairs = [
                (i, j)
                for i, j in combinations(range(len(ties)), 2)
                if sorted((group[i], group[j])) == sorted((left, right))
            ]
            tied = sum(bool(ties[i, j] or ties[j, i]) for i, j in pairs)
            assert (answer.pairs[a, b], answer.tied_pairs[a, b]) == (len(pairs), tied)
            assert answer.is_never[a, b] == (bool(pairs) and not tied)
            expected = tied / len(pairs) if pairs else float("nan")
            assert answer.tied_share[a, b] == pytest.approx(expected, nan_ok=True)


def test_small_groups_are_not_shown() -> None:
    answer = networks.between_groups(ties=PATH, group=["a", "a", "a", "b"], smallest_group=2)

    assert answer.is_shown.tolist() == [[True, False], [False, False]]
    assert answer.tied_pairs.tolist() == [[2, 0], [0, 0]]
    assert np.isnan(answer.tied_share).tolist() == [[False, True], [True, True]]
    assert not answer.is_never.any()


def test_a_smallest_group_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 member"):
        networks.between_groups(ties=PATH, group=list("aabb"), smallest_group=0)


@pytest.mark.parametrize(
    "group", [["a", "b"], [["a", "b", "c", "d"]], ["a", None, "b", "c"], [1, float("nan"), 2, 3]]
)
def test_groups_that_are_missing_are_refused(group: object) -> None:
    with pytest.raises(ValueError, match="group"):
        networks.ei_index(ties=PATH, group=group)  # type: ignore[arg-type]


# ── Bad input ──


@pytest.mark.parametrize(
    "ties",
    [
        [],
        [0, 1],
        [[0, 1, 0], [1, 0, 0]],
        [[0, -1], [1, 0]],
        [[0, float("nan")], [1, 0]],
        [[0, float("inf")], [1, 0]],
        [[1, 1], [1, 0]],
    ],
)
def test_what_is_not_a_table_of_ties_is_refused(ties: object) -> None:
    group = ["a", "b"]
    for refused in (
        lambda: networks.structural_holes(ties=ties),  # type: ignore[arg-type]
        lambda: networks.brokerage(ties=ties),  # type: ignore[arg-type]
        lambda: networks.core_periphery(ties=ties),  # type: ignore[arg-type]
        lambda: networks.ei_index(ties=ties, group=group),  # type: ignore[arg-type]
        lambda: networks.between_groups(ties=ties, group=group, smallest_group=1),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match=r"tie|Tie|tied"):
            refused()
