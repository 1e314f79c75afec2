"""What comes in lines beside an activity, as frozen values: the timetable, breaks, prices, access.

Named and typed as the fields of the models, so that whatever reads a model reads these too.
"""

from dataclasses import dataclass, field
from datetime import date, time

from hereabouts.activities.models import Schedule
from hereabouts.places.models import AccessFact


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleLine:
    """One line of a timetable; see `models.Schedule`. `pk` is that of a saved one."""

    pk: int | None = field(default=None, compare=False)
    frequency: str = Schedule.Frequency.WEEKLY
    weekday: int | None = None
    week_of_month: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    zone: str = "Europe/London"


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakLine:
    """Days without sessions, both counted; see `models.Break`."""

    starts_on: date
    ends_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceLine:
    """A lower price for some people; see `models.Concession`."""

    who: str
    pence: int
    proof: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What somebody saw at a venue, and when."""

    fact: AccessFact.Fact
    is_there: bool
    checked_on: date
