"""The least that must be hidden besides the small counts, so that none of them can be worked out.

With x_i = 1 where cell i is hidden and w_i what its loss costs, minimise Σ w_i x_i such that for
every sensitive cell k (count a_k, always hidden) the attack finds

    highest_k ≥ d   and   highest_k - lowest_k ≥ d        (d is `Rule.doubt`).

By linear duality, an attack that gets too far on a pattern x yields an inequality

    Σ_i c_i x_i ≥ what is still needed,     c_i ≥ 0, none larger than the right-hand side,

that every safe pattern obeys and this one does not. So: solve for the cheapest pattern that obeys
the inequalities so far (first with x_i between 0 and 1, then whole, by HiGHS), attack it, add what
the attack yields, and repeat until the attack fails. The cheapest pattern that withstands it is
then the best there is. When time runs out the pattern so far is completed by paths of least cost
and thinned out again: always safe, with `gap`, how far from the best it may be.

A cell of 0 is never hidden: it is often known to be 0 (no men in a maternity class). Hiding every
other cell always withstands the attack, since all that is hidden could be any multiple of itself;
only cells that are out already can make a table impossible to protect.

Source: Fischetti and Salazar (2001), as in `attack`; sections 3 to 5.
"""

from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hereabouts.methods.disclosure.attack import (
    WHOLE_WITHIN,
    Extreme,
    Floats,
    Known,
    extremes_within,
    feasible_intervals,
    sensitive,
    shown_exactly,
    withstands,
)
from hereabouts.methods.disclosure.rules import PLATFORM, Rule
from hereabouts.methods.disclosure.tables import Bools, Ints, Table

# An inequality must be broken by this much to be worth adding.
BROKEN_BY = 1e-4
# The first stage ends when so many rounds in a row have raised the bound by less than a thousandth.
LITTLE, LITTLE_ROUNDS = 1e-3, 2
# What a bound is worth, when it is worth anything.
WORTH = 1e-9


class NotProtectable(ValueError):
    """Whatever is hidden, somebody can be worked out: the cells that are out already say too much.

    `cells`: the sensitive cells that cannot be protected.
    """

    def __init__(self, cells: Ints) -> None:
        super().__init__(
            f"{len(cells)} small counts can be worked out from what is out already, whatever else "
            "is hidden now."
        )
        self.cells = cells


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """What to hide.

    `is_hidden`, `is_primary` (n): hidden cells, and those of them that are sensitive themselves.
    Publish the first only, with one mark for all. `loss`: Σ w of the cells hidden besides. `gap`:
    how much less loss the best pattern could have at most; 0 when this one is proven best.
    """

    is_hidden: Bools
    is_primary: Bools
    loss: float
    gap: float


def suppress(
    *,
    table: Table,
    rule: Rule = PLATFORM,
    loss: ArrayLike | None = None,
    already_shown: ArrayLike | None = None,
    known: Known | None = None,
    seconds: float = 20.0,
) -> Pattern:
    """The least to hide so that no sensitive count can be worked out.

    `loss` (n): what hiding each cell costs, its count by default. `already_shown` (n): cells that
    are out since an earlier release and cannot be hidden any more. `known`: what a reader would
    know of each cell that is shown, the exact count by default. `seconds`: when to stop looking
    for a better pattern. Raises `NotProtectable` when no pattern is safe.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> found = suppress(table=with_totals([[12, 3, 20], [15, 14, 18]]))
    >>> found.is_hidden.reshape(3, 4).astype(int)
    array([[1, 1, 0, 0],
           [1, 1, 0, 0],
           [0, 0, 0, 0]])
    >>> found.loss, found.gap
    (41.0, 0.0)
    """
    started = monotonic()
    size = table.counts.size
    is_primary = sensitive(table, rule)
    weights = np.asarray(table.counts if loss is None else loss, dtype=np.float64).ravel()
    if weights.shape != (size,) or not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("The loss of each cell is a number, 0 or more.")
    is_out = _flags_of_all(already_shown, size=size)
    if (is_primary & is_out).any():
        raise NotProtectable(np.flatnonzero(is_primary & is_out))
    exact = shown_exactly(counts=table.counts, is_hidden=~table.is_released)
    search = _Search(
        table=table,
        rule=rule,
        shown=known or exact,
        primary=np.flatnonzero(is_primary),
        may_hide=table.is_released & (table.counts > 0) & ~is_primary & ~is_out,
        weights=weights,
        until=started + seconds,
    )
    is_hidden, least = search.best()
    extra = float(weights[is_hidden & ~is_primary].sum())
    return Pattern(
        is_hidden=is_hidden, is_primary=is_primary, loss=extra, gap=max(0.0, extra - least)
    )


@dataclass(kw_only=True, slots=True)
class _Search:
    """The search for the cheapest safe pattern, and the inequalities it has gathered."""

    table: Table
    rule: Rule
    shown: Known
    primary: Ints
    may_hide: Bools
    weights: Floats
    until: float
    _left: list[Floats] = field(default_factory=list)
    _right: list[float] = field(default_factory=list)

    def best(self) -> tuple[Bools, float]:
        """A safe pattern, and the loss below which there is none."""
        nothing_more = self._hidden(np.zeros(self.may_hide.sum()))
        if not self._exposed(nothing_more).size:
            return nothing_more, 0.0
        exposed = self._exposed(self._hidden(np.ones(self.may_hide.sum())))
        if exposed.size:
            raise NotProtectable(exposed)
        shares, least = self._relaxed()
        fallback = self._completed(shares)
        if self._cost(fallback) < least + self._grain() / 2:
            return fallback, self._cost(fallback)
        return self._whole(fallback, least)

    def _relaxed(self) -> tuple[Floats, float]:
        """The cheapest pattern with shares of cells, once attacks find next to nothing more."""
        shares, least, little = np.zeros(self.may_hide.sum()), 0.0, 0
        while little < LITTLE_ROUNDS and monotonic() < self.until:
            if not self._add_inequalities(shares):
                break
            solved = linprog(
                self._prices(),
                A_ub=-sparse.csr_array(np.array(self._left)),
                b_ub=-np.array(self._right),
                bounds=(0, 1),
                method="highs",
            )
            if solved.status != 0:
                raise ArithmeticError(f"The cheapest pattern was not found: {solved.message}")
            little = little + 1 if solved.fun - least <= LITTLE * max(1.0, least) else 0
            shares, least = solved.x, float(solved.fun)
        return shares, least

    def _whole(self, fallback: Bools, least: float) -> tuple[Bools, float]:
        """Cheapest whole patterns, one after the other, until one withstands the attack."""
        best, best_cost = fallback, self._cost(fallback)
        while (left := self.until - monotonic()) > 0:
            solved = milp(
                self._prices(),
                constraints=self._constraints(),
                bounds=Bounds(0, 1),
                integrality=np.ones(self.may_hide.sum()),
                options={"time_limit": left, "mip_rel_gap": 1e-9},
            )
            if solved.mip_dual_bound is not None:
                least = max(least, float(solved.mip_dual_bound))
            if solved.status != 0:
                break
            is_hidden = self._hidden(np.round(solved.x))
            if not self._exposed(is_hidden).size:
                return is_hidden, self._cost(is_hidden)
            if not self._add_inequalities(np.round(solved.x)):
                # Safe but for whole numbers: at least one more cell has to go.
                self._add((solved.x < 0.5).astype(float), 1.0)
            thinned = self._completed(np.round(solved.x))
            if self._cost(thinned) < best_cost:
                best, best_cost = thinned, self._cost(thinned)
            if best_cost < least + self._grain() / 2:
                return best, best_cost
        return best, min(least, best_cost)

    # ── Inequalities ──

    def _add_inequalities(self, shares: Floats) -> bool:
        """Attack the pattern `shares`; add what it yields; False when it yields nothing."""
        lowest, highest = self._bounds(shares)
        goals = [(int(cell), sign) for cell in self.primary for sign in (1.0, -1.0)]
        found = list(
            extremes_within(sums=self.table.sums, lowest=lowest, highest=highest, goals=goals)
        )
        before = len(self._left)
        for cell, most, least in zip(self.primary, found[::2], found[1::2], strict=True):
            top = self.rule.doubt - self.table.counts[cell]
            self._add_if_broken(shares, [most], float(top))
            self._add_if_broken(shares, [most, least], float(self.rule.doubt))
        return len(self._left) > before

    def _bounds(self, shares: Floats) -> tuple[Floats, Floats]:
        """How far the attack may move each cell when it is hidden to the share given."""
        counts = self.table.counts.astype(float)
        share = (~self.table.is_released).astype(float)
        share[self.primary] = 1.0
        share[self.may_hide] = shares
        needed = float(self.rule.doubt)
        lowest = self.shown.lowest * (1 - share)
        beyond = np.where(np.isfinite(self.shown.highest), self.shown.highest, counts)
        unlimited = 8 * (counts.sum() + 1000.0)
        highest = np.where(share > 1 - WHOLE_WITHIN, unlimited, beyond + needed * share)
        return lowest, highest

    def _add_if_broken(self, shares: Floats, extremes: list[Extreme], needed: float) -> None:
        """Turn what the bounds were worth into an inequality; keep it if `shares` breaks it."""
        counts = self.table.counts
        above = sum((extreme.above for extreme in extremes), np.zeros(counts.size))
        below = sum((extreme.below for extreme in extremes), np.zeros(counts.size))
        is_fixed = np.zeros(counts.size, dtype=bool)
        is_fixed[self.primary] = True
        is_fixed |= ~self.table.is_released
        # A hidden cell can be anything from 0: a bound above it would not have held.
        if (above[is_fixed] > WORTH).any():
            return
        slack = np.where(np.isfinite(self.shown.highest), self.shown.highest, counts) - counts
        in_hand = float(above @ np.where(is_fixed, 0.0, slack))
        in_hand += float(below @ np.where(is_fixed, counts, counts - self.shown.lowest))
        right = needed - in_hand
        if right <= BROKEN_BY:
            return
        each = np.where(above > WORTH, right, np.minimum(below * self.shown.lowest, right))
        left = np.maximum(each[self.may_hide], 0.0)
        if left @ shares < right * (1 - BROKEN_BY):
            self._add(left, right)

    def _constraints(self) -> list[LinearConstraint]:
        if not self._left:
            return []
        left = sparse.csr_array(np.array(self._left))
        return [LinearConstraint(left, np.array(self._right), np.inf)]

    def _add(self, left: Floats, right: float) -> None:
        """Σ left x ≥ right, scaled to Σ … ≥ 1."""
        self._left.append(left / right)
        self._right.append(1.0)

    # ── A safe pattern without waiting ──

    def _completed(self, shares: Floats) -> Bools:
        """Hide along paths of least cost until the attack fails, then show what can be shown."""
        is_hidden = self._hidden(shares > 1 - WHOLE_WITHIN)
        cheaper = np.ones(self.table.counts.size)
        cheaper[self.may_hide] = 1.01 - np.clip(shares, 0.0, 1.0)
        while (exposed := self._exposed(is_hidden)).size:
            before = is_hidden.sum()
            for cell in exposed:
                is_hidden = is_hidden | self._path(is_hidden, int(cell), cheaper)
            if is_hidden.sum() == before:
                is_hidden = self._hidden(np.ones(self.may_hide.sum()))
        return self._thinned(is_hidden)

    def _path(self, is_hidden: Bools, cell: int, cheaper: Floats) -> Bools:
        """Cells to hide so that `cell` could be larger by as much as the rule asks, cheaply."""
        counts, sums = self.table.counts, self.table.sums
        size = counts.size
        open_cells = is_hidden | self.may_hide | ~self.table.is_released
        price = np.where(is_hidden | ~self.table.is_released, 1e-6, self.weights * cheaper + 1e-6)
        more = np.where(open_cells, np.inf, 0.0)
        less = np.where(open_cells, counts, 0.0)
        more_least = np.zeros(size)
        more_least[cell] = self.rule.doubt
        less[cell] = 0.0
        solved = linprog(
            np.concatenate([price, price]),
            A_eq=sparse.hstack([sums, -sums], format="csc"),
            b_eq=np.zeros(sums.shape[0]),
            bounds=np.column_stack(
                [
                    np.concatenate([more_least, np.zeros(size)]),
                    np.concatenate([more, less]),
                ]
            ),
            method="highs",
        )
        if solved.status != 0:
            return is_hidden
        moved = solved.x[:size] + solved.x[size:] > WHOLE_WITHIN
        path: Bools = moved & self.may_hide
        return path

    def _thinned(self, is_hidden: Bools) -> Bools:
        """The pattern without the cells it can do without, the dearest first."""
        extra = np.flatnonzero(is_hidden & self.may_hide)
        for cell in extra[np.argsort(-self.weights[extra], kind="stable")]:
            if monotonic() > self.until:
                break
            without = is_hidden.copy()
            without[cell] = False
            if not self._exposed(without).size:
                is_hidden = without
        return is_hidden

    # ── Small parts ──

    def _hidden(self, chosen: Floats | Bools) -> Bools:
        is_hidden = np.zeros(self.table.counts.size, dtype=bool)
        is_hidden[self.may_hide] = chosen
        is_hidden[self.primary] = True
        return is_hidden

    def _exposed(self, is_hidden: Bools) -> Ints:
        """The sensitive cells that the attack works out too closely."""
        unseen = is_hidden | ~self.table.is_released
        known = Known(
            lowest=np.where(unseen, 0.0, self.shown.lowest),
            highest=np.where(unseen, np.inf, self.shown.highest),
        )
        found = feasible_intervals(sums=self.table.sums, known=known, cells=self.primary)
        return self.primary[~withstands(found, self.rule)]

    def _prices(self) -> Floats:
        """What each cell costs, with a trifle each so that of equal losses the fewest cells win."""
        prices: Floats = self.weights[self.may_hide] + self._grain() / (4 * self.may_hide.sum())
        return prices

    def _grain(self) -> float:
        """By how much losses differ if at all; where they are not whole, next to nothing."""
        weights = self.weights[self.may_hide]
        is_whole = bool((weights == np.round(weights)).all())
        return 1.0 if is_whole else 1e-6 * float(weights.max(initial=1.0))

    def _cost(self, is_hidden: Bools) -> float:
        return float(self.weights[is_hidden & self.may_hide].sum())


def _flags_of_all(mask: ArrayLike | None, *, size: int) -> Bools:
    if mask is None:
        return np.zeros(size, dtype=bool)
    flags = np.asarray(mask).ravel().astype(bool)
    if flags.size != size:
        raise ValueError("Already shown or not must be said of every cell, once.")
    return flags
