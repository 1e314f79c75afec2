"""Outcodes, sectors, and the postcode nearest to a point, from the sorted file.

The postcodes of a sector (`NG20 8`) are one contiguous range of rows. Those of an outcode (`NG20`)
are ten such ranges: the sectors of `NG2` stand in between.
"""

import math
import re
import string
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from hereabouts.places import postcodes
from hereabouts.places.points import Point, distance_between
from hereabouts.places.postcodes import Located

PART = re.compile(r"([A-Z]{1,2}) ?([0-9][A-Z0-9]?)(?: ([0-9]))?")
KM_PER_DEGREE = 111.2
# Rows read at a time to find where the sectors begin.
ROWS_AT_ONCE = 200_000

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sectors:
    """For each sector its range of rows and its bounding box, as parallel arrays."""

    begins: "np.ndarray[Any, np.dtype[np.int64]]"
    ends: "np.ndarray[Any, np.dtype[np.int64]]"
    south: Floats
    north: Floats
    west: Floats
    east: Floats


@lru_cache(maxsize=4096)
def centre(text: str) -> Located | None:
    """The middle of an outcode or a sector: the point of one of its postcodes, so never in a river.

    It is the postcode nearest to the median of all its postcodes. `postcode` of the result is the
    outcode or sector as written: "NG20" for "ng20". None when no postcode begins so.
    """
    typed = PART.fullmatch(" ".join(text.upper().split()))
    if typed is None:
        return None
    outcode, sector = typed[1] + typed[2], typed[3]
    rows = [_rows_of(outcode + digit) for digit in (sector or string.digits)]
    latitudes = np.concatenate([part["latitude"] for part in rows])
    longitudes = np.concatenate([part["longitude"] for part in rows])
    if not len(latitudes):
        return None
    middle = Point(latitude=float(np.median(latitudes)), longitude=float(np.median(longitudes)))
    index = int(_squared_km(latitudes, longitudes, middle).argmin())
    point = Point(latitude=float(latitudes[index]), longitude=float(longitudes[index]))
    return Located(postcode=f"{outcode} {sector}" if sector else outcode, point=point)


def nearest(point: Point, *, within_km: float) -> Located | None:
    """The postcode nearest to `point`, unless it is farther than `within_km`.

    It may be an ended one, as the file does not mark them. The first call in a process takes 0.3 s
    to index the sectors; after that, 2 km take 0.1 ms in a village and 4 ms in London.
    """
    known = _sectors()
    high = within_km / KM_PER_DEGREE
    wide = high / math.cos(math.radians(point.latitude))
    around = np.flatnonzero(
        (known.south <= point.latitude + high)
        & (known.north >= point.latitude - high)
        & (known.west <= point.longitude + wide)
        & (known.east >= point.longitude - wide)
    )
    if not len(around):
        return None
    table = postcodes.table()
    rows = np.concatenate([table[known.begins[sector] : known.ends[sector]] for sector in around])
    found = rows[_squared_km(rows["latitude"], rows["longitude"], point).argmin()]
    located = Located(
        postcode=postcodes.as_written(found["code"].decode()),
        point=Point(latitude=float(found["latitude"]), longitude=float(found["longitude"])),
    )
    return located if distance_between(point, located.point) <= within_km else None


def _rows_of(sector: str) -> "np.ndarray[Any, np.dtype[np.void]]":
    """The rows of a sector, written without its space ("NG208")."""
    table = postcodes.table()
    codes = table["code"]
    # The last two characters are letters, which sort from "A" to before "[".
    begin, end = (bisect_left(codes, f"{sector}{edge}".encode()) for edge in "A[")
    return table[begin:end]


def _squared_km(latitudes: Floats, longitudes: Floats, point: Point) -> Floats:
    """Squared distances in km² on a plane: good enough to compare what is near `point`."""
    north = (latitudes - point.latitude) * KM_PER_DEGREE
    east = (longitudes - point.longitude) * KM_PER_DEGREE * math.cos(math.radians(point.latitude))
    squared: Floats = north**2 + east**2
    return squared


@lru_cache(maxsize=1)
def _sectors() -> Sectors:
    table = postcodes.table()
    begins = _beginnings(table["code"])
    return Sectors(
        begins=begins,
        ends=np.append(begins[1:], len(table)),
        south=np.minimum.reduceat(table["latitude"], begins),
        north=np.maximum.reduceat(table["latitude"], begins),
        west=np.minimum.reduceat(table["longitude"], begins),
        east=np.maximum.reduceat(table["longitude"], begins),
    )


def _beginnings(
    codes: "np.ndarray[Any, np.dtype[np.bytes_]]",
) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """The first row of each sector; read in chunks, as all codes at once take 60 MB."""
    found, before = [], b""
    for start in range(0, len(codes), ROWS_AT_ONCE):
        part = _without_last_two(codes[start : start + ROWS_AT_ONCE])
        found.append(start + np.flatnonzero(part != np.concatenate([[before], part[:-1]])))
        before = part[-1]
    return np.concatenate(found)


def _without_last_two(
    codes: "np.ndarray[Any, np.dtype[np.bytes_]]",
) -> "np.ndarray[Any, np.dtype[np.bytes_]]":
    letters = np.array(codes).view("u1").reshape(len(codes), -1)
    lengths = (letters != 0).sum(axis=1)
    letters[np.arange(letters.shape[1]) >= lengths[:, None] - 2] = 0
    return letters.view(codes.dtype).ravel()
