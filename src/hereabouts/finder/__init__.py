"""Finds what is near a point and fits, and counts how much more each filter would leave.

It knows no kind of record: whoever has something to be found declares its filters (`declare`) and
writes entries (`finder.actions`). Then `Query` in, `Answer` out; nothing else of the search is
known outside this package. How it works, and what was measured, is in
`docs/decisions/0004-blocks-of-columns.md`.
"""

from hereabouts.finder.cells import Place, place_of
from hereabouts.finder.declarations import (
    Declaration,
    Group,
    Value,
    Vocabulary,
    declare,
    vocabulary,
)
from hereabouts.finder.engine import nearest, points, search
from hereabouts.finder.query import COUNTED_UP_TO, Answer, Count, Hit, Order, Points, Query, Wanted
from hereabouts.finder.text_index import STRAIGHT, searched, terms

__all__ = [
    "COUNTED_UP_TO",
    "STRAIGHT",
    "Answer",
    "Count",
    "Declaration",
    "Group",
    "Hit",
    "Order",
    "Place",
    "Points",
    "Query",
    "Value",
    "Vocabulary",
    "Wanted",
    "declare",
    "nearest",
    "place_of",
    "points",
    "search",
    "searched",
    "terms",
    "vocabulary",
]
