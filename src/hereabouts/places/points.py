"""Points on the Earth and the distance between them."""

import math
from dataclasses import dataclass

# Mean radius of the Earth (IUGG R1).
EARTH_RADIUS_KM = 6371.0088
KM_PER_MILE = 1.609344


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A point on the Earth in degrees, WGS84."""

    latitude: float
    longitude: float

    def on_sphere(self) -> tuple[float, float, float]:
        """Cartesian coordinates in kilometres, from the centre of a sphere of the mean radius."""
        latitude, longitude = math.radians(self.latitude), math.radians(self.longitude)
        return (
            EARTH_RADIUS_KM * math.cos(latitude) * math.cos(longitude),
            EARTH_RADIUS_KM * math.cos(latitude) * math.sin(longitude),
            EARTH_RADIUS_KM * math.sin(latitude),
        )


def squared_chord(distance_km: float) -> float:
    """The squared chord through the sphere, in km², of a distance over its surface.

    It grows with the distance, so comparing squared chords compares distances, without
    trigonometry.
    """
    return (2 * EARTH_RADIUS_KM * math.sin(distance_km / (2 * EARTH_RADIUS_KM))) ** 2


def over_surface(squared_chord_km2: float) -> float:
    """The distance in kilometres over the surface: the inverse of `squared_chord`."""
    half_chord = math.sqrt(squared_chord_km2) / (2 * EARTH_RADIUS_KM)
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, half_chord))


def distance_between(start: Point, end: Point) -> float:
    """Kilometres over the surface between two points: about 22 from Mansfield to Nottingham."""
    pairs = zip(start.on_sphere(), end.on_sphere(), strict=True)
    return over_surface(sum((left - right) ** 2 for left, right in pairs))
