"""Few draws and groups of people for the tests of `hereabouts.methods.falls`."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from hereabouts.methods.falls import Sampling

Floats = NDArray[np.float64]
FEW = Sampling(draws=2000)
PEOPLE = st.lists(st.integers(0, 400), min_size=10, max_size=10).map(
    lambda numbers: np.array(numbers, dtype=float).reshape(2, 5)
)
