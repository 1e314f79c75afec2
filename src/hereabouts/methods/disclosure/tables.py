"""A table as numbers and the sums that tie them together.

An attacker does not see rows and columns but cells and sums: total = part + part + part. So a table
here is its cells in one line, totals among them, and one row of `sums` for each sum. Tables that
share cells become one table, and are attacked as one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class NotATable(ValueError):
    """The numbers are not counts, or do not add up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Counts of people, and the sums that they obey: `sums @ counts` is 0.

    `counts` (n): every cell, totals among them. `sums` (m x n): in each row +1 for the parts and -1
    for their total. `is_released` (n): False for cells that nobody is shown but that exist, and so
    limit what the others can be. `shape`: how `counts` fold back into the table they came from;
    for tables linked together, their number of cells.
    """

    counts: Ints
    sums: sparse.csr_array
    is_released: Bools
    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.counts.size:
            raise NotATable("A table has at least one cell.")
        if (self.counts < 0).any():
            raise NotATable("A count of people is not negative.")
        if np.any(self.sums @ self.counts):
            raise NotATable("The totals are not the sums of their parts.")


def with_totals(counts: ArrayLike) -> Table:
    """The table of `counts`, of any number of dimensions, with the total in each direction.

    Totals stand after the parts: a table of 2 x 3 becomes 3 x 4, the grand total last.

    >>> with_totals([[12, 3], [15, 14]]).counts.reshape(3, 3)
    array([[12,  3, 15],
           [15, 14, 29],
           [27, 17, 44]])
    """
    inner = _whole(counts)
    if inner.ndim == 0 or not inner.size:
        raise NotATable("A table has at least one row of one cell.")
    full = inner
    for axis in range(inner.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    numbers = np.arange(full.size).reshape(full.shape)
    lines = [
        np.moveaxis(numbers, axis, -1).reshape(-1, full.shape[axis]) for axis in range(full.ndim)
    ]
    return Table(
        counts=full.ravel(),
        sums=_sums_of(lines, size=full.size),
        is_released=np.ones(full.size, dtype=bool),
        shape=full.shape,
    )


def linked(*, tables: Sequence[Table], cells: Sequence[ArrayLike]) -> Table:
    """The tables as one: the same number in `cells` means the same count of the same people.

    `cells[k]` gives for each cell of `tables[k]` its number in the whole, from 0, none left out.
    A number that has different counts in two tables is an error.

    >>> by_age, by_sex = with_totals([3, 12]), with_totals([7, 8])
    >>> both = linked(tables=[by_age, by_sex], cells=[[0, 1, 4], [2, 3, 4]])
    >>> both.counts
    array([ 3, 12,  7,  8, 15])
    """
    if not tables or len(tables) != len(cells):
        raise NotATable("Each linked table needs the numbers of its cells.")
    numbers = [_whole(of_table).ravel() for of_table in cells]
    for table, of_table in zip(tables, numbers, strict=True):
        if len(of_table) != len(table.counts):
            raise NotATable("Each cell of a linked table needs one number.")
        if len(np.unique(of_table)) != len(of_table):
            raise NotATable("Two cells of one table cannot be the same cell.")
    size = 1 + max(int(of_table.max()) for of_table in numbers)
    if len(np.unique(np.concatenate(numbers))) != size:
        raise NotATable("The numbers of linked cells must run from 0 with none left out.")
    counts, is_released = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=bool)
    sums = []
    for table, of_table in zip(tables, numbers, strict=True):
        before = counts[of_table]
        if np.any((before >= 0) & (before != table.counts)):
            raise NotATable("One cell has two different counts.")
        counts[of_table] = table.counts
        is_released[of_table] |= table.is_released
        placed = sparse.coo_array(table.sums)
        row, column = placed.coords
        sums.append(
            sparse.csr_array((placed.data, (row, of_table[column])), (placed.shape[0], size))
        )
    return Table(
        counts=counts,
        sums=sparse.csr_array(sparse.vstack(sums)),
        is_released=is_released,
        shape=(size,),
    )


def released(*, counts: ArrayLike, by: Iterable[Sequence[int]]) -> Table:
    """Several tables of the same people, cut from one cube: language x age, language x sex …

    `counts` has a dimension for each question; `by` names the dimensions of each table released.
    The cells are those of the cube with all its totals, folded by `shape` (each dimension + 1, the
    total last). Released are the tables with their totals; the rest is counted as existing, unseen.

    >>> table = released(counts=[[12, 3], [15, 14]], by=[(0,), (1,)])
    >>> table.is_released.reshape(table.shape).astype(int)
    array([[0, 0, 1],
           [0, 0, 1],
           [1, 1, 1]])
    """
    cube = with_totals(counts)
    dimensions = len(cube.shape)
    seen = np.zeros(cube.shape, dtype=bool)
    for axes in by:
        if any(not 0 <= axis < dimensions for axis in axes):
            raise NotATable(f"There is no such dimension among {dimensions}.")
        for size in range(len(axes) + 1):
            for kept in combinations(axes, size):
                seen[tuple(slice(-1) if axis in kept else -1 for axis in range(dimensions))] = True
    if not seen.any():
        raise NotATable("No table is released.")
    return Table(counts=cube.counts, sums=cube.sums, is_released=seen.ravel(), shape=cube.shape)


def _whole(numbers: ArrayLike) -> Ints:
    array = np.asarray(numbers)
    if array.dtype == bool or not np.issubdtype(array.dtype, np.number) or np.iscomplexobj(array):
        raise NotATable("A table holds counts: whole numbers.")
    if not np.isfinite(array).all() or (array < 0).any() or (array != np.floor(array)).any():
        raise NotATable("A count of people is a whole number, 0 or more.")
    return array.astype(np.int64)


def _sums_of(lines: list[Ints], *, size: int) -> sparse.csr_array:
    """One row for each line of cells: +1 for its parts, -1 for its total, which stands last."""
    rows, columns, values, before = [], [], [], 0
    for of_axis in lines:
        many, length = of_axis.shape
        rows.append(np.repeat(np.arange(before, before + many), length))
        columns.append(of_axis.ravel())
        values.append(np.tile(np.append(np.ones(length - 1), -1.0), many))
        before += many
    where = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.concatenate(values), where), shape=(before, size))
