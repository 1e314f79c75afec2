"""Reading places: which place a text means, and which areas lie around a point."""

from hereabouts.places.queries.areas import area_at, boundaries_changed_at, boundaries_in
from hereabouts.places.queries.somewhere import (
    Somewhere,
    Whereabouts,
    is_in_great_britain,
    nearest_postcode,
    whereabouts,
)

__all__ = [
    "Somewhere",
    "Whereabouts",
    "area_at",
    "boundaries_changed_at",
    "boundaries_in",
    "is_in_great_britain",
    "nearest_postcode",
    "whereabouts",
]
