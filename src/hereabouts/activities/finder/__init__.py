"""The finder's engine: what is near a point and fits, and how much more there would be.

`Query` in, `Answer` out; nothing else of the search is known outside this package. How it works,
and what was measured, is in `docs/decisions/0004-blocks-of-columns.md`.
"""

from hereabouts.activities.finder.blocks import wait_for_other_writers, write_blocks
from hereabouts.activities.finder.engine import nearest, points, search
from hereabouts.activities.finder.places import Place, place_of
from hereabouts.activities.finder.query import (
    COUNTED_UP_TO,
    Answer,
    Count,
    Group,
    Hit,
    Order,
    Points,
    Query,
    Wanted,
)
from hereabouts.activities.finder.words import STRAIGHT, terms

__all__ = [
    "COUNTED_UP_TO",
    "STRAIGHT",
    "Answer",
    "Count",
    "Group",
    "Hit",
    "Order",
    "Place",
    "Points",
    "Query",
    "Wanted",
    "nearest",
    "place_of",
    "points",
    "search",
    "terms",
    "wait_for_other_writers",
    "write_blocks",
]
