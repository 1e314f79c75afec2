"""The attacks and searches of the disclosure tests: slow, obvious, written on their own."""

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hereabouts.methods import disclosure
from hereabouts.methods.disclosure import (
    Table,
)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Working Paper 22 of the Federal Committee on Statistical Methodology: delinquent children.
DELINQUENT = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
ALPHA_4 = 3
# A survey in three languages: minutes of activity a week.
LANGUAGES = [[52, 71, 64, 20, 9], [9, 8, 6, 5, 3], [6, 5, 3, 2, 1]]

small_tables = st.integers(2, 4).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 14), min_size=columns, max_size=columns),
            min_size=rows,
            max_size=rows,
        )
    )
)


def triangle(parts: list[int]) -> Table:
    """Three counts and the sum of each two: tables linked so that whole numbers matter."""
    pairs = [(0, 1), (1, 2), (0, 2)]
    return disclosure.linked(
        tables=[disclosure.with_totals([parts[i], parts[j]]) for i, j in pairs],
        cells=[[i, j, 3 + number] for number, (i, j) in enumerate(pairs)],
    )


def ask_what_only_halves_answer() -> None:
    three = triangle([1, 1, 1])
    ones = disclosure.Known(
        lowest=np.array([0.0, 0, 0, 1, 1, 1]), highest=np.array([9.0, 9, 9, 1, 1, 1])
    )
    disclosure.feasible_intervals(sums=three.sums, known=ones, cells=[0])


def crowded() -> Table:
    return disclosure.with_totals(np.random.default_rng(0).integers(0, 40, (6, 5)))


def attacked_in_whole_numbers(
    table: Table, known: disclosure.Known, cell: int
) -> tuple[float, float]:
    ends = []
    for sign in (1, -1):
        objective = np.zeros(table.counts.size)
        objective[cell] = sign
        solved = milp(
            objective,
            constraints=LinearConstraint(table.sums.toarray(), 0, 0),
            bounds=Bounds(known.lowest, known.highest),
            integrality=np.ones(table.counts.size),
        )
        ends.append(float(round(solved.x[cell])))
    return ends[0], ends[1]


def published_pattern() -> Bools:
    is_hidden = np.zeros((5, 5), dtype=bool)
    is_hidden[0, 1:4] = is_hidden[1, 1:3] = True
    is_hidden[2:4, 0] = is_hidden[2:4, 3] = True
    return is_hidden.ravel()


def every_table(table: Table, is_hidden: Bools) -> Iterator[Ints]:
    """Every 2 x 3 table with its totals that agrees with what is shown."""
    rows, columns = (size - 1 for size in table.shape)
    true = table.counts.reshape(table.shape)
    hidden = is_hidden.reshape(table.shape)
    top = int(true[-1, -1])
    free = [(i, j) for i in range(rows) for j in range(columns) if hidden[i, j]]
    inner = true[:-1, :-1].copy()
    for values in sums_up_to([*free], top - int(inner[~hidden[:-1, :-1]].sum())):
        for (i, j), value in zip(free, values, strict=True):
            inner[i, j] = value
        full = disclosure.with_totals(inner).counts
        if (full[~is_hidden] == table.counts[~is_hidden]).all():
            yield full.copy()


def sums_up_to(places: list[tuple[int, int]], total: int) -> Iterator[tuple[int, ...]]:
    """All ways to share exactly `total` between the places."""
    if not places:
        if total == 0:
            yield ()
        return
    for value in range(total + 1) if len(places) > 1 else [total]:
        for rest in sums_up_to(places[1:], total - value):
            yield (value, *rest)


def attacked(table: Table, is_hidden: Bools, cell: int) -> tuple[float, float]:
    """The attack written out plainly: one dense program for each end."""
    bounds = [
        (0, None) if hidden else (count, count)
        for hidden, count in zip(is_hidden, table.counts, strict=True)
    ]
    ends = []
    for sign in (1, -1):
        objective = np.zeros(table.counts.size)
        objective[cell] = sign
        dense = table.sums.toarray()
        solved = linprog(objective, A_eq=dense, b_eq=np.zeros(len(dense)), bounds=bounds)
        ends.append(np.inf if solved.status == 3 else float(solved.x[cell]))
    return ends[0], ends[1]


def least_loss(table: Table) -> float:
    """Every pattern of a 2 x 2 table with totals, attacked one by one."""
    small = (table.counts > 0) & (table.counts < 5)
    extra = np.flatnonzero(table.counts >= 5)
    best = np.inf
    for chosen in itertools.product([False, True], repeat=len(extra)):
        is_hidden = small.copy()
        is_hidden[extra] = chosen
        cost = float(table.counts[is_hidden & ~small].sum())
        if cost < best and all_protected(table, is_hidden, small):
            best = cost
    return best


def all_protected(table: Table, is_hidden: Bools, small: Bools) -> bool:
    for cell in np.flatnonzero(small):
        lowest, highest = attacked(table, is_hidden, int(cell))
        if highest < 5 - 1e-6 or highest - lowest < 5 - 1e-6:
            return False
    return True


def margins_allow(cube: Ints, corner: int) -> bool:
    """A 2 x 2 x 2 cube with fixed two-way margins has one degree of freedom: its first corner."""
    step = corner - cube[0, 0, 0]
    signs = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    return bool((cube + step * signs >= 0).all())
