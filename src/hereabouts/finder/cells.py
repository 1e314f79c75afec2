"""The position of an entry: its H3 cell, its block, and its coordinates in metres."""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from hereabouts.places.points import EARTH_RADIUS_KM, Point

METRES = 1000
EARTH_RADIUS_M = EARTH_RADIUS_KM * METRES
ENTRY_RESOLUTION = 15
# A cell of a block is about 5 km²: on a day's measuring, larger ones made "nearest" slow in cities
# and smaller ones made thirty miles slow.
BLOCK_RESOLUTION = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The position of an entry: its finest cell, and whole metres from the Earth's centre."""

    cell: int
    x: int
    y: int
    z: int


def place_of(point: Point) -> Place:
    """The cell and coordinates that a `FinderEntry` at `point` has."""
    x, y, z = (round(kilometres * METRES) for kilometres in point.on_sphere())
    cell = h3.latlng_to_cell(point.latitude, point.longitude, ENTRY_RESOLUTION)
    return Place(cell=cell, x=x, y=y, z=z)


def block_of(cell: int) -> int:
    """The block that holds a finest cell."""
    block: int = h3.cell_to_parent(cell, BLOCK_RESOLUTION)
    return block


def cells_of(block: int) -> tuple[int, int]:
    """The first and the last finest cell of a block: what descends from it is one range."""
    first: int = h3.cell_to_center_child(block, ENTRY_RESOLUTION)
    return first, first + 8 ** (ENTRY_RESOLUTION - BLOCK_RESOLUTION) - 1


def degrees_of(
    x: NDArray[np.int64], y: NDArray[np.int64], z: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of points on the sphere, in degrees."""
    longitudes = np.degrees(np.arctan2(y, x))
    return longitudes, np.degrees(np.arcsin(np.clip(z / EARTH_RADIUS_M, -1, 1)))
