"""Who can reach what: points on the Earth or on a grid, and the pairs within a limit."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]

# Mean radius of the Earth (IUGG R1).
EARTH_RADIUS_KM = 6371.0088
# Pairs found at a time: bounds the memory beyond what the answer itself takes.
PAIRS_AT_A_TIME = 2_000_000
# One area in so many is looked at to see about how many pairs there will be.
SAMPLED = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """Places, one a row, in kilometres: x and y on a grid, or x, y and z on the sphere."""

    coordinates: Floats

    def __len__(self) -> int:
        return len(self.coordinates)

    @property
    def are_on_sphere(self) -> bool:
        return bool(self.coordinates.shape[1] == 3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The pairs of an area and a site no further apart than `upto`; pair k is row k of the arrays.

    `cost` is in the unit that the pairs were made with: kilometres, or minutes. The pairs stand in
    no particular order, each at most once.
    """

    area: Indices
    site: Indices
    cost: Floats
    areas: int
    sites: int
    upto: float

    def __len__(self) -> int:
        return len(self.cost)

    def recosted(self, change: Callable[[Floats], Floats]) -> "Reach":
        """The same pairs at another cost, such as minutes for kilometres.

        `change` must grow with the cost; the limit is changed with it.

        >>> on_foot = Travel(km_per_hour=4.5)
        >>> reach_by_cost([[1.0, 9.0]], upto=3).recosted(on_foot.minutes).cost.round(1).tolist()
        [17.3]
        """
        cost, limit = change(self.cost), float(change(np.array([self.upto]))[0])
        if cost.shape != self.cost.shape or not (cost >= 0).all():
            raise ValueError("The change of cost must give one cost of 0 or more for each pair.")
        return Reach(
            area=self.area,
            site=self.site,
            cost=cost,
            areas=self.areas,
            sites=self.sites,
            upto=limit,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Travel:
    """A stated speed, for "about" so many minutes where there is no routing.

    `detour` is how much longer the way is than the straight line; 1.3 is the platform's assumption.

    >>> round(Travel(km_per_hour=4.5).km(15), 2)
    0.87
    """

    km_per_hour: float
    detour: float = 1.3

    def __post_init__(self) -> None:
        if not (0 < self.km_per_hour < math.inf and 1 <= self.detour < math.inf):
            raise ValueError("A speed must be above 0 and a detour at least 1.")

    def minutes(self, km: Floats) -> Floats:
        """Minutes for straight lines of so many kilometres."""
        return km * (self.detour * 60 / self.km_per_hour)

    def km(self, minutes: float) -> float:
        """The straight line, in kilometres, that takes so many minutes."""
        return minutes * self.km_per_hour / (self.detour * 60)


def points(*, latitude: ArrayLike, longitude: ArrayLike) -> Points:
    """Places given in degrees (WGS84), set on a sphere of the Earth's mean radius.

    >>> len(points(latitude=[53.14], longitude=[-1.2]))
    1
    """
    north, east = np.asarray(latitude, dtype=float), np.asarray(longitude, dtype=float)
    if north.shape != east.shape or north.ndim != 1:
        raise ValueError("Latitudes and longitudes must be two lists of one length.")
    if not (np.abs(north) <= 90).all() or not (np.abs(east) <= 360).all():
        raise ValueError("Latitudes must be within ±90 and longitudes within ±360 degrees.")
    north, east = np.radians(north), np.radians(east)
    level = EARTH_RADIUS_KM * np.cos(north)
    return Points(
        coordinates=np.column_stack(
            [level * np.cos(east), level * np.sin(east), EARTH_RADIUS_KM * np.sin(north)]
        )
    )


def points_on_grid(*, east_km: ArrayLike, north_km: ArrayLike) -> Points:
    """Places given in kilometres on a flat grid, such as the National Grid divided by 1,000.

    >>> points_on_grid(east_km=[451.2], north_km=[370.5]).are_on_sphere
    False
    """
    east, north = np.asarray(east_km, dtype=float), np.asarray(north_km, dtype=float)
    if north.shape != east.shape or north.ndim != 1:
        raise ValueError("Eastings and northings must be two lists of one length.")
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        raise ValueError("Eastings and northings must be numbers, and finite.")
    return Points(coordinates=np.column_stack([east, north]))


def distances(*, areas: Points, sites: Points) -> Floats:
    """Every distance in kilometres, areas by sites: along a great circle, or straight on a grid.

    >>> two = points_on_grid(east_km=[0, 3], north_km=[0, 4])
    >>> distances(areas=two, sites=two).tolist()
    [[0.0, 5.0], [5.0, 0.0]]
    """
    on_same_ground(areas, sites)
    straight: Floats = cdist(areas.coordinates, sites.coordinates)
    return over_surface(straight) if areas.are_on_sphere else straight


def reach(*, areas: Points, sites: Points, within_km: float) -> Reach:
    """The pairs no further apart than `within_km`, the limit itself included.

    On a sphere the distance is that along the surface, on a grid the straight line. Memory: 16
    bytes a pair, and about 100 MB to work in.

    >>> areas = points_on_grid(east_km=[0, 9], north_km=[0, 0])
    >>> sites = points_on_grid(east_km=[3, 20], north_km=[4, 0])
    >>> found = reach(areas=areas, sites=sites, within_km=5)
    >>> found.area.tolist(), found.site.tolist(), found.cost.tolist()
    ([0], [0], [5.0])
    """
    on_same_ground(areas, sites)
    if not 0 <= within_km < math.inf:
        raise ValueError("The limit must be a distance of 0 km or more.")
    if areas.are_on_sphere and within_km > math.pi * EARTH_RADIUS_KM:
        raise ValueError("The limit is further than any two places on the Earth are apart.")
    bound = chord(within_km) if areas.are_on_sphere else within_km
    area, site, cost = _pairs_within(areas.coordinates, sites.coordinates, bound)
    if areas.are_on_sphere:
        cost = np.minimum(over_surface(cost), within_km)
    return Reach(
        area=area,
        site=site,
        cost=cost,
        areas=len(areas),
        sites=len(sites),
        upto=float(within_km),
    )


def _pairs_within(areas: Floats, sites: Floats, bound: float) -> tuple[Indices, Indices, Floats]:
    """The pairs with a straight line no longer than the bound, found a part at a time."""
    # Built as they come: a balanced tree takes longer to make than it saves here.
    plain = {"balanced_tree": False, "compact_nodes": False}
    tree, whole = cKDTree(sites, **plain), cKDTree(areas, **plain)
    few = cKDTree(areas[::SAMPLED], **plain).count_neighbors(tree, bound)
    if few * SAMPLED <= PAIRS_AT_A_TIME:
        found = whole.sparse_distance_matrix(tree, bound, output_type="ndarray")
        return found["i"].astype(np.int32), found["j"].astype(np.int32), found["v"].copy()
    pairs = int(whole.count_neighbors(tree, bound))
    area, site = np.empty(pairs, dtype=np.int32), np.empty(pairs, dtype=np.int32)
    cost = np.empty(pairs)
    parts, done = math.ceil(pairs / PAIRS_AT_A_TIME), 0
    for part in range(parts):
        # Every so-manieth area, so that no part holds all of a city.
        some = cKDTree(areas[part::parts], **plain)
        found = some.sparse_distance_matrix(tree, bound, output_type="ndarray")
        rows = slice(done, done + len(found))
        area[rows], site[rows], cost[rows] = found["i"] * parts + part, found["j"], found["v"]
        done += len(found)
    return area, site, cost


def reach_by_cost(costs: ArrayLike, *, upto: float = math.inf) -> Reach:
    """The pairs of a table of costs, areas by sites, that cost no more than `upto`.

    A journey that cannot be made costs infinity.

    >>> len(reach_by_cost([[5.0, 31.0], [float("inf"), 30.0]], upto=30))
    2
    """
    table = np.asarray(costs, dtype=float)
    if table.ndim != 2 or table.size == 0:
        raise ValueError("Costs must be a table of areas by sites with at least one of each.")
    if not (table >= 0).all():
        raise ValueError("Costs must be numbers of 0 or more.")
    if not upto >= 0:
        raise ValueError("The limit must be 0 or more.")
    area, site = np.nonzero((table <= upto) & np.isfinite(table))
    return Reach(
        area=area.astype(np.int32),
        site=site.astype(np.int32),
        cost=table[area, site],
        areas=table.shape[0],
        sites=table.shape[1],
        upto=float(upto),
    )


def chord(km: float) -> float:
    """The straight line through the sphere of a distance over its surface, both in km."""
    return 2 * EARTH_RADIUS_KM * math.sin(km / (2 * EARTH_RADIUS_KM))


def over_surface(straight_km: Floats) -> Floats:
    """Distances over the surface of straight lines through the sphere, both in km."""
    # In place: the table of a whole country is large.
    turned = straight_km / (2 * EARTH_RADIUS_KM)
    np.minimum(turned, 1.0, out=turned)
    np.arcsin(turned, out=turned)
    turned *= 2 * EARTH_RADIUS_KM
    return turned


def summed(index: Indices, values: Floats, count: int) -> Floats:
    """The sum of the values of each index, from 0 to `count` - 1."""
    return np.bincount(index, values, count).astype(np.float64, copy=False)


def amounts(values: ArrayLike, *, name: str, count: int) -> Floats:
    """The values as numbers of 0 or more, `count` of them; a ValueError names what is wrong."""
    array = np.asarray(values, dtype=float)
    if array.shape != (count,):
        raise ValueError(f"{name} must be {count} numbers, one for each.")
    if not (np.isfinite(array).all() and (array >= 0).all()):
        raise ValueError(f"{name} must be finite numbers of 0 or more.")
    return array


def on_same_ground(areas: Points, sites: Points) -> None:
    """Raise ValueError unless there are areas and sites, both on the sphere or both on a grid."""
    if len(areas) == 0 or len(sites) == 0:
        raise ValueError("There must be at least one area and one site.")
    if areas.are_on_sphere != sites.are_on_sphere:
        raise ValueError("Areas and sites must both be on the sphere, or both on one grid.")
