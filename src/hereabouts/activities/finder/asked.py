"""A query in the numbers that blocks hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone

from hereabouts.activities.finder import masks, words
from hereabouts.activities.finder.blocks import day_number, minute_number
from hereabouts.activities.finder.query import Group, Query
from hereabouts.activities.finder.rows import Column

# Filters of which any value is enough, and those of which all values must be met.
ANY_OF = (
    *(Group.LEVELS, Group.FORMS, Group.KINDS, Group.PURPOSES, Group.COSTS),
    *(Group.LANGUAGES, Group.AGES),
)
ALL_OF = (Group.NEEDS, Group.CONDITIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bits:
    """A filter in use: the bits that are wanted in its column, any of them or all."""

    column: str
    wanted: int
    all_of: bool = False

    def met_by(self, column: Column) -> Any:
        """Which of these values have them."""
        wanted = column.dtype.type(self.wanted)
        return (column & wanted) == wanted if self.all_of else (column & wanted) != 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is asked of every entry, worked out once for all that is read."""

    query: Query
    today: np.uint16
    now: np.int32
    terms: tuple[str, ...]
    filters: dict[Group, Bits]

    @classmethod
    def of(cls, query: Query) -> "Asked":
        """That query."""
        return cls(
            query=query,
            today=np.uint16(day_number(timezone.localdate(query.at))),
            now=np.int32(minute_number(query.at)),
            terms=words.terms(query.words) if query.words else (),
            filters=dict(_filters(query)),
        )


def _filters(query: Query) -> Iterator[tuple[Group, Bits]]:
    """Days and parts of the day are one filter."""
    for group in (*ANY_OF, *ALL_OF):
        chosen = getattr(query, group)
        if chosen:
            wanted = masks.mask(group, chosen)
            yield group, Bits(column=group, wanted=wanted, all_of=group in ALL_OF)
    if query.days or query.parts:
        wanted = masks.when_mask(query.days, query.parts)
        yield Group.DAYS if query.days else Group.PARTS, Bits(column="when", wanted=wanted)
