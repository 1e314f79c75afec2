"""Which pairs attended together more often than chance would have them.

Where meetings are large nearly everybody has attended with everybody (139 of the 153 pairs of the
Davis women), so a drawing of all pairs says nothing. The backbone keeps the pairs that a model
without any preference does not explain. It explores: it does not prove that two people know each
other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import hypergeom

from hereabouts.methods.networks.checks import Bools, Floats, as_attendance
from hereabouts.methods.networks.two_mode import together


@dataclass(frozen=True, kw_only=True, slots=True)
class Backbone:
    """For each pair: meetings together, p-value, adjusted p-value, and whether it stays.

    All four are people × people and symmetric. On the diagonal p-values are 1 and nobody stays.
    """

    together: NDArray[np.int32]
    p_value: Floats
    adjusted_p_value: Floats
    is_significant: Bools
    pairs_tested: int


def significant_pairs(*, attended: ArrayLike, level: float = 0.05) -> Backbone:
    """The pairs who attended together more often than chance, the false discovery rate held.

    With N meetings, of which the two attended d₁ and d₂, and k together, p = P(X ≥ k) where X is
    hypergeometric: d₂ meetings drawn out of N, d₁ of which are the first person's. Each person's
    number of meetings is held fixed, each meeting is as likely as any other (the fixed row model).
    All n (n − 1) / 2 pairs are tested and adjusted together by Benjamini & Hochberg; a pair stays
    where the adjusted p-value is at most `level`.

    A person at no meeting or at every meeting cannot be in it: p is 1. Limits: meetings of very
    different size make large meetings look like preference; the two tails are not both tested
    (pairs who avoid each other are not found).

    Shapes: people × meetings in; see `Backbone`. Errors: a level outside 0 to 1.
    Sources: Tumminello et al., PLoS ONE 6 (2011) e17994; Neal, Domagalski & Sagan, Sci. Rep. 11
    (2021) 23929; Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995) 289–300.

    >>> early, late = [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]
    >>> answer = significant_pairs(attended=[early, early, late])
    >>> answer.p_value[0].round(3).tolist()  # 1 of the 20 ways to draw 3 of 6; and no overlap
    [1.0, 0.05, 1.0]
    >>> answer.adjusted_p_value[0].round(3).tolist(), answer.pairs_tested
    ([1.0, 0.15, 1.0], 3)
    """
    if not 0 < level < 1:
        raise ValueError("The level is between 0 and 1, such as 0.05.")
    table = as_attendance(attended)
    count = len(table)
    both = together(attended=table)
    left, right = np.triu_indices(count, k=1)
    p_of_pair = _at_least(both[left, right], table.sum(axis=1), left, right, table.shape[1])

    p_value, adjusted = np.ones((count, count)), np.ones((count, count))
    p_value[left, right] = p_value[right, left] = p_of_pair
    adjusted[left, right] = adjusted[right, left] = false_discovery(p_value=p_of_pair)
    return Backbone(
        together=both,
        p_value=p_value,
        adjusted_p_value=adjusted,
        is_significant=(adjusted <= level) & ~np.eye(count, dtype=np.bool_),
        pairs_tested=len(left),
    )


def false_discovery(*, p_value: ArrayLike) -> Floats:
    """Adjusted p-values: the false discovery rate at which each would just be kept.

    The smallest, over all p-values as great or greater, of (p × how many) ÷ rank, at most 1.
    Shapes: any number of p-values in a list; none gives none. Errors: outside 0 to 1, or missing.
    Source: Benjamini & Hochberg (1995), as above.

    >>> false_discovery(p_value=[0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    p_values = np.asarray(p_value, dtype=np.float64)
    if p_values.ndim != 1 or not ((p_values >= 0) & (p_values <= 1)).all():
        raise ValueError("P-values are a list of numbers from 0 to 1, none missing.")
    order = np.argsort(p_values, kind="stable")[::-1]
    # The quotient first: it is at least 1, so that no adjusted value is below its own.
    by_rank = p_values[order] * (len(p_values) / np.arange(len(p_values), 0, -1))
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum.accumulate(np.minimum(by_rank, 1))
    return adjusted


def _at_least(
    both: NDArray[np.int32],
    meetings_of: NDArray[np.int64],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
    meetings: int,
) -> Floats:
    """P(X ≥ k) for each pair; worked out once for each different k, d₁ ≤ d₂."""
    fewer = np.minimum(meetings_of[left], meetings_of[right])
    more = np.maximum(meetings_of[left], meetings_of[right])
    code = (both.astype(np.int64) * (meetings + 1) + fewer) * (meetings + 1) + more
    different, which = np.unique(code, return_inverse=True)
    rest, more = np.divmod(different, meetings + 1)
    both_met, fewer = np.divmod(rest, meetings + 1)
    # Rounding may leave a hair over 1 or under 0.
    chance: Floats = np.clip(hypergeom.sf(both_met - 1, meetings, fewer, more), 0, 1)
    return chance[which]
