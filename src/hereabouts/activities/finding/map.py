"""The finder's results as its map draws them: where each is and its level, nothing else."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.finder import Points, Query

# Of a degree: about a metre, finer than any pin.
STEPS = 100_000
ZERO = ord("0")


def as_sent(points: Points, query: Query) -> dict[str, Any]:
    """`points` in as few letters as a browser still reads at once.

    Result number n is the nth of `x`, `y` and `levels`. `x` and `y` say how many steps of a
    hundred-thousandth degree east and north it lies of the result before it, the first one of zero
    degrees; a level is its mark in `finding.declared`. `first` and `last` number the page that
    `query` asks for; `last` is below `first` when that page is empty.
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
    """From one to the next. Rounded before they are subtracted, so that no error adds up."""
    steps: list[int] = np.diff(np.rint(degrees * STEPS).astype(np.int64), prepend=0).tolist()
    return steps
