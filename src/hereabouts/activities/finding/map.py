"""The finder's results for its map: the point and level of each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.finder import Points, Query

# Steps in a degree: one is about a metre, finer than any pin.
STEPS = 100_000
ZERO = ord("0")


def as_sent(points: Points, query: Query) -> dict[str, Any]:
    """`points` as compact JSON that browsers parse at once.

    Result n is the nth of `x`, `y` and `levels`. `x` and `y` are delta-encoded: steps of a
    hundred-thousandth degree east and north of the result before, the first from zero degrees. A
    level is its mark in `activities.declaration`. `first` and `last` number the results on the
    page that `query` asks for; `last` is below `first` when that page is empty.
    """
    return {
        "first": query.offset + 1,
        "last": min(query.offset + query.limit, len(points.levels)),
        "per_page": query.limit,
        "centre": [query.point.longitude, query.point.latitude],
        "radius_km": round(query.within_km, 3),
        "is_more": points.is_more,
        "x": _steps_between(points.longitudes),
        "y": _steps_between(points.latitudes),
        "levels": (points.levels + ZERO).astype(np.uint8).tobytes().decode("ascii"),
    }


def _steps_between(degrees: NDArray[np.float64]) -> list[int]:
    """Differences in steps. Rounded before subtracting, so that errors do not add up."""
    steps: list[int] = np.diff(np.rint(degrees * STEPS).astype(np.int64), prepend=0).tolist()
    return steps
