"""Rounding to a base: each count by itself, or so that the sums still hold.

Controlled rounding: find multiples r_i of the base with |r_i - a_i| < base (a multiple of the base
may not move), S r = 0, and least Σ |r_i - a_i|. Hidden cells take part as unknowns of any size from
0, so that nothing about them but their place reaches the result. A whole-number program (HiGHS); in
a two-way table there is always an answer. Where tables are linked there may be none, and then it is
an error.

Source: Cox, L. H. (1987), A constructive procedure for unbiased controlled rounding, Journal of the
American Statistical Association 82(398), 520-524; Salazar, J. J. (2005), Controlled rounding and
cell perturbation, Mathematical Programming 105, 583-603.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from hereabouts.methods.disclosure.tables import Ints, Table


class NotRoundable(ValueError):
    """No rounding that near to the counts keeps every sum."""


def round_each(*, counts: ArrayLike, base: int = 5) -> Ints:
    """Each count to its nearest multiple of `base`, halves up.

    >>> round_each(counts=[0, 7, 8, 12])
    array([ 0,  5, 10, 10])
    """
    values = np.asarray(counts, dtype=np.int64)
    if base < 1 or (values < 0).any():
        raise ValueError("Counts from 0 are rounded to multiples of 1 or more.")
    nearest: Ints = base * ((2 * values + base) // (2 * base))
    return nearest


def round_additively(
    *, table: Table, base: int = 5, is_hidden: ArrayLike | None = None, steps: int = 1
) -> Ints:
    """Multiples of `base` beside the counts whose sums hold; what is hidden or unseen becomes -1.

    `steps`: 1 for the multiples on either side of a count, 2 for one further on each side. Raises
    `NotRoundable` when there is no such rounding.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> round_additively(table=with_totals([[12, 3], [16, 14]])).reshape(3, 3)
    array([[10,  5, 15],
           [15, 15, 30],
           [25, 20, 45]])
    """
    if base < 1 or steps < 1:
        raise ValueError("Counts are rounded to multiples of 1 or more, one step away or more.")
    counts = table.counts
    hidden = np.zeros(counts.size, dtype=bool) if is_hidden is None else np.asarray(is_hidden)
    if hidden.size != counts.size:
        raise ValueError("Hidden or not must be said of every cell, once.")
    unseen = hidden.ravel().astype(bool) | ~table.is_released
    # In units of the base. Below and above: the multiples on either side, the same for a multiple.
    below, above = counts // base, -(-counts // base)
    is_between = above > below
    lowest = np.maximum(below - (steps - 1), 0)
    highest = above + (steps - 1)
    is_still = ~is_between & ((steps == 1) | (counts == 0))
    lowest, highest = np.where(is_still, below, lowest), np.where(is_still, below, highest)
    # |r - a| for whole r is its larger side; far from a only with further steps.
    size = counts.size
    far = sparse.eye_array(size, format="csr")
    here = counts / base
    seen = (~unseen).astype(float)
    solved = milp(
        np.concatenate([np.zeros(size), seen]),
        constraints=[
            LinearConstraint(
                sparse.hstack([table.sums, sparse.csr_array(table.sums.shape)]), 0.0, 0.0
            ),
            LinearConstraint(sparse.hstack([far, -far]), -np.inf, np.where(unseen, np.inf, here)),
            LinearConstraint(sparse.hstack([-far, -far]), -np.inf, np.where(unseen, np.inf, -here)),
        ],
        bounds=Bounds(
            np.concatenate([np.where(unseen, 0.0, lowest), np.zeros(size)]),
            np.concatenate([np.where(unseen, np.inf, highest), np.full(size, np.inf)]),
        ),
        integrality=np.concatenate([seen, np.zeros(size)]),
    )
    if solved.status == 2:
        raise NotRoundable(f"No multiples of {base} beside the counts keep every sum.")
    if solved.status != 0:
        raise ArithmeticError(f"The rounding was not found: {solved.message}")
    rounded: Ints = np.where(unseen, -1, base * np.round(solved.x[:size]).astype(np.int64))
    return rounded
