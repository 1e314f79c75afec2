"""Reads blocks: one row of the database holds all entries of a cell of about 5 km², as columns.

A page counts every filter over everything near. Row by row a database needs a microsecond for
each entry and filter; numpy needs a nanosecond. So the entries of a cell are kept side by side as
numbers, and a search reads the few blocks that meet its circle.
"""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime

import psycopg
from django.db import connection

from hereabouts.finder.cells import METRES, place_of
from hereabouts.finder.rows import BlockRows, Rows
from hereabouts.places.points import EARTH_RADIUS_KM, Point, squared_chord

# Days and minutes count from here, so that they fit.
FIRST_DAY = date(2000, 1, 1)
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
NO_DAY, NO_MOMENT = 2**16 - 1, 2**31 - 1

# An entry is never farther from its block's centre: the cell's corners, with what descends from it
# and reaches past them, anywhere on the Earth.
FARTHEST_REACH_KM = 2.5
# Where the blocks are. Named here: a search reads them without Django's models.
BLOCKS = "finder_blocks"


def day_number(day: date | None) -> int:
    """A day as blocks hold it: days since 2000, `NO_DAY` for None."""
    return NO_DAY if day is None else min(max((day - FIRST_DAY).days, 0), NO_DAY - 1)


def minute_number(moment: datetime | None) -> int:
    """A moment as blocks hold it: whole minutes since 2000, `NO_MOMENT` for None."""
    if moment is None:
        return NO_MOMENT
    minutes = int((moment - FIRST_MOMENT).total_seconds() // 60)
    return min(max(minutes, 0), NO_MOMENT - 1)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Read:
    """Entries that were read together, and the blocks that they are in."""

    rows: Rows
    blocks: tuple[int, ...]


class Reader:
    """Reads one kind's blocks around a point, each once, however often the circle is widened."""

    def __init__(self, kind: int, point: Point) -> None:
        self.kind = kind
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
        wanted = f"kind = %s AND {box} AND {squared} <= (reach + %s) * (reach + %s)"
        chord = _chord_m(radius_km) + 1
        parameters: list[float] = [self.kind, *sides, x, x, y, y, z, z, chord, chord]
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
    """SQL for the box around a circle; without longitudes near the poles and the date line.

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
    sql = f"SELECT cell, columns FROM {BLOCKS} WHERE {wanted}"
    if connection.vendor == "postgresql":
        # Django's own cursor would be sent every byte as two letters.
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as binary_cursor:
            return binary_cursor.execute(sql, parameters, binary=True).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[int, bytes]] = cursor.fetchall()
    return rows
