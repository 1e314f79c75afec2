"""Shortest paths from many starts at once, by sparse products instead of queues.

A network of two kinds of vertices (people and meetings) has two *sides*, and every step leads from
one side to the other; a network of one kind has one side. `into[side]` is the matrix that carries
figures held by the vertices of the other side to those of `side`. The vertices at 1, 2, 3 … steps
from a hundred starts are then found by as many products as the network is deep, which for meetings
is rarely more than six.

Source: U. Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25 (2001)
163–177, with the queue replaced by levels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from hereabouts.methods.networks.checks import Floats, Integers

# So many starts that what is worked on stays in the processor's cache.
STARTS_AT_ONCE = 64

Into = Sequence[sparse.csr_array]


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """The vertices of one side first reached after so many steps, from each start (columns).

    `paths` counts the shortest paths there, 0 for those not on this level; `is_here` is 1 or 0.
    """

    side: int
    steps: int
    paths: Floats
    is_here: Floats


def levels_from(into: Into, *, side: int, starts: Integers) -> Iterator[Level]:
    """What is reached from each of `starts` (vertices of `side`) after 1, 2, 3 … steps.

    Shapes: `paths` and `is_here` are vertices of the level's side × starts. Counts of paths are
    doubles: exact up to 2⁵³. Source: Brandes (2001), above.

    >>> line = sparse.csr_array(np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> levels = levels_from([line], side=0, starts=np.array([0]))
    >>> [level.paths.ravel().tolist() for level in levels]
    [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    to_come = [np.ones((matrix.shape[0], len(starts))) for matrix in into]
    paths = np.zeros_like(to_come[side])
    paths[starts, np.arange(len(starts))] = 1
    to_come[side] -= paths
    steps = 0
    while True:
        steps += 1
        side = (side + 1) % len(into)
        paths = into[side] @ paths
        paths *= to_come[side]
        # Counts of paths are whole: at least 1 wherever there is any.
        is_here = np.minimum(paths, 1)
        if not is_here.any():
            return
        to_come[side] -= is_here
        yield Level(side=side, steps=steps, paths=paths, is_here=is_here)


def passed(into: Into, *, side: int, starts: Integers, weight: Floats) -> list[Floats]:
    """How much each vertex lies between each start and everywhere else, for each side.

    A vertex lies between a start and a target by the share of their shortest paths that go through
    it; each start counts `weight` times. Targets count as often as `into` says.
    Source: Brandes (2001), the accumulation of pair-dependencies.

    >>> line = sparse.csr_array(np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> passed([line], side=0, starts=np.array([0, 1, 2]), weight=np.ones(3))[0].tolist()
    [0.0, 2.0, 0.0]
    """
    totals = [np.zeros(matrix.shape[0]) for matrix in into]
    for first in range(0, len(starts), STARTS_AT_ONCE):
        block = slice(first, first + STARTS_AT_ONCE)
        levels = list(levels_from(into, side=side, starts=starts[block]))
        beyond: Floats | None = None
        for level in reversed(levels):
            one_path = level.is_here / np.maximum(level.paths, 1)
            if beyond is None:
                beyond = one_path
                continue
            share = into[level.side] @ beyond
            totals[level.side] += (level.paths * share) @ weight[block]
            share *= level.is_here
            share += one_path
            beyond = share
    return totals


def steps_between(into: Into, *, side: int) -> list[Floats]:
    """Steps from every vertex of `side` (rows) to all of each side; infinite where no way leads.

    Shapes: for each side one array, vertices of `side` × vertices of that side.
    Source: breadth-first levels, as above.

    >>> line = sparse.csr_array(np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> steps_between([line], side=0)[0].tolist()
    [[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]
    """
    vertices = into[side].shape[0]
    steps = [np.full((vertices, matrix.shape[0]), np.inf) for matrix in into]
    np.fill_diagonal(steps[side], 0)
    for first in range(0, vertices, STARTS_AT_ONCE):
        starts = np.arange(first, min(first + STARTS_AT_ONCE, vertices))
        for level in levels_from(into, side=side, starts=starts):
            target = steps[level.side][starts]
            target[level.is_here.T > 0] = level.steps
            steps[level.side][starts] = target
    return steps


def both_ways(attended: Floats) -> list[sparse.csr_array]:
    """The two sides of attendance, people first: what the functions above take as `into`.

    Shapes: people × meetings in; matrices of people × meetings and meetings × people out.

    >>> [matrix.shape for matrix in both_ways(np.ones((3, 2)))]
    [(3, 2), (2, 3)]
    """
    return [sparse.csr_array(attended), sparse.csr_array(attended.T)]
