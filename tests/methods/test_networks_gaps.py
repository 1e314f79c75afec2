"""Who is missing: never met, not seen lately, linked by one person only; and who is represented."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from hereabouts.methods import networks
from tests.methods.networks import (
    Bools,
    attendances,
    davis,
    graph_of_attendance,
    slow_pieces,
    slow_steps,
)

FEW = settings(max_examples=60, deadline=None)

# ── Never met ──


@pytest.mark.open_data
def test_fourteen_pairs_of_davis_women_never_attended_together(open_data: Path) -> None:
    attended, women, _ = davis(open_data)

    answer = networks.never_met(attended=attended)

    assert (len(answer.pairs), answer.pairs_possible) == (153 - 139, 18 * 17 / 2)
    assert not answer.at_no_meeting.any()
    names = [{women[left], women[right]} for left, right in answer.pairs]
    assert {"Flora Price", "Laura Mandeville"} in names


@FEW
@given(attendances())
def test_pairs_that_never_met_are_those_without_a_shared_meeting(attended: Bools) -> None:
    answer = networks.never_met(attended=attended)

    came = [person for person in range(len(attended)) if attended[person].any()]
    expected = [
        [left, right]
        for left, right in combinations(came, 2)
        if not (attended[left] & attended[right]).any()
    ]
    assert answer.pairs.tolist() == expected
    assert answer.pairs_possible == len(list(combinations(came, 2)))
    assert np.flatnonzero(~answer.at_no_meeting).tolist() == came


# ── Last attendance ──


@FEW
@given(attendances(), st.data())
def test_last_attendance_equals_looking_through_every_meeting(
    attended: Bools, data: st.DataObject
) -> None:
    count = attended.shape[1]
    ago = data.draw(st.lists(st.integers(0, 900), min_size=count, max_size=count))
    today = np.datetime64("2026-11-23")

    answer = networks.last_attendance(
        attended=attended, held_on=[today - days for days in ago], on="2026-11-23"
    )

    for person, row in enumerate(attended):
        own = [days for days, came in zip(ago, row, strict=True) if came]
        if own:
            assert answer.days_ago[person] == min(own)
            assert answer.day[person] == today - min(own)
            assert answer.missed_since[person] == sum(days < min(own) for days in ago)
        else:
            assert np.isnan(answer.days_ago[person])
            assert np.isnat(answer.day[person])
            assert answer.missed_since[person] == count


@pytest.mark.parametrize(
    ("held_on", "sentence"),
    [
        (["2026-01-01"], "needs the day"),
        (["2026-01-01", "NaT"], "needs the day"),
        (["2026-01-01", "2026-12-01"], "not been held yet"),
    ],
)
def test_meetings_without_a_day_or_to_come_are_refused(held_on: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        networks.last_attendance(attended=[[1, 0]], held_on=held_on, on="2026-11-23")


# ── Single links ──


@FEW
@given(attendances())
def test_single_links_equal_taking_each_away_in_turn(attended: Bools) -> None:
    graph, people = graph_of_attendance(attended), len(attended)

    answer = networks.single_links(attended=attended)

    found = [*answer.pieces_without_person, *answer.pieces_without_meeting]
    for vertex, pieces in enumerate(found):
        component = [v for v, steps in enumerate(slow_steps(graph, vertex)[0]) if steps < 1e9]
        assert pieces == slow_pieces(graph, without=vertex, among=component)
    for meeting, hangs in enumerate(answer.hangs_on_one_person):
        assert hangs == any(found[person] > 1 for person in graph[people + meeting])


@pytest.mark.open_data
def test_no_davis_woman_holds_the_network_together_alone(open_data: Path) -> None:
    attended, _, _ = davis(open_data)

    answer = networks.single_links(attended=attended)

    assert (answer.pieces_without_person == 1).all()
    assert not answer.hangs_on_one_person.any()


def test_a_long_chain_does_not_run_out_of_stack() -> None:
    count = 3_000
    attended = np.eye(count, dtype=np.bool_) | np.eye(count, k=1, dtype=np.bool_)

    answer = networks.single_links(attended=attended)

    assert (answer.pieces_without_person[:-1] == 2).all()


# ── Introductions ──


def test_introductions_give_the_score_as_it_is_written_down() -> None:
    answer = networks.introductions(
        attended=[[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [0, 0, 0]],
        topics=[[1, 1, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1], [1, 1, 0], [1, 1, 1]],
        areas=[[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1], [0, 0, 1], [1, 1, 1]],
        group=["health", "sport", "sport", "sport", "health", "housing"],
        opted_out=[0, 0, 0, 1, 0, 0],
        at_most=3,
    )

    # topics × sector × reach × nearness; person 3 opted out, person 5 was at no meeting.
    assert answer.pairs.tolist() == [[1, 4], [0, 4], [0, 2]]
    assert answer.score == pytest.approx(
        [1 / 2 * 1 * 2 / 2 * 1, 2 / 2 * 1 / 2 * 3 / 3 * 1 / 2, 1 / 3 * 1 * 2 / 3 * 1]
    )
    assert answer.topics_shared.tolist() == [1, 2, 1]
    assert answer.areas_added.tolist() == [2, 3, 2]
    assert answer.is_across_groups.tolist() == [True, False, True]
    assert answer.go_betweens.tolist() == [1, 2, 1]


def slow_score(
    left: int, right: int, *, attended: Bools, topics: Bools, areas: Bools, group: list[int]
) -> float:
    either_topic = (topics[left] | topics[right]).sum()
    either_area = (areas[left] | areas[right]).sum()
    if not either_topic or not either_area:
        return 0.0
    steps = slow_steps(graph_of_attendance(attended), left)[0][right]
    between = steps / 2 - 1 if steps < float("inf") else len(attended) - 1
    return float(
        (topics[left] & topics[right]).sum()
        / either_topic
        * (1 if group[left] != group[right] else 0.5)
        * (areas[left] ^ areas[right]).sum()
        / either_area
        / between
    )


@FEW
@given(attendances(), st.data())
def test_introductions_equal_all_pairs_scored_one_by_one(
    attended: Bools, data: st.DataObject
) -> None:
    people = len(attended)
    random = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    topics, areas = random.random((people, 3)) < 0.6, random.random((people, 3)) < 0.5
    group, out = random.integers(0, 2, people).tolist(), random.random(people) < 0.2
    scores = {
        (left, right): slow_score(
            left, right, attended=attended, topics=topics, areas=areas, group=group
        )
        for left, right in combinations(range(people), 2)
        if not (attended[left] & attended[right]).any() and not out[left] and not out[right]
    }

    answer = networks.introductions(
        attended=attended, topics=topics, areas=areas, group=group, opted_out=out, at_most=100
    )

    found = {
        (left, right): s
        for (left, right), s in zip(answer.pairs.tolist(), answer.score, strict=True)
    }
    assert found == pytest.approx({pair: score for pair, score in scores.items() if score > 0})
    assert (np.diff(answer.score) <= 1e-12).all()
    for (left, right), shared, added in zip(
        answer.pairs, answer.topics_shared, answer.areas_added, strict=True
    ):
        assert shared == (topics[left] & topics[right]).sum()
        assert added == (areas[left] ^ areas[right]).sum()


def test_nobody_left_to_introduce_gives_no_pairs() -> None:
    everybody = [[1], [1]]

    answer = networks.introductions(
        attended=everybody,
        topics=everybody,
        areas=everybody,
        group=["a", "b"],
        opted_out=[0, 0],
        at_most=1,
    )

    assert answer.pairs.shape == (0, 2)
    assert answer.score.tolist() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"topics": [[1]]}, "Topics"),
        ({"topics": [1, 0]}, "Topics"),
        ({"areas": [[1], [2]]}, "Areas"),
        ({"group": ["a"]}, "one group"),
        ({"opted_out": [0]}, "Opting out"),
        ({"opted_out": [[0], [1]]}, "Opting out"),
        ({"at_most": 0}, "at least one introduction"),
    ],
)
def test_introductions_of_different_people_are_refused(
    change: dict[str, object], sentence: str
) -> None:
    asked: dict[str, object] = {
        "attended": [[1, 0], [0, 1]],
        "topics": [[1], [1]],
        "areas": [[1], [0]],
        "group": ["a", "b"],
        "opted_out": [0, 0],
        "at_most": 1,
    }

    with pytest.raises(ValueError, match=sentence):
        networks.introductions(**(asked | change))  # type: ignore[arg-type]


# ── Representation ──


def test_the_known_chi_square_is_reproduced() -> None:
    answer = networks.representation(observed=[16, 18, 16, 14, 12, 12], population=[1] * 6)

    expected = 88 / 6
    assert answer.chi_square == pytest.approx(
        sum((count - expected) ** 2 / expected for count in (16, 18, 16, 14, 12, 12))
    )
    assert answer.chi_square == pytest.approx(2.0)
    assert answer.p_value == pytest.approx(0.8491, abs=0.00005)
    assert (answer.degrees_of_freedom, answer.is_simulated) == (5, False)


def test_wilson_interval_solves_its_own_equation() -> None:
    answer = networks.representation(observed=[3, 0, 37], population=[10, 5, 85])

    z = 1.959963984540054
    for group, count in enumerate((3, 0, 37)):
        for end in (answer.lowest[group], answer.highest[group]):
            # The ends are where the observed share is just z standard errors away.
            assert (count / 40 - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / 40)
    assert answer.lowest[1] == 0


def test_a_simulated_p_value_is_near_the_exact_one() -> None:
    answer = networks.representation(observed=[3, 0, 0], population=[1, 1, 1])

    # Three people of one kind: 3 of the 3³ ways are as far from one each.
    assert answer.is_simulated
    assert answer.p_value == pytest.approx(3 / 27, abs=5 * (3 / 27 * 24 / 27 / 99_999) ** 0.5)


def test_who_did_not_say_bounds_every_share() -> None:
    answer = networks.representation(observed=[30, 10], population=[60, 40], not_said=10)

    assert answer.share.tolist() == [30 / 40, 10 / 40]
    assert answer.if_none.tolist() == [30 / 50, 10 / 50]
    assert answer.if_all.tolist() == [40 / 50, 20 / 50]
    assert answer.not_said_share == 10 / 50
    assert answer.ratio == pytest.approx([0.75 / 0.6, 0.25 / 0.4])
    assert answer.residual == pytest.approx(
        [(30 - 24) / (40 * 0.6 * 0.4) ** 0.5] * 2 * np.array([1, -1])
    )


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90)), min_size=2, max_size=6).filter(
        lambda groups: sum(count for count, _ in groups) > 0
    )
)
def test_representation_keeps_its_sums_and_its_scale(groups: list[tuple[int, int]]) -> None:
    observed, population = zip(*groups, strict=True)

    answer = networks.representation(observed=observed, population=population, draws=50)
    scaled = networks.representation(
        observed=observed, population=np.array(population) / 7, draws=50
    )

    assert answer.share.sum() == pytest.approx(1)
    assert (answer.lowest <= answer.share + 1e-12).all()
    assert (answer.share <= answer.highest + 1e-12).all()
    assert answer.ratio @ (np.array(population) / sum(population)) == pytest.approx(1)
    assert scaled.chi_square == pytest.approx(answer.chi_square, abs=1e-9)
    assert 0 < answer.p_value <= 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"observed": []}, "two or more groups"),
        ({"observed": [1]}, "two or more groups"),
        ({"observed": [1, 2, 3]}, "two or more groups"),
        ({"observed": [0, 0]}, "Nobody was observed"),
        ({"observed": [1.5, 1]}, "counted whole"),
        ({"observed": [-1, 1]}, "counted whole"),
        ({"observed": [float("nan"), 1]}, "counted whole"),
        ({"not_said": -1}, "counted whole"),
        ({"population": [0, 1]}, "above 0"),
        ({"population": [float("nan"), 1]}, "above 0"),
        ({"population": [float("inf"), 1]}, "above 0"),
        ({"confidence": 1}, "between 0 and 1"),
        ({"draws": 0}, "one draw"),
    ],
)
def test_what_cannot_be_compared_is_refused(change: dict[str, ArrayLike], sentence: str) -> None:
    asked: dict[str, ArrayLike] = {"observed": [4, 6], "population": [1, 1]}

    with pytest.raises(ValueError, match=sentence):
        networks.representation(**(asked | change))  # type: ignore[arg-type]
