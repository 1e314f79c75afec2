"""Where a pin is: its coordinates checked, and a postcode found in what is said about it."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from hereabouts.places import postcodes
from hereabouts.places.points import Point, distance_between
from hereabouts.places.queries import is_in_great_britain

# Degrees that hold Great Britain, as the database keeps venues.
NORTH, EAST = (49.0, 61.0), (-9.0, 2.0)
# A postcode in running text counts when it is as near its pin as this: it may be an office's.
NEAR_ITS_PIN_KM = 2.0
IN_TEXT = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)


def wrong_with(*, latitude: float | None, longitude: float | None) -> str:
    """A sentence about what is wrong with a pair of coordinates; empty when nothing is."""
    if latitude is None or longitude is None:
        return _("A point needs both its latitude and its longitude. Write both, or neither.")
    if _is_within(latitude, NORTH) and _is_within(longitude, EAST):
        point = Point(latitude=latitude, longitude=longitude)
        return "" if is_in_great_britain(point) else _far_from_all(point)
    if _is_within(longitude, NORTH) and _is_within(latitude, EAST):
        return _("Latitude and longitude are the wrong way round. In Britain latitude is 49 to 61.")
    return _("The point %(latitude)s, %(longitude)s is not in Great Britain. Correct it.") % {
        "latitude": latitude,
        "longitude": longitude,
    }


def postcode_near(point: Point, texts: Iterable[str]) -> postcodes.Located | None:
    """The first postcode in `texts` that lies where the pin is."""
    for text in texts:
        for written in IN_TEXT.findall(text):
            found = postcodes.locate(written)
            if found and distance_between(found.point, point) <= NEAR_ITS_PIN_KM:
                return found
    return None


def _far_from_all(point: Point) -> str:
    return _(
        "The point %(latitude)s, %(longitude)s is at sea or in another country: no postcode of "
        "Great Britain is near it. Correct it."
    ) % {"latitude": point.latitude, "longitude": point.longitude}


def _is_within(degrees: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= degrees <= bounds[1]
