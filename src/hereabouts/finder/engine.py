"""Answers queries over the blocks: the entries that match, in order, and every count."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.finder import text_index
from hereabouts.finder.blocks import NO_DAY, NO_MOMENT, Reader
from hereabouts.finder.cells import METRES, Place, degrees_of
from hereabouts.finder.compiled import Compiled
from hereabouts.finder.declarations import DAYS, Group, Vocabulary
from hereabouts.finder.query import Answer, Count, Hit, Order, Points, Query
from hereabouts.finder.rows import PLACE, Column, Numbers, Rows
from hereabouts.places.points import EARTH_RADIUS_KM, over_surface, squared_chord

Mask = NDArray[np.bool_]
Squares = NDArray[np.float64]
Records = NDArray[np.int64]

# The first circle of "nearest", and how it widens: it reads for half as many again as it still
# wants, by at least 1.3 times the radius and at most 4 times.
FIRST_KM = 0.8
MARGIN, LEAST_WIDER, MOST_WIDER = 1.5, 1.3, 4
FARTHEST_KM = np.pi * EARTH_RADIUS_KM

BITS_OF_BYTE = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1, bitorder="little"
).astype(np.int64)


def search(query: Query, *, radii_km: Collection[float] = ()) -> Answer:
    """One page of matches, how many there are, and how many each filter would leave."""
    reader = Reader(query.among.kind, query.point)
    read = _Found.read(Compiled.of(query), reader, query.within_km)
    near = read.take(np.flatnonzero(read.inside(query.within_km) & read.is_on))
    return Answer(
        hits=_hits(near, near.fitting),
        count=Count.of(len(near.fitting)),
        options=_options(near),
        without={group: Count.of(len(near.passing_others(group))) for group in near.passes},
        within=dict(_within(reader, read, near, radii_km)),
    )


def nearest(query: Query) -> tuple[Hit, ...]:
    """The hits alone, without counting: quicker, because it reads no farther than it has to."""
    compiled, reader = Compiled.of(query), Reader(query.among.kind, query.point)
    wanted = query.offset + query.limit
    # What is soonest may be anywhere in the circle.
    is_widening = query.order == Order.NEAREST
    radius_km = min(FIRST_KM, query.within_km) if is_widening else query.within_km
    found: _Found | None = None
    while True:
        read = _Found.read(compiled, reader, radius_km)
        fitting = read.take(np.flatnonzero(read.is_on & read.fits))
        found = found.concatenated_with(fitting) if found else fitting
        inside = np.flatnonzero(found.inside(radius_km))
        if len(inside) >= wanted or radius_km >= query.within_km:
            return _hits(found, inside)
        radius_km = min(_wider(radius_km, found=len(inside), wanted=wanted), query.within_km)


def points(query: Query, *, limit: int = 20_000) -> Points:
    """Every match for a map, up to `limit`, in the order of the list; the page is ignored."""
    read = _Found.read(Compiled.of(query), Reader(query.among.kind, query.point), query.within_km)
    matching = np.flatnonzero(read.is_on & read.fits & read.inside(query.within_km))
    shown = read.take(read.in_order(matching)[:limit])
    longitudes, latitudes = degrees_of(*(shown.rows[name].astype("i8") for name in PLACE))
    return Points(
        record_ids=shown.rows["record_id"],
        longitudes=longitudes,
        latitudes=latitudes,
        levels=_marks(shown),
        is_more=len(matching) > limit,
    )


def _wider(radius_km: float, *, found: int, wanted: int) -> float:
    """The next circle: as wide as it takes when there are as many farther out as here."""
    enough = radius_km * math.sqrt(MARGIN * wanted / found) if found else math.inf
    return min(max(enough, radius_km * LEAST_WIDER), radius_km * MOST_WIDER)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Entries that may match, and what was computed for each: arrays as long as `rows`."""

    compiled: Compiled
    rows: Rows
    # Squared chords from the point in square metres: whole numbers, so exact.
    squared: Squares
    # The records around here that have the words asked for.
    worded: Records

    @classmethod
    def read(cls, compiled: Compiled, reader: Reader, radius_km: float) -> "_Found":
        """The entries in that circle, and a little around it, that the reader had not read yet."""
        read = reader.read(radius_km)
        return cls(
            compiled=compiled,
            rows=read.rows,
            squared=_squared(read.rows, reader.place),
            worded=text_index.matching(reader.kind, compiled.terms, read.blocks),
        )

    def take(self, chosen: Numbers) -> "_Found":
        """The entries at these indices."""
        return _Found(
            compiled=self.compiled,
            rows=self.rows.take(chosen),
            squared=self.squared[chosen],
            worded=self.worded,
        )

    def concatenated_with(self, more: "_Found") -> "_Found":
        """These entries, then the others."""
        return _Found(
            compiled=self.compiled,
            rows=self.rows.concatenated_with(more.rows),
            squared=np.concatenate([self.squared, more.squared]),
            worded=np.concatenate([self.worded, more.worded]),
        )

    @cached_property
    def fits(self) -> Mask:
        """Which entries pass every filter, wherever they are."""
        fits: Mask = self.failures == 0
        return fits

    @cached_property
    def fitting(self) -> Numbers:
        """The indices of the entries that pass every filter."""
        return np.flatnonzero(self.fits)

    @cached_property
    def is_paused(self) -> Mask:
        has_begun = self.rows["paused_on"] <= self.compiled.today
        is_paused: Mask = has_begun & (self.compiled.today <= self.rows["paused_until"])
        return is_paused

    @cached_property
    def is_on(self) -> Mask:
        """Which entries have not ended and, unless the query wants those too, are not paused."""
        is_on: Mask = self.rows["last_on"] >= self.compiled.today
        return is_on if self.compiled.query.with_paused else is_on & ~self.is_paused

    @cached_property
    def has_expired(self) -> Mask:
        """Which entries no longer have those of their values that expire."""
        until = self.rows["counts_until"]
        has_expired: Mask = (self.compiled.today > until) | (until == np.uint16(NO_DAY))
        return has_expired

    @cached_property
    def unexpired(self) -> Mapping[str, Column]:
        """The columns of values that expire, with the bits of expired values cleared."""
        return {
            name: np.where(
                self.has_expired, self.rows[name] & ~_as_in(self.rows[name], bits), self.rows[name]
            )
            for name, bits in self.compiled.expiring.items()
        }

    def column(self, name: str) -> Column:
        """The bits of each entry in that vocabulary, as of the query's day."""
        return self.unexpired[name] if name in self.compiled.expiring else self.rows[name]

    def inside(self, radius_km: float) -> Mask:
        """Which entries are no farther than that."""
        return self.squared <= _squared_metres(radius_km)

    @cached_property
    def passes(self) -> Mapping[Group, Mask]:
        """For each filter in use, which entries pass it. Days and parts of the day are one."""
        passed: dict[Group, Mask] = {
            group: bits.met_by(self.column(bits.column))
            for group, bits in self.compiled.filters.items()
        }
        if self.compiled.terms:
            passed[Group.WORDS] = np.isin(self.rows["record_id"], self.worded)
        return passed

    @cached_property
    def failures(self) -> NDArray[np.uint8]:
        """How many filters each entry does not pass."""
        failures = np.zeros(len(self.rows), np.uint8)
        for passed in self.passes.values():
            failures += ~passed
        return failures

    def passing_others(self, group: Group) -> Numbers:
        """The indices of the entries that pass every filter but that one."""
        passed = self.passes.get(group)
        return self.fitting if passed is None else np.flatnonzero(self.failures == ~passed)

    @cached_property
    def starts(self) -> Column:
        """The minute in which each entry's next session begins; `NO_MOMENT` where none is known."""
        now = self.compiled.now
        next_at, then_at = self.rows["next_at"], self.rows["then_at"]
        return np.where(next_at >= now, next_at, np.where(then_at >= now, then_at, NO_MOMENT))

    def in_order(self, chosen: Numbers) -> Numbers:
        """The indices `chosen` sorted as the query wants; ties by the record's number."""
        entries = self.take(chosen)
        # numpy sorts by its last key first.
        keys: list[Column] = [entries.rows["record_id"], entries.squared]
        if self.compiled.query.order == Order.SOONEST:
            keys.append(entries.starts)
        ordered: Numbers = chosen[np.lexsort(keys)]
        return ordered


def _squared(rows: Rows, place: Place) -> Squares:
    squared: Squares = np.zeros(len(rows))
    for name in PLACE:
        # No two points of the Earth are so far apart that this would not hold it.
        leg = (rows[name] - np.int32(getattr(place, name))).astype("f8")
        squared += leg * leg
    return squared


def _options(near: _Found) -> Mapping[Group, Mapping[str, Count]]:
    """For every filter, how many each value of it would leave."""
    among = near.compiled.query.among
    counted = {
        vocabulary.group: _counts(
            near,
            vocabulary,
            near.fitting if vocabulary.all_of else near.passing_others(vocabulary.group),
        )
        for vocabulary in among.vocabularies
    }
    return counted | _when(near) if among.parts_of_day else counted


def _when(near: _Found) -> dict[Group, Mapping[str, Count]]:
    """Days under the parts of the day that are asked for, and parts under the days."""
    query = near.compiled.query
    among = query.among
    when = near.rows["when"][near.passing_others(Group.DAYS if query.days else Group.PARTS)]
    days = {day: among.when_mask([int(day)], query.parts) for day in DAYS}
    parts = {part: among.when_mask(query.days, [part]) for part in among.parts_of_day}
    return {Group.DAYS: _counts_of(when, days), Group.PARTS: _counts_of(when, parts)}


def _counts(near: _Found, vocabulary: Vocabulary, chosen: Numbers) -> Mapping[str, Count]:
    """How many of `chosen` have each value, by a histogram of every byte.

    One pass counts eight values: the byte 0b101 counts once for the first and once for the third.
    """
    column = near.column(vocabulary.group)
    if len(chosen) < len(column):
        column = column[chosen]
    octets = np.ascontiguousarray(column).view(np.uint8).reshape(len(column), column.itemsize)
    found = [
        np.bincount(octets[:, byte], minlength=256) @ BITS_OF_BYTE
        for byte in range((len(vocabulary.codes) + 7) // 8)
    ]
    counts = map(Count.of, np.concatenate(found).tolist())
    return dict(zip(vocabulary.codes, counts, strict=False))


def _counts_of(column: NDArray[Any], wanted: Mapping[str, int]) -> Mapping[str, Count]:
    return {
        value: Count.of(int(np.count_nonzero(column & column.dtype.type(bits))))
        for value, bits in wanted.items()
    }


def _within(
    reader: Reader, read: _Found, near: _Found, radii_km: Collection[float]
) -> Iterator[tuple[float, Count]]:
    """The count of matches in each circle, the smallest first.

    Once a circle has more than `COUNTED_UP_TO`, every wider one has: it need not be read, nor the
    entries looked at that were `read` but lie outside the query's own circle.
    """
    within_km = near.compiled.query.within_km
    squared, counted = near.squared[near.fitting], Count.of(0)
    is_only_near = True
    for radius_km in sorted(radii_km):
        if not counted.is_more_than_total:
            if radius_km > within_km:
                farther = [_Found.read(near.compiled, reader, radius_km)]
                if is_only_near:
                    farther.append(read.take(np.flatnonzero(~read.inside(within_km))))
                    is_only_near = False
                more = (entries.squared[entries.is_on & entries.fits] for entries in farther)
                squared = np.concatenate([squared, *more])
            counted = Count.of(int(np.count_nonzero(squared <= _squared_metres(radius_km))))
        yield radius_km, counted


def _hits(found: _Found, matching: Numbers) -> tuple[Hit, ...]:
    offset, limit = found.compiled.query.offset, found.compiled.query.limit
    page = found.in_order(_first(found, matching, offset + limit))[offset : offset + limit]
    shown = found.take(page)
    columns = (shown.rows["record_id"], shown.squared, shown.is_paused)
    return tuple(
        Hit(
            record_id=record_id,
            distance_km=over_surface(squared / METRES**2),
            is_paused=is_paused,
        )
        for record_id, squared, is_paused in zip(*map(np.ndarray.tolist, columns), strict=True)
    )


def _first(found: _Found, matching: Numbers, wanted: int) -> Numbers:
    """Enough of the first entries to fill the page: sorting all of a city would take longer."""
    if wanted >= len(matching):
        return matching
    if found.compiled.query.order == Order.SOONEST:
        keys: Column = found.take(matching).starts
    else:
        keys = found.squared[matching]
    last = np.partition(keys, wanted - 1)[wanted - 1]
    first: Numbers = matching[keys <= last]
    return first


def _squared_metres(distance_km: float) -> float:
    return squared_chord(min(distance_km, FARTHEST_KM)) * METRES**2


def _marks(found: _Found) -> NDArray[np.uint8]:
    """The mark of each entry for `Points`: that of its value, or the one for an expired value."""
    marks = np.zeros(len(found.rows), np.uint8)
    for vocabulary in found.compiled.query.among.vocabularies:
        for value in vocabulary.marked:
            bit = vocabulary.mask([value.code])
            stored, current = found.rows[vocabulary.group], found.column(vocabulary.group)
            marks[_has(stored, bit) & ~_has(current, bit)] = value.expired_mark
            marks[_has(current, bit)] = value.mark
    return marks


def _has(column: Column, bits: int) -> Mask:
    has: Mask = (column & _as_in(column, bits)) != 0
    return has


def _as_in(column: Column, bits: int) -> Any:
    """`bits` as a number of that column's own width, so that numpy computes in no wider one."""
    return column.dtype.type(bits)
