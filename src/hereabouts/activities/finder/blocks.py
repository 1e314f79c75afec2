"""Entries as blocks of columns: one row of the database holds all that is in a cell of 5 km².

A page counts every filter over everything near. Row by row a database needs a microsecond for
each entry and filter; numpy needs a nanosecond. So the entries of a cell are kept side by side as
numbers, and a search reads the few blocks that meet its circle.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import psycopg
from django.db import connection, transaction
from numpy.typing import NDArray

from hereabouts.activities.finder import masks
from hereabouts.activities.finder.places import METRES, block_of, cells_of, place_of
from hereabouts.activities.finder.rows import ENTRY, BlockRows, Rows, packed
from hereabouts.activities.models import FinderBlock, FinderEntry
from hereabouts.places.points import EARTH_RADIUS_KM, Point, squared_chord

# Days and minutes count from here, so that they fit.
FIRST_DAY = date(2000, 1, 1)
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
NO_DAY, NO_MOMENT = 2**16 - 1, 2**31 - 1

MASKS = ("when", "forms", "kinds", "purposes", "costs", "needs", "conditions", "languages", "ages")
DAYS = ("level_until", "last_on", "paused_on", "paused_until")
MOMENTS = ("next_at", "then_at")
PLACE = ("x", "y", "z")
ENTRY_FIELDS = ("activity_id", *PLACE, "level", *DAYS, *MOMENTS, *MASKS)

# An entry is never farther from its block's centre: the cell's corners, with what descends from it
# and reaches past them, anywhere on the Earth.
FARTHEST_REACH_KM = 2.5
# Blocks written by one statement: they may be large.
AT_ONCE = 100
# Any number will do, as long as nobody else locks it.
WRITERS = 7_284_031
TABLE = FinderBlock._meta.db_table


@transaction.atomic
def write_blocks(cells: Iterable[int]) -> None:
    """Make anew the blocks in which these finest cells lie.

    Call it in the same transaction, after writing or deleting entries, with the cells they were in
    and are in.
    """
    blocks = sorted({block_of(cell) for cell in cells})
    if not blocks:
        return
    wait_for_other_writers()
    for start in range(0, len(blocks), AT_ONCE):
        some = blocks[start : start + AT_ONCE]
        # One statement takes them away and one brings them back; nobody sees the gap.
        FinderBlock.objects.filter(cell__in=some).delete()
        entries = ((block, _entries_of(block)) for block in some)
        FinderBlock.objects.bulk_create(_made(block, one) for block, one in entries if len(one))


def day_number(day: date | None) -> int:
    """A day as blocks hold it."""
    return NO_DAY if day is None else min(max((day - FIRST_DAY).days, 0), NO_DAY - 1)


def minute_number(moment: datetime | None) -> int:
    """A moment as blocks hold it, to the minute in which it falls."""
    if moment is None:
        return NO_MOMENT
    minutes = int((moment - FIRST_MOMENT).total_seconds() // 60)
    return min(max(minutes, 0), NO_MOMENT - 1)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Read:
    """What was read at once: the entries, and the blocks that they are in."""

    rows: Rows
    blocks: tuple[int, ...]


class Reader:
    """Reads the blocks around a point, each once, however often the circle is widened."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self.place = place_of(point)
        self.read_km = -FARTHEST_REACH_KM

    def read(self, radius_km: float) -> Read:
        """Every entry of the blocks that meet the circle and were not read before."""
        if radius_km <= self.read_km:
            return Read(rows=BlockRows([]), blocks=())
        chosen, parameters = self._chosen(radius_km)
        self.read_km = radius_km
        blocks = _select(chosen, parameters)
        return Read(
            rows=BlockRows([columns for _, columns in blocks]),
            blocks=tuple(block for block, _ in blocks),
        )

    def _chosen(self, radius_km: float) -> tuple[str, list[float]]:
        """The blocks whose entries may be in the circle, and could not be in the last one."""
        x, y, z = self.place.x, self.place.y, self.place.z
        squared = "(x - %s) * (x - %s) + (y - %s) * (y - %s) + (z - %s) * (z - %s)"
        box, sides = _box(self.point, radius_km + FARTHEST_REACH_KM)
        wanted = f"{box} AND {squared} <= (reach + %s) * (reach + %s)"
        chord = _chord_m(radius_km) + 1
        parameters: list[float] = [*sides, x, x, y, y, z, z, chord, chord]
        if self.read_km > 0:
            read = _chord_m(self.read_km) + 1
            wanted += f" AND {squared} > (reach + %s) * (reach + %s)"
            parameters += [x, x, y, y, z, z, read, read]
        return wanted, parameters


def _chord_m(distance_km: float) -> int:
    """The straight line through the sphere, in whole metres, not shorter than it is."""
    half_round = math.pi * EARTH_RADIUS_KM
    return math.ceil(math.sqrt(squared_chord(min(distance_km, half_round))) * METRES)


def _box(point: Point, radius_km: float) -> tuple[str, list[float]]:
    """Latitudes and longitudes between which the circle lies; no bounds near poles and date line.

    A quick first choice by an index; exact distances follow.
    """
    up = math.degrees(radius_km / EARTH_RADIUS_KM) * 1.001
    south, north = point.latitude - up, point.latitude + up
    if south <= -90 or north >= 90:
        return "latitude BETWEEN %s AND %s", [south, north]
    across = math.degrees(
        math.asin(min(1.0, math.sin(math.radians(up)) / math.cos(math.radians(point.latitude))))
    )
    west, east = point.longitude - across * 1.001, point.longitude + across * 1.001
    if west < -180 or east > 180:
        return "latitude BETWEEN %s AND %s", [south, north]
    return (
        "latitude BETWEEN %s AND %s AND longitude BETWEEN %s AND %s",
        [south, north, west, east],
    )


def _select(wanted: str, parameters: list[float]) -> list[tuple[int, bytes]]:
    sql = f"SELECT cell, columns FROM {TABLE} WHERE {wanted}"
    if connection.vendor == "postgresql":
        # Django's own cursor would be sent every byte as two letters.
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as binary_cursor:
            return binary_cursor.execute(sql, parameters, binary=True).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[int, bytes]] = cursor.fetchall()
    return rows


def wait_for_other_writers() -> None:
    """Wait until they commit, and let others wait for this transaction.

    A block made beside theirs would lack their entry, and an entry made beside theirs would not
    know what they changed. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])


def _entries_of(block: int) -> NDArray[np.void]:
    first, last = cells_of(block)
    entries = FinderEntry.objects.filter(cell__range=(first, last)).order_by("activity_id")
    return np.array([_row(*values) for values in entries.values_list(*ENTRY_FIELDS)], ENTRY)


def _row(activity: int, x: int, y: int, z: int, level: str, *others: Any) -> tuple[int, ...]:
    """One entry in the order of `ENTRY`."""
    values = dict(zip((*DAYS, *MOMENTS, *MASKS), others, strict=True))
    days = {name: day_number(values[name]) for name in DAYS}
    moments = {name: minute_number(values[name]) for name in MOMENTS}
    plain = {"activity": activity, "x": x, "y": y, "z": z, "levels": masks.mask("levels", [level])}
    row = {**values, **days, **moments, **plain}
    return tuple(row[name] for name in ENTRY.names or ())


def _made(block: int, entries: NDArray[np.void]) -> FinderBlock:
    latitude, longitude = h3.cell_to_latlng(block)
    centre = place_of(Point(latitude=latitude, longitude=longitude))
    x, y, z = centre.x, centre.y, centre.z
    away = [entries[name].astype("i8") - at for name, at in zip(PLACE, (x, y, z), strict=True)]
    farthest = math.sqrt(max(sum(leg * leg for leg in away)))
    return FinderBlock(
        cell=block,
        latitude=latitude,
        longitude=longitude,
        x=x,
        y=y,
        z=z,
        reach=math.ceil(farthest),
        columns=packed(entries),
    )
