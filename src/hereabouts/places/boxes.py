"""Bounding boxes in degrees."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hereabouts.core.refusals import Refusal
from hereabouts.places.points import Point

WIDEST_DEGREES = 4


class NotABox(Refusal):
    """The text is no bounding box, or the box is too large."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A bounding box in degrees, WGS84. None crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Is `point` inside the box or on its edge?"""
        is_between = self.south <= point.latitude <= self.north
        return is_between and self.west <= point.longitude <= self.east


def read_box(text: str) -> Box:
    """The box of "west,south,east,north", such as "-1.6,53,-0.9,53.4". Raises `NotABox`."""
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
