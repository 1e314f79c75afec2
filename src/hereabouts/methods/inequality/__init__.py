"""How unequal something is between most and least deprived: ratio, gap, slope and concentration.

Groups stand in order, most deprived first, as published (decile 1 is the most deprived). The
figures are about areas and groups: what holds for a decile need not hold for a person in it.
"""

from hereabouts.methods.inequality.concentration import (
    Concentration,
    concentration_of_groups,
    concentration_of_people,
)
from hereabouts.methods.inequality.estimate import Estimate
from hereabouts.methods.inequality.ratio import RatioAndGap, Sample, ratio_and_gap
from hereabouts.methods.inequality.slope import (
    Indicator,
    Simulation,
    SlopeIndex,
    slope_index,
    standard_error_from_limits,
)

__all__ = [
    "Concentration",
    "Estimate",
    "Indicator",
    "RatioAndGap",
    "Sample",
    "Simulation",
    "SlopeIndex",
    "concentration_of_groups",
    "concentration_of_people",
    "ratio_and_gap",
    "slope_index",
    "standard_error_from_limits",
]
