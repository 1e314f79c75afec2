"""What anyone can work out from a published table: the attack that every table must withstand.

Whoever reads a table knows the cells that are shown, that every sum holds, and that people are
counted in whole numbers from 0. For a hidden cell k that leaves the interval

    lowest_k, highest_k = min x_k, max x_k   over   S x = 0,  l ≤ x ≤ u,  x whole,

where l = u = the count for a cell shown exactly, l and u are the ends of what rounds to it for a
cell shown rounded, and l = 0, u = ∞ for a hidden one. Two linear programs a cell (HiGHS dual
simplex); many are laid side by side in one call. In a two-way table their corners are whole
numbers; elsewhere, where a corner is not, an integer program settles it, so the interval is exact.

A sensitive count is protected when its interval is at least `Rule.doubt` wide and reaches at least
that high. "Two hidden in every row and column" does not see to that: see the example.

Source: Fischetti, M. and Salazar, J. J. (2001), Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47(7), 1008-1027 (the attacker's problem, and
sliding protection); Federal Committee on Statistical Methodology (2005), Statistical Policy Working
Paper 22 (the example).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hereabouts.methods.disclosure.rules import PLATFORM, Rule
from hereabouts.methods.disclosure.tables import Bools, Ints, Table

Floats = NDArray[np.float64]

# How many linear programs are laid side by side: few enough to stay small, enough to save calls.
SIDE_BY_SIDE = 12
WHOLE_WITHIN = 1e-6


class Contradiction(ValueError):
    """No table whatever agrees with what is said to be known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a reader knows of each cell before any sums: it lies from `lowest` to `highest`."""

    lowest: Floats
    highest: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Intervals:
    """The least and the most that each of `cells` can be; `highest` may be infinite."""

    cells: Ints
    lowest: Floats
    highest: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """What the attack found out about every hidden or sensitive released cell.

    `cells`: which; `lowest`, `highest`: what each can be. `exposed`: the sensitive cells whose
    interval is too narrow or too low; none when `is_safe`.
    """

    cells: Ints
    lowest: Floats
    highest: Floats
    exposed: Ints
    is_safe: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Extreme:
    """One linear program solved: the corner, and what each bound was worth (`above`, `below`)."""

    corner: Floats
    above: Floats
    below: Floats


def shown_exactly(*, counts: ArrayLike, is_hidden: ArrayLike) -> Known:
    """A reader's knowledge when what is not hidden is shown to the last person.

    >>> shown_exactly(counts=[3.0, 12.0], is_hidden=[True, False]).lowest
    array([ 0., 12.])
    """
    values, hidden = _checked(counts, is_hidden)
    return Known(lowest=np.where(hidden, 0.0, values), highest=np.where(hidden, np.inf, values))


def shown_rounded(*, rounded: ArrayLike, is_hidden: ArrayLike, rule: Rule) -> Known:
    """A reader's knowledge when what is not hidden is shown as `rounded` by `rule`.

    Rounded each to the nearest, 20 means 18 to 22; rounded so that sums hold, it means 16 to 24,
    the counts that have 20 beside them. Where small counts are hidden, 0 means 0 and nothing shown
    is below the rule's limit.

    >>> rule = Rule(sensitive_below=5, doubt=5)
    >>> shown_rounded(rounded=[20.0], is_hidden=[False], rule=rule).highest
    array([24.])
    """
    values, hidden = _checked(rounded, is_hidden)
    if rule.is_additive:
        down = up = rule.base - 1
    else:
        down, up = rule.base // 2, (rule.base - 1) // 2
    lowest, highest = np.maximum(values - down, 0.0), values + up
    if rule.hides:
        lowest = np.maximum(lowest, rule.sensitive_below)
        lowest, highest = np.where(values == 0, 0.0, lowest), np.where(values == 0, 0.0, highest)
    return Known(lowest=np.where(hidden, 0.0, lowest), highest=np.where(hidden, np.inf, highest))


def feasible_intervals(*, sums: sparse.csr_array, known: Known, cells: ArrayLike) -> Intervals:
    """The least and the most that each of `cells` can be, for anyone who knows `known` and `sums`.

    It needs no secret: only what is published.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> table = with_totals([[12, 3], [15, 14]])
    >>> known = shown_exactly(counts=table.counts, is_hidden=[1, 1, 0, 1, 1, 0, 0, 0, 0])
    >>> found = feasible_intervals(sums=table.sums, known=known, cells=[1])
    >>> found.lowest, found.highest
    (array([0.]), array([15.]))
    """
    wanted = np.asarray(cells, dtype=np.int64).ravel()
    if known.lowest.shape != known.highest.shape or known.lowest.shape != (sums.shape[1],):
        raise ValueError("What is known must be known of every cell of the sums.")
    if (known.lowest > known.highest).any():
        raise Contradiction("A cell is said to be at least more than it can be at most.")
    lowest, highest = known.lowest[wanted].copy(), known.highest[wanted].copy()
    is_open = np.flatnonzero(known.lowest < known.highest)
    place = np.full(sums.shape[1], -1)
    place[is_open] = np.arange(len(is_open))
    fixed = np.where(known.lowest < known.highest, 0.0, known.lowest)
    problem = _problem(
        sparse.csc_array(sums)[:, is_open],
        total=-(sums @ fixed),
        lowest=known.lowest[is_open],
        highest=_capped(known)[is_open],
    )
    is_asked = place[wanted] >= 0
    for sign, bound in ((1.0, highest), (-1.0, lowest)):
        bound[is_asked] = problem.ends(place[wanted[is_asked]], sign)
    unlimited = problem.highest.max(initial=0.0) / 2
    without_limit = np.isinf(known.highest[wanted]) & (highest > unlimited)
    return Intervals(cells=wanted, lowest=lowest, highest=np.where(without_limit, np.inf, highest))


def audit(
    *, table: Table, is_hidden: ArrayLike, rule: Rule = PLATFORM, known: Known | None = None
) -> Audit:
    """Attack the table in which `is_hidden` cells are hidden, and say what can be worked out.

    `known` is what a reader knows; without it, everything not hidden is taken as shown exactly,
    which is the most a reader can know.

    The example of Working Paper 22: at least two hidden in every row and column, and still one
    cell, Alpha's fourth, can be worked out.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> table = with_totals([[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]])
    >>> is_hidden = np.zeros((5, 5), dtype=bool)
    >>> is_hidden[0, 1:4] = is_hidden[1, 1:3] = is_hidden[2:4, 0] = is_hidden[2:4, 3] = True
    >>> found = audit(table=table, is_hidden=is_hidden)
    >>> alpha_4 = list(found.cells).index(3)
    >>> found.is_safe, float(found.lowest[alpha_4]), float(found.highest[alpha_4])
    (False, 1.0, 1.0)
    """
    hidden = _mask(is_hidden, size=table.counts.size)
    seen = known or shown_exactly(counts=table.counts, is_hidden=hidden | ~table.is_released)
    if (table.counts < seen.lowest).any() or (table.counts > seen.highest).any():
        raise Contradiction("What is said to be known is not true of this table.")
    is_sensitive = sensitive(table, rule)
    cells = np.flatnonzero((hidden & table.is_released) | is_sensitive)
    found = feasible_intervals(sums=table.sums, known=seen, cells=cells)
    is_exposed = is_sensitive[cells] & ~withstands(found, rule)
    return Audit(
        cells=cells,
        lowest=found.lowest,
        highest=found.highest,
        exposed=cells[is_exposed],
        is_safe=not is_exposed.any(),
    )


def sensitive(table: Table, rule: Rule) -> Bools:
    """Which released cells are too small to show."""
    small = (table.counts > 0) & (table.counts < rule.sensitive_below)
    is_sensitive: Bools = small & table.is_released
    return is_sensitive


def withstands(found: Intervals, rule: Rule) -> Bools:
    """For each cell, whether its interval is wide enough and reaches high enough."""
    wide = found.highest - found.lowest >= rule.doubt
    is_protected: Bools = wide & (found.highest >= rule.doubt)
    return is_protected


# ── The linear programs ──


@dataclass(frozen=True, kw_only=True, slots=True)
class _Problem:
    """`sums @ x = total`, `lowest ≤ x ≤ highest`; and the least and the most met on the way."""

    sums: sparse.csc_array
    total: Floats
    lowest: Floats
    highest: Floats
    least: Floats
    most: Floats

    def ends(self, cells: Ints, sign: float) -> Floats:
        """The most (sign +1) or the least (-1) that each cell can be, in whole numbers.

        A cell that was met at its bound, in whatever corner, needs no program of its own.
        """
        met, bound = (self.most, self.highest) if sign > 0 else (self.least, self.lowest)
        waiting = list(cells)
        while waiting := [cell for cell in waiting if met[cell] != bound[cell]]:
            together, waiting = waiting[:SIDE_BY_SIDE], waiting[SIDE_BY_SIDE:]
            extremes = self.extremes([(int(cell), sign) for cell in together])
            for cell, extreme in zip(together, extremes, strict=True):
                corner = np.round(extreme.corner)
                if np.abs(corner - extreme.corner).max() > WHOLE_WITHIN:
                    corner = self.whole_corner(int(cell), sign)
                np.minimum(self.least, corner, out=self.least)
                np.maximum(self.most, corner, out=self.most)
        return met[cells].copy()

    def extremes(self, goals: Sequence[tuple[int, float]]) -> Iterator[Extreme]:
        """The solution of each goal (cell, +1 for the most, -1 for the least), in order."""
        for start in range(0, len(goals), SIDE_BY_SIDE):
            yield from self._together(goals[start : start + SIDE_BY_SIDE])

    def _together(self, goals: Sequence[tuple[int, float]]) -> Iterator[Extreme]:
        size, many = self.sums.shape[1], len(goals)
        objective = np.zeros(size * many)
        for number, (cell, sign) in enumerate(goals):
            objective[number * size + cell] = -sign
        solved = linprog(
            objective,
            A_eq=sparse.block_diag([self.sums] * many, format="csc"),
            b_eq=np.tile(self.total, many),
            bounds=np.tile(np.column_stack([self.lowest, self.highest]), (many, 1)),
            method="highs-ds",
            # Presolve takes longer than it saves on programs as small as these.
            options={"presolve": False},
        )
        if solved.status == 2:
            raise Contradiction("No table whatever agrees with what is said to be known.")
        if solved.status != 0:
            raise ArithmeticError(f"The attack was not solved: {solved.message}")
        for number in range(many):
            own = slice(number * size, (number + 1) * size)
            yield Extreme(
                corner=solved.x[own],
                above=-solved.upper.marginals[own],
                below=solved.lower.marginals[own],
            )

    def whole_corner(self, cell: int, sign: float) -> Floats:
        """Where the cell is most or least when every cell is a whole number."""
        objective = np.zeros(self.sums.shape[1])
        objective[cell] = -sign
        solved = milp(
            objective,
            constraints=LinearConstraint(self.sums, self.total, self.total),
            bounds=Bounds(self.lowest, self.highest),
            integrality=np.ones(len(objective)),
            options={"mip_rel_gap": 0.0},
        )
        if solved.status == 2:
            raise Contradiction("No table of whole numbers agrees with what is said to be known.")
        if solved.status != 0:
            raise ArithmeticError(f"The attack was not solved: {solved.message}")
        corner: Floats = np.round(solved.x)
        return corner


def _problem(sums: sparse.csr_array, *, total: Floats, lowest: Floats, highest: Floats) -> _Problem:
    return _Problem(
        sums=sparse.csc_array(sums),
        total=total,
        lowest=lowest,
        highest=highest,
        least=np.full(lowest.size, np.inf),
        most=np.full(lowest.size, -np.inf),
    )


def extremes_within(
    *,
    sums: sparse.csr_array,
    lowest: Floats,
    highest: Floats,
    goals: Sequence[tuple[int, float]],
) -> Iterator[Extreme]:
    """The attack's linear programs over all cells, with what each bound was worth."""
    problem = _problem(sums, total=np.zeros(sums.shape[0]), lowest=lowest, highest=highest)
    yield from problem.extremes(goals)


def _capped(known: Known) -> Floats:
    """`highest` with a number in place of infinity that no limited cell comes near."""
    limited = known.highest[np.isfinite(known.highest)]
    return np.where(np.isfinite(known.highest), known.highest, 8 * (limited.sum() + 1000.0))


def _checked(values: ArrayLike, is_hidden: ArrayLike) -> tuple[Floats, Bools]:
    numbers = np.asarray(values, dtype=np.float64).ravel()
    return numbers, _mask(is_hidden, size=numbers.size)


def _mask(is_hidden: ArrayLike, *, size: int) -> Bools:
    hidden = np.asarray(is_hidden).ravel().astype(bool)
    if hidden.size != size:
        raise ValueError("Hidden or not must be said of every cell, once.")
    return hidden
