"""Where to open sites: `p_median`, `maximal_cover` and `p_centre`, each with its proven gap.

All take which sites exist already, and weights: people, or `equity_weights`. The answer says how
much better any other choice could be at most; `Effort` says when to stop.

Shapes: weights are one number an area, costs a table of areas by candidates. Sources: Hakimi
(1964), Church and ReVelle (1974), Minieka (1970); the bound after Held and Karp (1971) and Beasley
(1993).

>>> found = p_median(weights=[30, 10], costs=[[1, 5], [6, 2]], count=1)
>>> found.open.tolist(), found.objective, found.gap
([0], 90.0, 0.0)
"""

from hereabouts.methods.siting.answers import (
    Effort,
    Infeasible,
    Siting,
    equity_weights,
    price_of_equity,
)
from hereabouts.methods.siting.centre import p_centre
from hereabouts.methods.siting.cover import maximal_cover
from hereabouts.methods.siting.median import p_median

__all__ = [
    "Effort",
    "Infeasible",
    "Siting",
    "equity_weights",
    "maximal_cover",
    "p_centre",
    "p_median",
    "price_of_equity",
]
