"""How an activity of the demo world is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from hereabouts.activities.models import Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """An activity of the demo world."""

    name: str
    # Its key in what `places.demo` builds.
    venue: str
    # Its name; "": nobody runs it.
    provider: str
    # What has no timetable has none of these three.
    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    frequency: str = Schedule.Frequency.WEEKLY
    week_of_month: int | None = None
    # How many days ago somebody said that it runs, and who; None: nobody yet.
    checked: tuple[int, str] | None = None
    leader_confirmed_days_ago: int | None = None
    # Codes of `activities.kinds`.
    kinds: tuple[str, ...] = ()
    # For whom, pence, and what they bring.
    concessions: tuple[tuple[str, int, str], ...] = ()
    # In how many days a break begins, how many days it lasts, and why.
    break_in: tuple[int, int, str] | None = None
    # For how many days from now it is paused, and why.
    paused_for: tuple[int, str] | None = None
