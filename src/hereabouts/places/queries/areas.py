"""Areas and boundaries by location."""

from datetime import datetime

import shapely
from django.db.models import Exists, Max, OuterRef, Q

from hereabouts.places.boxes import Box
from hereabouts.places.models import Area, Boundary
from hereabouts.places.points import Point


def area_at(point: Point, kind: str) -> Area | None:
    """The area of that kind that contains `point`; None where none that was loaded does.

    Boundaries are simplified: within about 50 metres of one, it may be the neighbour.
    """
    here = Box(
        west=point.longitude, south=point.latitude, east=point.longitude, north=point.latitude
    )
    around = (
        Boundary.objects.meeting(here)
        .filter(area__kind=kind)
        .select_related("area")
        .order_by("area__code")
    )
    for boundary in around:
        outline = shapely.from_wkb(bytes(boundary.outline))
        if shapely.intersects_xy(outline, point.longitude, point.latitude):
            return boundary.area
    return None


def boundaries_in(box: Box) -> list[Boundary]:
    """The boundaries whose bounding box meets `box`, counties first; a unitary authority once."""
    # Codes change: files of two years may give one unitary authority two codes.
    is_the_same = Q(code=OuterRef("area__code")) | Q(name=OuterRef("area__name"))
    is_county_too = Area.objects.filter(is_the_same, kind=Area.Kind.COUNTY, boundary__isnull=False)
    return list(
        Boundary.objects.meeting(box)
        .filter(Q(area__kind=Area.Kind.COUNTY) | ~Exists(is_county_too))
        .select_related("area")
        .order_by("area__kind", "area__code")
    )


def boundaries_changed_at() -> datetime | None:
    """When boundaries were last loaded; None when there are none."""
    changed: datetime | None = Boundary.objects.aggregate(at=Max("loaded_at"))["at"]
    return changed
