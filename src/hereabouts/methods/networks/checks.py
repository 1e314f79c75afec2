"""What comes in: who attended what, who is tied to whom, which group each belongs to."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Sums and squares of stronger ties would overflow.
STRONGEST = 1e100


def as_attendance(attended: ArrayLike) -> Bools:
    """People × meetings, True where somebody attended; anything but yes and no is refused.

    >>> as_attendance([[1, 0], [1, 1]]).tolist()
    [[True, False], [True, True]]

    Shapes: one row a person (or an organisation), one column a meeting; at least one of each.
    """
    table = _as_yes_or_no(attended, "Attendance")
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError("Attendance needs at least one person and one meeting: a row each, by it.")
    return table


def as_ties(ties: ArrayLike) -> Floats:
    """Members × members, the strength of each tie, 0 for none; no tie to oneself.

    >>> as_ties([[0, 2], [2, 0]]).tolist()
    [[0.0, 2.0], [2.0, 0.0]]

    Shapes: square. Ties may be one-way: row i, column j is what i says of j.
    """
    strength = np.asarray(ties, dtype=np.float64)
    if strength.ndim != 2 or strength.shape[0] != strength.shape[1] or not strength.size:
        raise ValueError("Ties are a square table: a row and a column for each member.")
    if not ((strength >= 0) & (strength <= STRONGEST)).all():
        raise ValueError("A tie has a strength of 0 or more: no gaps, nothing negative or endless.")
    if strength.diagonal().any():
        raise ValueError("Nobody is tied to themselves: the diagonal is 0.")
    return strength


def as_mutual(ties: ArrayLike) -> Floats:
    """The same, where every tie goes both ways with the same strength.

    >>> as_mutual([[0, 1], [1, 0]]).tolist()
    [[0.0, 1.0], [1.0, 0.0]]

    Shapes: square and symmetric.
    """
    strength = as_ties(ties)
    if not np.array_equal(strength, strength.T):
        raise ValueError("These ties go both ways: row i, column j equals row j, column i.")
    return strength


def as_groups(group: ArrayLike, *, count: int) -> tuple[NDArray[np.generic], Integers]:
    """The names of the groups in order, and the number of each member's group.

    >>> names, number = as_groups(["health", "sport", "health"], count=3)
    >>> names.tolist(), number.tolist()
    (['health', 'sport'], [0, 1, 0])

    Shapes: one name (text or a number) for each of `count` members.
    """
    names = np.asarray(group)
    if names.shape != (count,):
        raise ValueError(f"Each of the {count} members has one group.")
    if names.dtype.kind not in "biuUS" and not (
        names.dtype.kind == "f" and np.isfinite(names).all()
    ):
        raise ValueError("A group is named by text or by a number, and is never missing.")
    found, number = np.unique(names, return_inverse=True)
    return found, number.astype(np.int64)


def as_marks(marks: ArrayLike, *, people: int, axes: int, of_what: str) -> Bools:
    """Yes or no for each person (`axes` 1), or for each person and topic or area (`axes` 2).

    >>> as_marks([0, 1], people=2, axes=1, of_what="Opting out").tolist()
    [False, True]

    Shapes: a list of `people`, or a table with `people` rows and any number of columns.
    """
    table = _as_yes_or_no(marks, of_what)
    if table.ndim != axes or len(table) != people:
        shape = "a list" if axes == 1 else "a table of rows and columns"
        raise ValueError(f"{of_what}: {shape}, with a row for each of the {people} people.")
    return table


def _as_yes_or_no(values: ArrayLike, of_what: str) -> Bools:
    table = np.asarray(values)
    if table.dtype == np.bool_:
        return table
    if table.dtype.kind not in "iuf" or not ((table == 0) | (table == 1)).all():
        raise ValueError(f"{of_what} is yes or no (1 or 0): not a count, and never missing.")
    return table.astype(np.bool_)
