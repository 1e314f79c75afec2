"""Who is missing: never at a meeting, never together, not seen lately, linked by one person only.

These are prompts for an invitation or an introduction, made of facts that can be said aloud. They
rank pairs, never people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from hereabouts.methods.networks.checks import (
    Bools,
    Floats,
    Integers,
    as_attendance,
    as_groups,
    as_marks,
)
from hereabouts.methods.networks.shortest import both_ways, steps_between
from hereabouts.methods.networks.two_mode import together

# Assumption: two of the same sector gain half as much from an introduction as two of different.
SAME_GROUP_COUNTS = 0.5

Days = NDArray[np.datetime64]


@dataclass(frozen=True, kw_only=True, slots=True)
class NeverMet:
    """Who was at no meeting, and the pairs of others who never attended one together.

    `pairs` has a row of two people for each such pair, in order; `pairs_possible` counts all pairs
    of people who were at some meeting.
    """

    at_no_meeting: Bools
    pairs: Integers
    pairs_possible: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LastAttendance:
    """Of each person the last day attended (NaT: none), days since (NaN), meetings missed since.

    For a person who never came, every meeting is missed.
    """

    day: Days
    days_ago: Floats
    missed_since: Integers


@dataclass(frozen=True, kw_only=True, slots=True)
class SingleLinks:
    """Into how many pieces its part of the network falls without each person, each meeting.

    2 or more: others are linked by this one only. 1: they stay linked. 0: nobody was linked to it.
    `hangs_on_one_person`: the meeting is linked to some other meeting by one person only.
    """

    pieces_without_person: Integers
    pieces_without_meeting: Integers
    hangs_on_one_person: Bools


@dataclass(frozen=True, kw_only=True, slots=True)
class Introductions:
    """Pairs who have not attended together and might gain from it, best first, and why.

    `go_betweens`: the people between them on the shortest chain of meetings (infinite: no chain).
    """

    pairs: Integers
    score: Floats
    topics_shared: Integers
    areas_added: Integers
    is_across_groups: Bools
    go_betweens: Floats


def never_met(*, attended: ArrayLike) -> NeverMet:
    """Who has never been at a meeting, and which two people never at the same one.

    People at no meeting are listed as such and are in no pair. Not attending together is not proof
    of not knowing each other. Shapes: people × meetings in; see `NeverMet`.
    Source: the zeros of the one-mode projection, Breiger, Social Forces 53 (1974) 181–190.

    >>> answer = never_met(attended=[[1, 0], [1, 1], [0, 1], [0, 0]])
    >>> answer.at_no_meeting.tolist(), answer.pairs.tolist(), answer.pairs_possible
    ([False, False, False, True], [[0, 2]], 3)
    """
    table = as_attendance(attended)
    came: Bools = np.any(table, axis=1)
    is_apart = np.triu((together(attended=table) == 0) & np.outer(came, came), k=1)
    present = int(came.sum())
    return NeverMet(
        at_no_meeting=np.logical_not(came),
        pairs=np.argwhere(is_apart).astype(np.int64),
        pairs_possible=present * (present - 1) // 2,
    )


def last_attendance(*, attended: ArrayLike, held_on: ArrayLike, on: str) -> LastAttendance:
    """When each person last came, as seen on the day `on`.

    Meetings may be in any order; two may be on one day. Shapes: people × meetings, a day (ISO text
    or datetime64) for each meeting. Errors: a meeting without a day, or after `on`.
    Source: definition; `methods` counts whole days.

    >>> days = ["2026-01-10", "2026-02-10", "2026-03-10"]
    >>> answer = last_attendance(attended=[[1, 0, 0], [0, 0, 0]], held_on=days, on="2026-03-20")
    >>> answer.day.astype(str).tolist(), answer.days_ago.tolist(), answer.missed_since.tolist()
    (['2026-01-10', 'NaT'], [69.0, nan], [2, 3])
    """
    table = as_attendance(attended)
    days, today = np.asarray(held_on, dtype="datetime64[D]"), np.datetime64(on, "D")
    if days.shape != table.shape[1:] or np.isnat(days).any() or np.isnat(today):
        raise ValueError("Each meeting needs the day it was held on, and the view a day.")
    if (days > today).any():
        raise ValueError("A meeting after the day of viewing has not been held yet.")
    never = np.datetime64("NaT", "D")
    number = np.where(table, days.astype(np.int64), np.iinfo(np.int64).min).max(axis=1)
    came = table.any(axis=1)
    last = np.where(came, np.where(came, number, 0).astype("datetime64[D]"), never)
    ago = today.astype(np.int64) - number[came]
    days_ago = np.full(len(table), np.nan)
    days_ago[came] = ago
    return LastAttendance(
        day=last,
        days_ago=days_ago,
        missed_since=(days.astype(np.int64)[None, :] > number[:, None]).sum(axis=1),
    )


def single_links(*, attended: ArrayLike) -> SingleLinks:
    """Where the network hangs on one person or one meeting (its articulation points).

    Shapes: people × meetings in; see `SingleLinks`. Source: Hopcroft & Tarjan, "Algorithm 447:
    efficient algorithms for graph manipulation", Commun. ACM 16 (1973) 372–378.

    >>> answer = single_links(attended=[[1, 0], [1, 1], [0, 1]])  # the second holds both meetings
    >>> answer.pieces_without_person.tolist(), answer.pieces_without_meeting.tolist()
    ([1, 2, 1], [2, 2])
    >>> answer.hangs_on_one_person.tolist()
    [True, True]
    """
    table = as_attendance(attended)
    people = len(table)
    pieces = _pieces_without(table)
    is_link = pieces[:people] > 1
    hangs: Bools = np.any(table[is_link], axis=0)
    return SingleLinks(
        pieces_without_person=pieces[:people],
        pieces_without_meeting=pieces[people:],
        hangs_on_one_person=hangs,
    )


def introductions(
    *,
    attended: ArrayLike,
    topics: ArrayLike,
    areas: ArrayLike,
    group: ArrayLike,
    opted_out: ArrayLike,
    at_most: int,
) -> Introductions:
    """Which two who have not attended together might well meet, with what speaks for it.

    The score of a pair is a product of four figures from 0 to 1:

    - topics: those that both follow ÷ those that either follows;
    - sector: 1 across groups, ½ in the same group (an assumption of ours);
    - reach: areas that exactly one of them reaches ÷ areas that either reaches;
    - nearness: 1 ÷ people between them on the shortest chain of meetings; where no chain leads from
      one to the other, 1 ÷ (people − 1), less than any chain.

    A pair with a score of 0 is left out, and so is everybody who opted out. Equal scores stay in
    the order of the table. The score orders suggestions and means nothing else; say the reasons.

    Shapes: people × meetings, people × topics, people × areas, one group and one yes or no a
    person. Errors: tables of different lengths, values other than yes and no, `at_most` below 1.
    Source: the project's own rule (methods, networks); parts after Jaccard (1912).

    >>> answer = introductions(
    ...     attended=[[1, 0], [1, 1], [0, 1]], topics=[[1, 0], [1, 0], [1, 1]],
    ...     areas=[[1, 0], [1, 0], [0, 1]], group=["health", "sport", "sport"],
    ...     opted_out=[0, 0, 0], at_most=5,
    ... )
    >>> answer.pairs.tolist(), answer.score.tolist()  # 1 of 2 topics, across, both areas, 1 between
    ([[0, 2]], [0.5])
    """
    table = as_attendance(attended)
    people = len(table)
    follows = as_marks(topics, people=people, axes=2, of_what="Topics")
    reaches = as_marks(areas, people=people, axes=2, of_what="Areas")
    _, number = as_groups(group, count=people)
    is_out = as_marks(opted_out, people=people, axes=1, of_what="Opting out")
    if at_most < 1:
        raise ValueError("Ask for at least one introduction.")

    is_open = np.triu((together(attended=table) == 0) & ~np.logical_or.outer(is_out, is_out), k=1)
    left, right = np.nonzero(is_open)
    between = steps_between(both_ways(table.astype(np.float64)), side=0)[0][left, right] / 2 - 1
    nearness = 1 / np.where(np.isfinite(between), between, max(people - 1, 1))
    topics_shared, topics_either = _in_common(follows, left, right)
    areas_shared, areas_either = _in_common(reaches, left, right)
    is_across = number[left] != number[right]
    score = (
        _share(topics_shared, topics_either)
        * np.where(is_across, 1, SAME_GROUP_COUNTS)
        * _share(areas_either - areas_shared, areas_either)
        * nearness
    )
    best = np.argsort(-score, kind="stable")[:at_most]
    best = best[score[best] > 0]
    return Introductions(
        pairs=np.column_stack([left, right])[best].astype(np.int64),
        score=score[best],
        topics_shared=topics_shared[best],
        areas_added=(areas_either - areas_shared)[best],
        is_across_groups=is_across[best],
        go_betweens=between[best],
    )


def _in_common(
    marks: Bools, left: NDArray[np.intp], right: NDArray[np.intp]
) -> tuple[Integers, Integers]:
    """How many both have, and how many either has."""
    counts = marks.astype(np.int64)
    has, shared = counts.sum(axis=1), (counts @ counts.T)[left, right]
    return shared, has[left] + has[right] - shared


def _share(part: Integers, whole: Integers) -> Floats:
    share: Floats = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return share


def _pieces_without(table: Bools) -> Integers:
    """For each vertex (people, then meetings) the pieces that are left of its component.

    Depth first: a child's subtree that does not lead back above its parent is a piece of its own.
    """
    people, meetings = table.shape
    links = sparse.csr_array(table)
    neighbours = [(people + found).tolist() for found in _rows(links)]
    neighbours += [found.tolist() for found in _rows(sparse.csr_array(table.T))]
    seen_as, leads_to = [0] * (people + meetings), [0] * (people + meetings)
    pieces = np.zeros(people + meetings, dtype=np.int64)
    clock = 0
    for root in range(people + meetings):
        if seen_as[root]:
            continue
        clock += 1
        seen_as[root] = leads_to[root] = clock
        trail: list[tuple[int, int, Iterator[int]]] = [(root, -1, iter(neighbours[root]))]
        while trail:
            vertex, parent, left = trail[-1]
            for neighbour in left:
                if not seen_as[neighbour]:
                    clock += 1
                    seen_as[neighbour] = leads_to[neighbour] = clock
                    trail.append((neighbour, vertex, iter(neighbours[neighbour])))
                    break
                if neighbour != parent:
                    leads_to[vertex] = min(leads_to[vertex], seen_as[neighbour])
            else:
                trail.pop()
                if parent >= 0:
                    # What lies above it is one piece; its own subtree may be one of its parent's.
                    pieces[vertex] += 1
                    leads_to[parent] = min(leads_to[parent], leads_to[vertex])
                    pieces[parent] += leads_to[vertex] >= seen_as[parent]
    return pieces


def _rows(links: sparse.csr_array) -> list[NDArray[np.int64]]:
    """The columns that each row has, row by row."""
    return np.split(links.indices.astype(np.int64), links.indptr[1:-1])
