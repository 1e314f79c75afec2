"""The one way out for a count: hide, round, attack, and only then show.

Order matters. First it is settled what to hide, against a reader who would know every shown count
exactly; then what is shown is rounded, by a rule that looks at nothing hidden. Whoever sees rounded
counts knows less than whoever sees the exact ones, so the proof holds for what is published, and
holds even for a reader who knows this code. (Counts rounded each to the nearest, as for NHS data,
give away exactly the range that rounds to them, so there the attack starts from those ranges.)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hereabouts.methods.disclosure.attack import (
    Audit,
    Floats,
    audit,
    shown_rounded,
)
from hereabouts.methods.disclosure.rounding import NotRoundable, round_additively, round_each
from hereabouts.methods.disclosure.rules import PLATFORM, Rule
from hereabouts.methods.disclosure.suppression import NotProtectable, suppress
from hereabouts.methods.disclosure.tables import Bools, Ints, Table

# Below this many people, a share says more than is known.
LEAST_FOR_PERCENTAGES = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Protected:
    """A table that may be shown.

    `shown` (n): what to print; -1 where there is nothing to print. `is_hidden` (n): where a mark
    stands instead, the same mark for all. `lost`: people in the hidden cells, totals counted as
    cells. `gap`: how many fewer could have been lost at most; 0 when proven least. `audit`: the
    attack that it withstood; for the maker's eyes, since it tells small counts from others.
    """

    shown: Ints
    is_hidden: Bools
    lost: int
    gap: float
    audit: Audit


def protect(
    *,
    table: Table,
    rule: Rule = PLATFORM,
    already_shown: ArrayLike | None = None,
    seconds: float = 20.0,
) -> Protected:
    """The table made safe by `rule`, with the proof.

    `already_shown` (n): cells that an earlier release gave away; link the earlier tables with
    `linked` first. Raises `NotProtectable` when the two together would give somebody away: then
    the second release must not happen. `seconds`: when to stop looking for less to hide.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> safe = protect(table=with_totals([[12, 3, 20], [15, 14, 18]]))
    >>> safe.shown.reshape(3, 4)
    array([[-1, -1, 20, 35],
           [-1, -1, 20, 45],
           [25, 15, 40, 80]])
    >>> safe.lost, safe.audit.is_safe
    (44, True)
    """
    if not rule.hides:
        return _rounded_only(table, rule, already_shown)
    rounded = round_each(counts=table.counts, base=rule.base)
    known = None
    if not rule.is_additive:
        is_small = (table.counts > 0) & (table.counts < rule.sensitive_below)
        known = shown_rounded(rounded=rounded, is_hidden=is_small | ~table.is_released, rule=rule)
    pattern = suppress(
        table=table, rule=rule, already_shown=already_shown, known=known, seconds=seconds
    )
    unseen = pattern.is_hidden | ~table.is_released
    if rule.is_additive:
        rounded = _with_sums(table, rule, pattern.is_hidden)
        attacked = audit(table=table, is_hidden=pattern.is_hidden, rule=rule)
    else:
        attacked = audit(
            table=table,
            is_hidden=pattern.is_hidden,
            rule=rule,
            known=shown_rounded(rounded=rounded, is_hidden=unseen, rule=rule),
        )
    _check(attacked)
    return Protected(
        shown=np.where(unseen, -1, rounded),
        is_hidden=pattern.is_hidden,
        lost=int(table.counts[pattern.is_hidden].sum()),
        gap=pattern.gap,
        audit=attacked,
    )


def percentages(*, table: Table, protected: Protected, whole: ArrayLike) -> Floats:
    """Each cell as per cent of the cell that is its whole, from the shown counts only.

    `whole` (n): the number of the cell that each is a share of. NaN where either is not shown, or
    the whole is fewer than 30 people.

    >>> from hereabouts.methods.disclosure.tables import with_totals
    >>> table = with_totals([20, 15, 25])
    >>> percentages(table=table, protected=protect(table=table), whole=[3, 3, 3, 3]).round(1)
    array([ 33.3,  25. ,  41.7, 100. ])
    """
    wholes = np.asarray(whole, dtype=np.int64).ravel()
    if wholes.shape != table.counts.shape or protected.shown.shape != table.counts.shape:
        raise ValueError("The whole must be said of every cell.")
    if (wholes < 0).any() or (wholes >= wholes.size).any():
        raise ValueError("The whole of a cell is a cell of the table.")
    part, base = protected.shown.astype(float), protected.shown[wholes].astype(float)
    is_told = (part >= 0) & (base > 0) & (table.counts[wholes] >= LEAST_FOR_PERCENTAGES)
    per_cent: Floats = np.divide(100 * part, base, out=np.full(part.shape, np.nan), where=is_told)
    return per_cent


def _rounded_only(table: Table, rule: Rule, already_shown: ArrayLike | None) -> Protected:
    """Every count rounded so that sums hold, nothing hidden; attacked from what rounding leaves."""
    if already_shown is not None and np.asarray(already_shown).any():
        raise NotProtectable(np.flatnonzero(np.asarray(already_shown)))
    nothing = np.zeros(table.counts.size, dtype=bool)
    shown = round_additively(table=table, base=rule.base)
    known = shown_rounded(rounded=np.maximum(shown, 0), is_hidden=~table.is_released, rule=rule)
    attacked = audit(table=table, is_hidden=nothing, rule=rule, known=known)
    _check(attacked)
    return Protected(shown=shown, is_hidden=nothing, lost=0, gap=0.0, audit=attacked)


def _check(attacked: Audit) -> None:
    """Nothing leaves that the attack, run once more on the finished table, gets the better of."""
    if not attacked.is_safe:
        raise NotProtectable(attacked.exposed)


def _with_sums(table: Table, rule: Rule, is_hidden: Bools) -> Ints:
    """Rounded to the multiples beside the counts; where linked tables do not allow it, one on."""
    try:
        return round_additively(table=table, base=rule.base, is_hidden=is_hidden)
    except NotRoundable:
        return round_additively(table=table, base=rule.base, is_hidden=is_hidden, steps=2)
