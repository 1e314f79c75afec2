"""Boxes on the map, between two parallels and two meridians."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hereabouts.core.refusals import Refusal
from hereabouts.places.points import Point

WIDEST_DEGREES = 4


class NotABox(Refusal):
    """What was asked for is no box on the map, or too large a one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """All points between these degrees, WGS84."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Is `point` inside or on the edge?"""
        is_between = self.south <= point.latitude <= self.north
        return is_between and self.west <= point.longitude <= self.east


def read_box(text: str) -> Box:
    """The box that `text` says: `west,south,east,north`. Raises `NotABox`."""
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise NotABox(
            _("Say the box as west,south,east,north in degrees: box=-1.6,53,-0.9,53.4")
        ) from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise NotABox(
            _("That is no box: west is less than east, south is less than north, all in degrees.")
        )
    if max(east - west, north - south) > WIDEST_DEGREES:
        raise NotABox(_("That box is too large: %d degrees a side at most.") % WIDEST_DEGREES)
    return Box(west=west, south=south, east=east, north=north)
