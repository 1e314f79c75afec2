"""Towns of people for the tests of `hereabouts.methods.siting`."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def clustered(seed: int, *, areas: int = 120, sites: int = 60) -> tuple[Floats, Floats]:
    """People in towns: hard enough that relaxations leave a gap."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 40, (8, 2))
    homes = towns[random.integers(0, 8, areas)] + random.normal(0, 4, (areas, 2))
    halls = random.uniform(0, 40, (sites, 2))
    costs = np.hypot(*(homes[:, None] - halls[None]).transpose(2, 0, 1))
    return random.integers(1, 100, areas).astype(float), costs
