"""Distances and travel times as estimates: "about 0.7 miles", "about 17 minutes’ walk"."""

import enum
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import ngettext

from hereabouts.core.languages import cached_per_language
from hereabouts.core.languages import gettext as _
from hereabouts.places.points import KM_PER_MILE

# A longer walk is shown as a bus ride; a longer ride only as "probably more than an hour".
LONGEST_WALK_MINUTES = 30
LONGEST_RIDE_MINUTES = 60


class Travel(enum.StrEnum):
    """The unit of a reach."""

    MILES = "miles"
    WALK = "walk"
    BUS = "bus"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far somebody would go: 5 miles, 15 minutes on foot, 30 minutes by bus."""

    by: Travel
    amount: int

    @property
    def code(self) -> str:
        """Its code in URLs: "5", "walk-15"."""
        return str(self.amount) if self.by == Travel.MILES else f"{self.by}-{self.amount}"

    def straight_km(self) -> float:
        """The radius of the search in kilometres, as a straight line."""
        return straight_km(self._miles())

    def in_words(self) -> str:
        """ "5 miles", "15 minutes’ walk", "30 minutes by bus"."""
        if self.by == Travel.MILES:
            return ngettext("%d mile", "%d miles", self.amount) % self.amount
        return _minutes_in_words(self.by, self.amount)

    def _miles(self) -> float:
        minutes = self.amount + ROUNDING_MINUTES
        if self.by == Travel.WALK:
            return minutes / 60 * settings.WALKING_MILES_PER_HOUR
        if self.by == Travel.BUS:
            return (minutes - settings.BUS_WAIT_MINUTES) / 60 * settings.BUS_MILES_PER_HOUR
        return self.amount


# 15.4 minutes are shown as 15, so a reach of 15 minutes must find them.
ROUNDING_MINUTES = 0.5

REACHES = (
    *(Reach(by=Travel.MILES, amount=miles) for miles in (1, 3, 5, 10, 20, 30)),
    *(Reach(by=Travel.WALK, amount=minutes) for minutes in (15, 30)),
    *(Reach(by=Travel.BUS, amount=minutes) for minutes in (30, 60)),
)
REACH_BY_CODE = {reach.code: reach for reach in REACHES}
USUAL_REACH = REACH_BY_CODE["5"]
FARTHEST_REACH = REACH_BY_CODE["30"]


def about_miles(distance_km: float) -> float:
    """The estimated way in miles: the straight line times the usual detour."""
    return distance_km * settings.DISTANCE_DETOUR / KM_PER_MILE


def straight_km(miles: float) -> float:
    """The straight line in kilometres of a way of `miles`: the inverse of `about_miles`."""
    return miles * KM_PER_MILE / settings.DISTANCE_DETOUR


def distance_in_words(distance_km: float) -> str:
    """ "about 0.7 miles"."""
    miles = about_miles(distance_km)
    if miles < 0.1:
        return _("less than 0.1 miles")
    return _miles_in_words(f"{round(miles, 1) if miles < 10 else round(miles):g}")


def minutes_in_words(distance_km: float) -> str:
    """ "about 17 minutes’ walk", or by bus where that is longer than 30 minutes."""
    miles = about_miles(distance_km)
    walk = max(1, round(miles / settings.WALKING_MILES_PER_HOUR * 60))
    if walk <= LONGEST_WALK_MINUTES:
        return _("about %s") % _minutes_in_words(Travel.WALK, walk)
    ride = round(settings.BUS_WAIT_MINUTES + miles / settings.BUS_MILES_PER_HOUR * 60)
    if ride <= LONGEST_RIDE_MINUTES:
        return _("about %s") % _minutes_in_words(Travel.BUS, ride)
    return _("probably more than an hour by bus")


def way_in_words(distance_km: float) -> str:
    """ "about 0.7 miles, about 17 minutes’ walk"."""
    return f"{distance_in_words(distance_km)}, {minutes_in_words(distance_km)}"


@cached_per_language
def _miles_in_words(miles: str) -> str:
    return ngettext("about %(n)s mile", "about %(n)s miles", 1 if miles == "1" else 2) % {
        "n": miles
    }


@cached_per_language
def _minutes_in_words(by: Travel, minutes: int) -> str:
    if by == Travel.WALK:
        return ngettext("%d minute’s walk", "%d minutes’ walk", minutes) % minutes
    return ngettext("%d minute by bus", "%d minutes by bus", minutes) % minutes
