"""People and meetings as one network: who links which meetings, which meetings link whom.

Attendance is affiliation, not acquaintance: two people who *attended together* had the chance to
meet, and more is not claimed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from hereabouts.methods.networks.checks import Bools, Floats, Integers, as_attendance
from hereabouts.methods.networks.shortest import both_ways, passed, steps_between


@dataclass(frozen=True, kw_only=True, slots=True)
class TwoMode:
    """A figure for each person and one for each meeting."""

    people: Floats
    meetings: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Betweenness:
    """How many pairs each person and each meeting lies between; shares are of the most possible."""

    people: Floats
    meetings: Floats
    people_share: Floats
    meetings_share: Floats


def together(*, attended: ArrayLike) -> NDArray[np.int32]:
    """At how many meetings each two people attended together; 0 for a person with themselves.

    The one-mode projection, B Bᵀ without its diagonal. Shapes: people × meetings in, people ×
    people out. For meetings by people they share, pass the transpose.
    Source: Breiger, "The duality of persons and groups", Social Forces 53 (1974) 181–190.

    >>> together(attended=[[1, 1, 0], [1, 1, 1], [0, 0, 1]]).tolist()
    [[0, 2, 0], [2, 0, 1], [0, 1, 0]]
    """
    table = as_attendance(attended)
    # No count exceeds the meetings of who came most often; fewer bits a count are faster.
    kind = np.min_scalar_type(int(table.sum(axis=1).max()))
    counts: NDArray[np.int32] = (
        sparse.csr_array(table.astype(kind)) @ np.ascontiguousarray(table.T, dtype=kind)
    ).astype(np.int32)
    np.fill_diagonal(counts, 0)
    return counts


def newman(*, attended: ArrayLike) -> Floats:
    """The same, a meeting of d people counting 1 / (d − 1): small meetings bind more.

    A person's row sums to the number of their meetings at which anybody else was. Shapes: people ×
    meetings in, people × people out, 0 on the diagonal.
    Source: Newman, "Scientific collaboration networks II", Phys. Rev. E 64 (2001) 016132.

    >>> newman(attended=[[1, 1], [1, 1], [0, 1]]).tolist()
    [[0.0, 1.5, 0.5], [1.5, 0.0, 0.5], [0.5, 0.5, 0.0]]
    """
    table = as_attendance(attended)
    people = table.sum(axis=0)
    share = np.divide(1.0, people - 1, out=np.zeros(len(people)), where=people > 1)
    weights: Floats = sparse.csr_array(table.astype(np.float64)) @ (table * share).T
    np.fill_diagonal(weights, 0)
    return weights


def jaccard(*, attended: ArrayLike) -> Floats:
    """Meetings that two people attended together ÷ meetings that either attended; 0 to 1.

    0 where neither attended any, and on the diagonal. Shapes: people × meetings in, people ×
    people out. Source: Jaccard, New Phytologist 11 (1912) 37–50.

    >>> jaccard(attended=[[1, 1, 0], [1, 1, 1], [0, 0, 0]]).round(3).tolist()
    [[0.0, 0.667, 0.0], [0.667, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    table = as_attendance(attended)
    both, meetings = together(attended=table), table.sum(axis=1)
    either = meetings[:, None] + meetings[None, :] - both
    share: Floats = np.divide(both, either, out=np.zeros(both.shape), where=either > 0)
    return share


def degree(*, attended: ArrayLike) -> TwoMode:
    """The share of all meetings that a person attended, and of all people who were at a meeting.

    Source: Borgatti & Halgin, "Analyzing affiliation networks", Sage Handbook of Social Network
    Analysis (2011) 417–433: each side is measured against the size of the other.

    >>> shares = degree(attended=[[1, 1], [1, 0], [0, 0], [1, 0]])
    >>> shares.people.tolist(), shares.meetings.tolist()
    ([1.0, 0.5, 0.0, 0.5], [0.75, 0.25])
    """
    table = as_attendance(attended)
    return TwoMode(people=table.mean(axis=1), meetings=table.mean(axis=0))


def closeness(*, attended: ArrayLike) -> TwoMode:
    """How near each is to all others: 1 when as near as two sides allow, 0 when tied to nobody.

    The least possible sum of steps ÷ the sum of steps, over whom it reaches: the least is 1 step to
    each of the other side and 2 to each of its own; when it reaches all n people and m meetings,
    that is m + 2 (n − 1) for a person. Who does not reach all is scaled by the share of the others
    reached, (reached) ÷ (n + m − 1). Shapes: people × meetings in; see `TwoMode`.
    Sources: Borgatti & Halgin (2011), as `degree`; for the scaling, with the least likewise taken
    over those reached, Wasserman & Faust, "Social Network Analysis" (1994) p. 201.

    >>> near = closeness(attended=[[1, 1], [1, 0]])
    >>> near.people.round(3).tolist(), near.meetings.round(3).tolist()
    ([1.0, 0.667], [1.0, 0.667])
    """
    table = as_attendance(attended)
    into = both_ways(table.astype(np.float64))
    of_people = steps_between(into, side=0)
    of_meetings = steps_between(into, side=1)
    return TwoMode(
        people=_nearness(own=of_people[0], other=of_people[1]),
        meetings=_nearness(own=of_meetings[1], other=of_meetings[0]),
    )


def betweenness(*, attended: ArrayLike) -> Betweenness:
    """How many pairs, of people, of meetings and of both, each lies between on shortest paths.

    b(v) = Σ over pairs s, t of (shortest paths from s to t through v) ÷ (all shortest paths); each
    pair counts once. Shares are of the most that a network of as many people and meetings can
    have, by Borgatti & Halgin (2011); 0 where that is 0. It says where paths run, not who matters:
    do not rank people by it in public.

    People who attended exactly the same meetings lie between the same pairs: they are worked out
    once and counted as often as there are. Source: Freeman, Sociometry 40 (1977) 35–41; Brandes
    (2001), see `shortest`.

    >>> answer = betweenness(attended=[[1, 0], [1, 1], [0, 1]])
    >>> answer.people.tolist(), answer.meetings.tolist()
    ([0.0, 4.0, 0.0], [3.0, 3.0])
    """
    table = as_attendance(attended)
    first, alike, size = _alike(table)
    one_each = table[first].astype(np.float64)
    people_of, meetings_of = sparse.csr_array(one_each), sparse.csr_array(one_each.T * size)
    into = [people_of, meetings_of]
    meetings = one_each.sum(axis=1)
    attending = np.flatnonzero(meetings)

    from_people = passed(into, side=0, starts=attending, weight=size[attending])
    every_meeting = np.arange(table.shape[1])
    from_meetings = passed(into, side=1, starts=every_meeting, weight=np.ones(len(every_meeting)))
    # Two who attended exactly the same are two steps apart, through each of their meetings.
    among_alike = (size * (size - 1) / np.maximum(meetings, 1)) @ one_each

    between_people = ((from_people[0] + from_meetings[0]) / 2)[alike]
    between_meetings = (from_people[1] + from_meetings[1] + among_alike) / 2
    return Betweenness(
        people=between_people,
        meetings=between_meetings,
        people_share=between_people / max(_most_between(*table.shape), 1),
        meetings_share=between_meetings / max(_most_between(*table.shape[::-1]), 1),
    )


def _alike(table: Bools) -> tuple[Integers, Integers, Floats]:
    """One person of each kind of row; everybody's kind; how many there are of each kind."""
    packed = np.ascontiguousarray(np.packbits(table, axis=1))
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, alike, size = np.unique(
        rows, return_index=True, return_inverse=True, return_counts=True
    )
    return first, alike, size.astype(np.float64)


def _most_between(own: int, other: int) -> float:
    """The most pairs that one of `own` vertices can lie between, with `other` on the other side.

    Borgatti & Halgin (2011): all the others hang from it as evenly as can be.
    """
    each, left = divmod(own - 1, other)
    return (
        other**2 * (each + 1) ** 2
        + other * (each + 1) * (2 * left - each - 1)
        - left * (2 * each - left + 3)
    ) / 2


def _nearness(*, own: Floats, other: Floats) -> Floats:
    """The least sum of steps ÷ the sum, times the share of the others that are reached."""
    on_own, on_other = np.isfinite(own), np.isfinite(other)
    total = np.where(on_own, own, 0).sum(axis=1) + np.where(on_other, other, 0).sum(axis=1)
    # Everybody reaches themselves.
    own_reached, other_reached = on_own.sum(axis=1) - 1, on_other.sum(axis=1)
    share = (own_reached + other_reached) / (own.shape[1] - 1 + other.shape[1])
    least, nothing = 2 * own_reached + other_reached, np.zeros(len(total))
    near: Floats = np.divide(least * share, total, out=nothing, where=total > 0)
    return near
