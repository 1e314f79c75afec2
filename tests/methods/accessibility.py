"""Small worlds of people and places for the tests of `hereabouts.methods.accessibility`."""

import numpy as np
from numpy.typing import NDArray

from hereabouts.methods.accessibility import (
    Points,
    gaussian,
    gravity,
    linear,
    points_on_grid,
    within,
    zones,
)

Floats = NDArray[np.float64]
DECAYS = [
    within(15),
    zones([5, 10, 15], [1, 0.68, 0.22]),
    gravity(power=1.5, upto=20, at_least=0.5),
    gaussian(bandwidth=6, upto=18),
    linear(12),
]


def a_world(
    seed: int, *, areas: int = 30, sites: int = 12
) -> tuple[Floats, Floats, Points, Points]:
    """People, places and whole-kilometre points, so that limits are often met exactly."""
    random = np.random.default_rng(seed)
    return (
        random.integers(0, 900, areas).astype(float),
        random.integers(0, 60, sites).astype(float),
        points_on_grid(
            east_km=random.integers(0, 40, areas), north_km=random.integers(0, 40, areas)
        ),
        points_on_grid(
            east_km=random.integers(0, 40, sites), north_km=random.integers(0, 40, sites)
        ),
    )
