"""The nearest site, and how many people have one within a limit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from hereabouts.methods.accessibility.pairs import (
    Points,
    Reach,
    amounts,
    on_same_ground,
    over_surface,
    summed,
)

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NONE = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """For each area its nearest site and what it costs to get there.

    Of equally near sites it is the first. Where none is in reach the site is -1 and the cost
    infinity.
    """

    site: Integers
    cost: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleWithin:
    """How many people have a site within the limit.

    `is_within` is for each area, `by_site` the people within the limit of each site (someone near
    two sites counts at both), `people` those near any, each once. `share` is None where there are
    no people at all.
    """

    people: float
    share: float | None
    is_within: NDArray[np.bool_]
    by_site: Floats


def nearest(*, areas: Points, sites: Points) -> Nearest:
    """The nearest site of each area, however far, in kilometres.

    >>> from hereabouts.methods.accessibility import points_on_grid
    >>> found = nearest(
    ...     areas=points_on_grid(east_km=[0, 8], north_km=[0, 0]),
    ...     sites=points_on_grid(east_km=[3, 9], north_km=[4, 0]),
    ... )
    >>> found.site.tolist(), found.cost.tolist()
    ([0, 1], [5.0, 1.0])
    """
    on_same_ground(areas, sites)
    # Venues often share a building: each place once, by its first site.
    places, first = np.unique(sites.coordinates, axis=0, return_index=True)
    tree = cKDTree(places)
    away, at = tree.query(areas.coordinates, k=[1, 2])
    is_tied = np.flatnonzero(away[:, 0] == away[:, 1])
    away, at = away[:, 0], at[:, 0]
    for area in is_tied:
        around = np.array(tree.query_ball_point(areas.coordinates[area], away[area] * (1 + 1e-12)))
        squared = ((places[around] - areas.coordinates[area]) ** 2).sum(axis=1)
        tied = around[squared == squared.min()]
        at[area] = tied[first[tied].argmin()]
    cost = over_surface(away) if areas.are_on_sphere else away
    return Nearest(site=first[at].astype(np.int64), cost=cost)


def nearest_within(reach: Reach) -> Nearest:
    """The nearest site of each area among the pairs in reach, in the unit of their cost.

    >>> from hereabouts.methods.accessibility import reach_by_cost
    >>> found = nearest_within(reach_by_cost([[12, 7, 7], [40, 50, 60]], upto=30))
    >>> found.site.tolist(), found.cost.tolist()
    ([1, -1], [7.0, inf])
    """
    order = np.lexsort((reach.site, reach.cost, reach.area))
    area, first = np.unique(reach.area[order], return_index=True)
    site = np.full(reach.areas, NONE, dtype=np.int64)
    cost = np.full(reach.areas, np.inf)
    site[area], cost[area] = reach.site[order[first]], reach.cost[order[first]]
    return Nearest(site=site, cost=cost)


def people_within(*, people: ArrayLike, reach: Reach, upto: float | None = None) -> PeopleWithin:
    """How many people have a site within `upto`, the limit included; by default all in reach.

    >>> from hereabouts.methods.accessibility import reach_by_cost
    >>> minutes = reach_by_cost([[12, 7], [29, 60], [45, 50]], upto=60)
    >>> found = people_within(people=[100, 50, 50], reach=minutes, upto=30)
    >>> found.people, found.share, found.by_site.tolist()
    (150.0, 0.75, [150.0, 100.0])
    """
    limit = reach.upto if upto is None else upto
    if not 0 <= limit <= reach.upto:
        raise ValueError(f"The limit must be from 0 to {reach.upto:g}, as far as the pairs go.")
    heads = amounts(people, name="People", count=reach.areas)
    near = reach.cost <= limit
    is_within = np.zeros(reach.areas, dtype=np.bool_)
    is_within[reach.area[near]] = True
    total, found = float(heads.sum()), float(heads[is_within].sum())
    return PeopleWithin(
        people=found,
        share=found / total if total > 0 else None,
        is_within=is_within,
        by_site=summed(reach.site[near], heads[reach.area[near]], reach.sites),
    )
