"""Answers queries over the blocks: what fits, in order, and every count."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.activities.finder import masks, words
from hereabouts.activities.finder.asked import ALL_OF, ANY_OF, Asked
from hereabouts.activities.finder.blocks import NO_DAY, NO_MOMENT, PLACE, Reader
from hereabouts.activities.finder.places import METRES, Place, degrees_of
from hereabouts.activities.finder.query import Answer, Count, Group, Hit, Order, Points, Query
from hereabouts.activities.finder.rows import Column, Numbers, Rows
from hereabouts.activities.levels import Level
from hereabouts.places.points import EARTH_RADIUS_KM, over_surface, squared_chord

Mask = NDArray[np.bool_]
Squares = NDArray[np.float64]
Activities = NDArray[np.int64]

# The first circle of "nearest"; then how many more than wanted it reads for, how fast it widens.
FIRST_KM = 0.8
MARGIN, LEAST_WIDER, MOST_WIDER = 1.5, 1.3, 4
FARTHEST_KM = np.pi * EARTH_RADIUS_KM

# What no filter by level finds as red.
UNCONFIRMED = 0
BITS_OF_BYTE = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1, bitorder="little"
).astype(np.int64)


def search(query: Query, *, radii_km: Collection[float] = ()) -> Answer:
    """One page of matches, how many there are, and how many each filter would leave."""
    reader = Reader(query.point)
    read = _Found.read(Asked.of(query), reader, query.within_km)
    near = read.only(np.flatnonzero(read.inside(query.within_km) & read.is_on))
    return Answer(
        hits=_hits(near, near.fitting),
        count=Count.of(len(near.fitting)),
        options=_options(near),
        without={group: Count.of(len(near.passing_others(group))) for group in near.passes},
        within=dict(_within(reader, read, near, radii_km)),
    )


def nearest(query: Query) -> tuple[Hit, ...]:
    """The hits alone, without counting: quicker, because it reads no farther than it has to."""
    asked, reader = Asked.of(query), Reader(query.point)
    wanted = query.offset + query.limit
    # What is soonest may be anywhere in the circle.
    is_widening = query.order == Order.NEAREST
    radius_km = min(FIRST_KM, query.within_km) if is_widening else query.within_km
    found: _Found | None = None
    while True:
        read = _Found.read(asked, reader, radius_km)
        fitting = read.only(np.flatnonzero(read.is_on & read.fits))
        found = found.and_also(fitting) if found else fitting
        inside = np.flatnonzero(found.inside(radius_km))
        if len(inside) >= wanted or radius_km >= query.within_km:
            return _hits(found, inside)
        radius_km = min(_wider(radius_km, found=len(inside), wanted=wanted), query.within_km)


def points(query: Query, *, limit: int = 20_000) -> Points:
    """Every match for a map, up to `limit`, in the order of the list; the page is ignored."""
    read = _Found.read(Asked.of(query), Reader(query.point), query.within_km)
    matching = np.flatnonzero(read.is_on & read.fits & read.inside(query.within_km))
    shown = read.only(read.in_order(matching)[:limit])
    longitudes, latitudes = degrees_of(*(shown.rows[name].astype("i8") for name in PLACE))
    return Points(
        activity_ids=shown.rows["activity"],
        longitudes=longitudes,
        latitudes=latitudes,
        levels=_drawn(shown.rows["levels"], shown.levels),
        is_more=len(matching) > limit,
    )


def _wider(radius_km: float, *, found: int, wanted: int) -> float:
    """The next circle: as wide as it takes when there are as many farther out as here."""
    enough = radius_km * math.sqrt(MARGIN * wanted / found) if found else math.inf
    return min(max(enough, radius_km * LEAST_WIDER), radius_km * MOST_WIDER)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Entries that may match, with what is known of each: arrays as long as `rows`."""

    asked: Asked
    rows: Rows
    # Squared chords from the point in square metres: whole numbers, so exact.
    squared: Squares
    # The activities around here that have the words asked for.
    worded: Activities

    @classmethod
    def read(cls, asked: Asked, reader: Reader, radius_km: float) -> "_Found":
        """What the reader had not read yet of that circle, and a little around it."""
        read = reader.read(radius_km)
        return cls(
            asked=asked,
            rows=read.rows,
            squared=_squared(read.rows, reader.place),
            worded=words.matching(asked.terms, read.blocks),
        )

    def only(self, chosen: Numbers) -> "_Found":
        """Those with these numbers."""
        return _Found(
            asked=self.asked,
            rows=self.rows.only(chosen),
            squared=self.squared[chosen],
            worded=self.worded,
        )

    def and_also(self, more: "_Found") -> "_Found":
        """Both together."""
        return _Found(
            asked=self.asked,
            rows=self.rows.and_also(more.rows),
            squared=np.concatenate([self.squared, more.squared]),
            worded=np.concatenate([self.worded, more.worded]),
        )

    @cached_property
    def fits(self) -> Mask:
        """Which pass every filter, wherever they are."""
        fits: Mask = self.failures == 0
        return fits

    @cached_property
    def fitting(self) -> Numbers:
        """The numbers of those that pass every filter."""
        return np.flatnonzero(self.fits)

    @cached_property
    def is_paused(self) -> Mask:
        has_begun = self.rows["paused_on"] <= self.asked.today
        is_paused: Mask = has_begun & (self.asked.today <= self.rows["paused_until"])
        return is_paused

    @cached_property
    def is_on(self) -> Mask:
        """Neither ended nor, unless those are asked for, paused."""
        is_on: Mask = self.rows["last_on"] >= self.asked.today
        return is_on if self.asked.query.with_paused else is_on & ~self.is_paused

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        """The bit of each level; none for a red class without a confirmed leader."""
        red = masks.mask("levels", [Level.RED])
        until = self.rows["level_until"]
        is_confirmed = (self.asked.today <= until) & (until != np.uint16(NO_DAY))
        levels: NDArray[np.uint8] = np.where(
            (self.rows["levels"] == red) & ~is_confirmed, np.uint8(UNCONFIRMED), self.rows["levels"]
        )
        return levels

    def column(self, name: str) -> Column:
        """The bits of each entry in that vocabulary."""
        return self.levels if name == Group.LEVELS else self.rows[name]

    def inside(self, radius_km: float) -> Mask:
        """Which are no farther than that."""
        return self.squared <= _squared_metres(radius_km)

    @cached_property
    def passes(self) -> Mapping[Group, Mask]:
        """For each filter in use, which entries pass it. Days and parts of the day are one."""
        passed: dict[Group, Mask] = {
            group: bits.met_by(self.column(bits.column))
            for group, bits in self.asked.filters.items()
        }
        if self.asked.terms:
            passed[Group.WORDS] = np.isin(self.rows["activity"], self.worded)
        return passed

    @cached_property
    def failures(self) -> NDArray[np.uint8]:
        """How many filters each entry does not pass."""
        failures = np.zeros(len(self.rows), np.uint8)
        for passed in self.passes.values():
            failures += ~passed
        return failures

    def passing_others(self, group: Group) -> Numbers:
        """The numbers of those that pass every filter but that one."""
        passed = self.passes.get(group)
        return self.fitting if passed is None else np.flatnonzero(self.failures == ~passed)

    @cached_property
    def starts(self) -> Column:
        """The minute of each one's next session; the far future where none is known."""
        now = self.asked.now
        next_at, then_at = self.rows["next_at"], self.rows["then_at"]
        return np.where(next_at >= now, next_at, np.where(then_at >= now, then_at, NO_MOMENT))

    def in_order(self, chosen: Numbers) -> Numbers:
        """The entries numbered `chosen` in the order asked for; the activity decides at last."""
        some = self.only(chosen)
        keys: list[Column] = [some.rows["activity"], some.squared]
        if self.asked.query.order == Order.SOONEST:
            keys.append(some.starts)
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
    counted = {group: _counts(near, group, near.passing_others(group)) for group in ANY_OF}
    counted |= {group: _counts(near, group, near.fitting) for group in ALL_OF}
    return counted | _when(near)


def _when(near: _Found) -> dict[Group, Mapping[str, Count]]:
    """Days under the parts of the day that are asked for, and parts under the days."""
    query = near.asked.query
    when = near.rows["when"][near.passing_others(Group.DAYS if query.days else Group.PARTS)]
    days = {day: masks.when_mask([int(day)], query.parts) for day in masks.DAYS}
    parts = {part: masks.when_mask(query.days, [part]) for part in masks.PARTS}
    return {Group.DAYS: _counts_of(when, days), Group.PARTS: _counts_of(when, parts)}


def _counts(near: _Found, group: Group, chosen: Numbers) -> Mapping[str, Count]:
    """How many of `chosen` have each value: a histogram of every byte, not a pass for every bit."""
    values = masks.VALUES[group.value]
    column = near.column(group.value)
    if len(chosen) < len(column):
        column = column[chosen]
    octets = np.ascontiguousarray(column).view(np.uint8).reshape(len(column), column.itemsize)
    found = [
        np.bincount(octets[:, place], minlength=256) @ BITS_OF_BYTE
        for place in range((len(values) + 7) // 8)
    ]
    return dict(zip(values, map(Count.of, np.concatenate(found).tolist()), strict=False))


def _counts_of(column: NDArray[Any], wanted: Mapping[str, int]) -> Mapping[str, Count]:
    return {
        value: Count.of(int(np.count_nonzero(column & column.dtype.type(bits))))
        for value, bits in wanted.items()
    }


def _within(
    reader: Reader, read: _Found, near: _Found, radii_km: Collection[float]
) -> Iterator[tuple[float, Count]]:
    """How many there would be in each circle, the nearest first.

    Once there are more than are counted there are so in every wider circle: no need to read it,
    nor to look at what was `read` and lies outside the circle asked for.
    """
    within_km = near.asked.query.within_km
    squared, counted = near.squared[near.fitting], Count.of(0)
    is_only_near = True
    for radius_km in sorted(radii_km):
        if not counted.is_more_than_total:
            if radius_km > within_km:
                farther = [_Found.read(near.asked, reader, radius_km)]
                if is_only_near:
                    farther.append(read.only(np.flatnonzero(~read.inside(within_km))))
                    is_only_near = False
                more = (one.squared[one.is_on & one.fits] for one in farther)
                squared = np.concatenate([squared, *more])
            counted = Count.of(int(np.count_nonzero(squared <= _squared_metres(radius_km))))
        yield radius_km, counted


def _hits(found: _Found, matching: Numbers) -> tuple[Hit, ...]:
    offset, limit = found.asked.query.offset, found.asked.query.limit
    page = found.in_order(_first(found, matching, offset + limit))[offset : offset + limit]
    shown = found.only(page)
    columns = (shown.rows["activity"], shown.squared, shown.is_paused)
    return tuple(
        Hit(
            activity_id=activity,
            distance_km=over_surface(squared / METRES**2),
            is_paused=is_paused,
        )
        for activity, squared, is_paused in zip(*(one.tolist() for one in columns), strict=True)
    )


def _first(found: _Found, matching: Numbers, wanted: int) -> Numbers:
    """Enough of the first ones to fill the page: sorting all of a city would take longer."""
    if wanted >= len(matching):
        return matching
    if found.asked.query.order == Order.SOONEST:
        keys: Column = found.only(matching).starts
    else:
        keys = found.squared[matching]
    last = np.partition(keys, wanted - 1)[wanted - 1]
    first: Numbers = matching[keys <= last]
    return first


def _squared_metres(distance_km: float) -> float:
    return squared_chord(min(distance_km, FARTHEST_KM)) * METRES**2


def _drawn(levels: NDArray[Any], counted: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Levels as `Points` tells them."""
    drawn = np.zeros(len(levels), np.uint8)
    for number, level in enumerate((Level.GREEN, Level.ORANGE, Level.RED), start=1):
        drawn[counted == masks.mask("levels", [level])] = number
    drawn[(levels == masks.mask("levels", [Level.RED])) & (counted == UNCONFIRMED)] = 4
    return drawn
