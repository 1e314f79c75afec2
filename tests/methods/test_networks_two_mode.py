"""People and meetings as one network: shares, nearness, betweenness, projections, the backbone."""

from itertools import combinations, product
from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from hereabouts.methods import networks
from hereabouts.methods.networks import shortest
from tests.methods.networks import (
    attendances,
    davis,
    graph_of_attendance,
    slow_betweenness,
    slow_steps,
)

FEW = settings(max_examples=60, deadline=None)

# Borgatti & Halgin (2011), the Davis women: degree, closeness and betweenness, two decimals.
PUBLISHED = {
    "E8": (0.78, 0.85, 0.24),
    "E9": (0.67, 0.79, 0.23),
    "E7": (0.56, 0.73, 0.13),
    "E6": (0.44, 0.69, 0.07),
    "E5": (0.44, 0.59, 0.04),
    "E1": (0.17, 0.52, 0.00),
    "Nora Fayette": (0.57, 0.80, 0.11),
    "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Theresa Anderson": (0.57, 0.80, 0.09),
    "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Laura Mandeville": (0.50, 0.73, 0.05),
    "Helen Lloyd": (0.36, 0.73, 0.04),
    "Dorothy Murchison": (0.14, 0.65, 0.00),
    "Flora Price": (0.14, 0.59, 0.01),
}


def test_the_package_offers_all_that_it_names() -> None:
    assert sorted(networks.__all__) == networks.__all__
    assert all(getattr(networks, name).__doc__ for name in networks.__all__)


# ── Published answers ──


@pytest.mark.open_data
def test_davis_women_have_the_published_centralities(open_data: Path) -> None:
    attended, women, events = davis(open_data)

    shares = networks.degree(attended=attended)
    near = networks.closeness(attended=attended)
    between = networks.betweenness(attended=attended)

    assert attended.sum() == 89
    found = dict(
        zip(
            women + events,
            zip(
                np.concatenate([shares.people, shares.meetings]),
                np.concatenate([near.people, near.meetings]),
                np.concatenate([between.people_share, between.meetings_share]),
                strict=True,
            ),
            strict=True,
        )
    )
    for name, figures in PUBLISHED.items():
        assert found[name] == pytest.approx(figures, abs=0.005), name
    assert found["E8"][2] == pytest.approx(0.2438, abs=0.00005)


@pytest.mark.open_data
def test_davis_women_nearly_all_attended_together(open_data: Path) -> None:
    attended, women, _ = davis(open_data)

    both = networks.together(attended=attended)
    answer = networks.significant_pairs(attended=attended)

    assert np.count_nonzero(np.triu(both)) == 139
    assert answer.pairs_tested == 18 * 17 / 2
    # Evelyn and Theresa were each at 8 of the 14 events, 7 of them together.
    evelyn, theresa = women.index("Evelyn Jefferson"), women.index("Theresa Anderson")
    assert both[evelyn, theresa] == 7
    assert answer.p_value[evelyn, theresa] == pytest.approx(
        (comb(8, 7) * comb(6, 1) + comb(8, 8)) / comb(14, 8)
    )


# ── Betweenness, closeness, degree ──


@FEW
@given(attendances())
def test_betweenness_equals_the_definition_pair_by_pair(attended: NDArray[np.bool_]) -> None:
    answer = networks.betweenness(attended=attended)

    expected = slow_betweenness(graph_of_attendance(attended))
    assert np.concatenate([answer.people, answer.meetings]) == pytest.approx(expected, abs=1e-9)


def test_betweenness_equals_the_definition_when_starts_are_worked_on_in_turns() -> None:
    random = np.random.default_rng(20261122)
    attended = random.random((2 * shortest.STARTS_AT_ONCE + 7, 30)) < 0.06

    answer = networks.betweenness(attended=attended)

    expected = slow_betweenness(graph_of_attendance(attended))
    assert np.concatenate([answer.people, answer.meetings]) == pytest.approx(expected, abs=1e-9)


@FEW
@given(attendances())
def test_betweenness_adds_up_to_the_steps_between_all_pairs(attended: NDArray[np.bool_]) -> None:
    graph = graph_of_attendance(attended)

    answer = networks.betweenness(attended=attended)

    # On each shortest path of d steps there are d − 1 others in between.
    finite = [
        steps - 1
        for start in range(len(graph))
        for steps in slow_steps(graph, start)[0]
        if 0 < steps < float("inf")
    ]
    assert answer.people.sum() + answer.meetings.sum() == pytest.approx(sum(finite) / 2)


@FEW
@given(attendances())
def test_order_and_sides_do_not_change_betweenness(attended: NDArray[np.bool_]) -> None:
    answer = networks.betweenness(attended=attended)

    turned = networks.betweenness(attended=attended.T[::-1])

    assert turned.meetings == pytest.approx(answer.people)
    assert turned.people[::-1] == pytest.approx(answer.meetings)
    assert turned.people_share[::-1] == pytest.approx(answer.meetings_share)


@pytest.mark.parametrize(("people", "meetings"), [(1, 3), (2, 3), (3, 2), (3, 3), (4, 2)])
def test_the_greatest_share_of_betweenness_is_one(people: int, meetings: int) -> None:
    cells = product([False, True], repeat=people * meetings)
    greatest = max(
        networks.betweenness(attended=np.array(cell).reshape(people, meetings)).people_share.max()
        for cell in cells
    )

    assert greatest == pytest.approx(1)


def test_one_person_at_one_meeting_is_between_nobody() -> None:
    answer = networks.betweenness(attended=[[1]])

    assert answer.people.tolist() == answer.people_share.tolist() == [0]


@FEW
@given(attendances())
def test_closeness_equals_steps_counted_by_a_queue(attended: NDArray[np.bool_]) -> None:
    graph = graph_of_attendance(attended)
    people, meetings = attended.shape

    answer = networks.closeness(attended=attended)

    for vertex, found in enumerate(np.concatenate([answer.people, answer.meetings])):
        reached = [steps for steps in slow_steps(graph, vertex)[0] if 0 < steps < float("inf")]
        # An odd number of steps leads to the other side, where 1 is least; an even one at least 2.
        least, others = sum(2 - steps % 2 for steps in reached), people + meetings - 1
        expected = least / sum(reached) * len(reached) / others if reached else 0
        assert found == pytest.approx(expected)
        assert 0 <= found <= 1 + 1e-12


@FEW
@given(attendances())
def test_degree_shares_count_every_attendance(attended: NDArray[np.bool_]) -> None:
    answer = networks.degree(attended=attended)

    people, meetings = attended.shape
    assert answer.people.sum() * meetings == pytest.approx(attended.sum())
    assert answer.meetings.sum() * people == pytest.approx(attended.sum())


# ── Projections ──


@FEW
@given(attendances())
def test_projections_equal_sets_compared_one_by_one(attended: NDArray[np.bool_]) -> None:
    meetings = [set(np.flatnonzero(row).tolist()) for row in attended]
    size = attended.sum(axis=0)

    both = networks.together(attended=attended)
    alike = networks.jaccard(attended=attended)
    bound = networks.newman(attended=attended)

    assert not both.diagonal().any()
    assert not bound.diagonal().any()
    for left, right in combinations(range(len(attended)), 2):
        shared, either = meetings[left] & meetings[right], meetings[left] | meetings[right]
        assert both[left, right] == both[right, left] == len(shared)
        assert alike[left, right] == pytest.approx(len(shared) / max(len(either), 1))
        assert bound[left, right] == pytest.approx(sum(1 / (size[m] - 1) for m in shared))


@FEW
@given(attendances())
def test_newman_weights_add_up_to_meetings_in_company(attended: NDArray[np.bool_]) -> None:
    in_company = attended[:, attended.sum(axis=0) > 1].sum(axis=1)

    assert networks.newman(attended=attended).sum(axis=1) == pytest.approx(in_company)


@pytest.mark.parametrize("meetings", [255, 256, 65_535, 65_536])
def test_counts_beyond_eight_and_sixteen_bits_are_kept(meetings: int) -> None:
    attended = np.ones((3, meetings), dtype=np.bool_)
    attended[2, 5:] = False

    assert networks.together(attended=attended)[0].tolist() == [0, meetings, 5]


# ── The backbone ──


@FEW
@given(attendances())
def test_significance_equals_counting_all_ways_to_attend(attended: NDArray[np.bool_]) -> None:
    meetings = attended.shape[1]

    answer = networks.significant_pairs(attended=attended)

    for left, right in combinations(range(len(attended)), 2):
        fixed = set(np.flatnonzero(attended[left]).tolist())
        ways = list(combinations(range(meetings), int(attended[right].sum())))
        as_many = sum(len(fixed & set(way)) >= answer.together[left, right] for way in ways)
        assert answer.p_value[left, right] == pytest.approx(as_many / len(ways))
        assert answer.p_value[right, left] == answer.p_value[left, right]
    assert (answer.adjusted_p_value >= answer.p_value).all()
    assert not answer.is_significant.diagonal().any()


def test_two_who_always_come_together_stay_in_the_backbone() -> None:
    attended = np.zeros((3, 20), dtype=np.bool_)
    attended[:2, :10] = True
    attended[2, 5:15] = True

    answer = networks.significant_pairs(attended=attended)

    assert np.argwhere(answer.is_significant).tolist() == [[0, 1], [1, 0]]
    assert answer.adjusted_p_value[0, 1] == pytest.approx(3 / comb(20, 10))


def test_who_never_or_always_came_is_in_no_significant_pair() -> None:
    answer = networks.significant_pairs(attended=[[0, 0, 0], [1, 1, 1], [1, 1, 1]])

    assert (answer.p_value == 1).all()
    assert not answer.is_significant.any()


def test_one_person_has_no_pairs() -> None:
    answer = networks.significant_pairs(attended=[[1, 0]])

    assert answer.pairs_tested == 0
    assert answer.p_value.tolist() == [[1.0]]


def test_false_discovery_equals_the_step_up_rule() -> None:
    random = np.random.default_rng(7)
    for count in (1, 2, 5, 40):
        p_values = np.round(random.random(count) ** 2, 2)

        adjusted = networks.false_discovery(p_value=p_values)

        for level in (0.01, 0.05, 0.2, 0.7):
            ranked = sorted(p_values)
            kept = [k for k in range(1, count + 1) if ranked[k - 1] <= level * k / count + 1e-12]
            threshold = ranked[kept[-1] - 1] if kept else -1
            assert (adjusted <= level + 1e-12).tolist() == (p_values <= threshold).tolist()


def test_no_p_values_give_no_p_values() -> None:
    assert networks.false_discovery(p_value=[]).tolist() == []


# ── Bad input ──


@pytest.mark.parametrize(
    "attended",
    [[], [[]], [1, 0], [[2, 0]], [[0.5, 1]], [[float("nan"), 1]], [["yes", "no"]], [[-1, 1]]],
)
def test_what_is_not_attendance_is_refused(attended: object) -> None:
    for method in (
        networks.degree,
        networks.closeness,
        networks.betweenness,
        networks.together,
        networks.newman,
        networks.jaccard,
        networks.significant_pairs,
        networks.never_met,
        networks.single_links,
    ):
        with pytest.raises(ValueError, match="Attendance"):
            method(attended=attended)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", [0, 1, -0.1, float("nan")])
def test_a_level_outside_zero_to_one_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level is between"):
        networks.significant_pairs(attended=[[1]], level=level)


@pytest.mark.parametrize("p_value", [[1.1], [-0.1], [float("nan")], [[0.1]]])
def test_what_is_not_a_p_value_is_refused(p_value: list[float]) -> None:
    with pytest.raises(ValueError, match="P-values"):
        networks.false_discovery(p_value=p_value)
