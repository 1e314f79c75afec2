"""A query in the numbers that blocks hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone

from hereabouts.finder import text_index
from hereabouts.finder.blocks import day_number, minute_number
from hereabouts.finder.declarations import Group
from hereabouts.finder.query import Query
from hereabouts.finder.rows import Column

# The filters that have a column of their own.
IN_COLUMNS = tuple(group for group in Group if group not in (Group.DAYS, Group.PARTS, Group.WORDS))


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
class Compiled:
    """A query as it is compared with every entry: computed once for all that is read.

    `expiring` has, for each filter with values that expire, their bits.
    """

    query: Query
    today: np.uint16
    now: np.int32
    terms: tuple[str, ...]
    filters: dict[Group, Bits]
    expiring: dict[str, int]

    @classmethod
    def of(cls, query: Query) -> "Compiled":
        """Compile that query. Raises `KeyError` for a value that was not declared."""
        return cls(
            query=query,
            today=np.uint16(day_number(timezone.localdate(query.at))),
            now=np.int32(minute_number(query.at)),
            terms=text_index.terms(query.words) if query.words else (),
            filters=dict(_filters(query)),
            expiring={
                vocabulary.group: vocabulary.expiring
                for vocabulary in query.among.vocabularies
                if vocabulary.expiring
            },
        )


def _filters(query: Query) -> Iterator[tuple[Group, Bits]]:
    """Days and parts of the day are one filter."""
    for group in IN_COLUMNS:
        chosen = getattr(query, group)
        if chosen:
            vocabulary = query.among.vocabulary(group)
            wanted = vocabulary.mask(chosen)
            yield group, Bits(column=group, wanted=wanted, all_of=vocabulary.all_of)
    if query.days or query.parts:
        wanted = query.among.when_mask(query.days, query.parts)
        yield Group.DAYS if query.days else Group.PARTS, Bits(column="when", wanted=wanted)
