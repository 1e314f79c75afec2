"""Which venues people can reach, how near the nearest is, and how far the places go round.

The order of work: `points` or `points_on_grid` make places of coordinates; `reach` (or
`reach_by_cost`, from a table of minutes) finds who can reach what; `two_step` and `three_step`
share the places out; `nearest`, `nearest_within` and `people_within` answer simpler questions. A
decay (`within`, `zones`, `gravity`, `gaussian`, `linear`) says how much a longer journey counts.

Shapes: people are one number an area, places one a site, pairs arrays of one length. Units: costs
are in kilometres, or in minutes where they were given so; limits and decays are in the same.
Sources: Luo and Wang (2003), Luo and Qi (2009), Wan, Zou and Sternberg (2012).

>>> access = two_step(
...     people=[100, 50],
...     places=[30],
...     reach=reach_by_cost([[5], [20]], upto=30),
...     decay=LUO_QI_SLOW,
... )
>>> access.places_per_person.round(4).tolist()
[0.2239, 0.1522]
"""

from hereabouts.methods.accessibility.catchments import Access, three_step, two_step
from hereabouts.methods.accessibility.closest import (
    Nearest,
    PeopleWithin,
    nearest,
    nearest_within,
    people_within,
)
from hereabouts.methods.accessibility.decay import (
    LUO_QI_SHARP,
    LUO_QI_SLOW,
    WAN,
    Decay,
    gaussian,
    gravity,
    linear,
    within,
    zones,
)
from hereabouts.methods.accessibility.pairs import (
    EARTH_RADIUS_KM,
    Points,
    Reach,
    Travel,
    distances,
    points,
    points_on_grid,
    reach,
    reach_by_cost,
)

__all__ = [
    "EARTH_RADIUS_KM",
    "LUO_QI_SHARP",
    "LUO_QI_SLOW",
    "WAN",
    "Access",
    "Decay",
    "Nearest",
    "PeopleWithin",
    "Points",
    "Reach",
    "Travel",
    "distances",
    "gaussian",
    "gravity",
    "linear",
    "nearest",
    "nearest_within",
    "people_within",
    "points",
    "points_on_grid",
    "reach",
    "reach_by_cost",
    "three_step",
    "two_step",
    "within",
    "zones",
]
