"""Distances as people go: about so many miles."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.places.points import KM_PER_MILE


def about_miles(distance_km: float) -> float:
    """About how far to go, in miles: the straight line times the detour that ways usually make."""
    return distance_km * settings.DISTANCE_DETOUR / KM_PER_MILE


def straight_km(miles: float) -> float:
    """How far in a straight line "about `miles`" reaches: the inverse of `about_miles`."""
    return miles * KM_PER_MILE / settings.DISTANCE_DETOUR


def distance_in_words(distance_km: float) -> str:
    """ "about 0.7 miles": an estimate, and said to be one."""
    miles = about_miles(distance_km)
    if miles < 0.1:
        return _("less than 0.1 miles")
    rounded = round(miles, 1) if miles < 10 else round(miles)
    return ngettext("about %(n)s mile", "about %(n)s miles", 1 if rounded == 1 else 2) % {
        "n": f"{rounded:g}"
    }
