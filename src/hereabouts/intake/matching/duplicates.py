"""Classes that are here already and that a new row may mean, though nothing identifies them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import NamedTuple, TypeAlias

from hereabouts.activities.columns.values import ScheduleLine
from hereabouts.activities.models import Schedule
from hereabouts.activities.recurrence.dates import weekday_of
from hereabouts.places.names import searchable

# Of a class that takes place once, the date; else the day of the week, and which of the month.
When: TypeAlias = tuple[date | int, int | None, time]


class KnownLine(NamedTuple):
    """A line of a timetable that is here, and whose it is.

    Not a model: there are as many as in the whole place, and an import asks for all of them.
    """

    venue_id: int | None
    name: str
    venue: str
    frequency: str
    weekday: int | None
    week_of_month: int | None
    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    zone: str


class DuplicateIndex:
    """Lines of timetables, found again by name, venue, day and start."""

    def __init__(self, lines: Iterable[KnownLine]) -> None:
        self._at: dict[tuple[int, When], list[KnownLine]] = defaultdict(list)
        for line in lines:
            when = _when(line)
            if when and line.venue_id:
                self._at[line.venue_id, when].append(line)

    def likely_duplicate(
        self, *, name: str, venue_id: int | None, schedules: Sequence[ScheduleLine]
    ) -> tuple[KnownLine, ScheduleLine] | None:
        """The known line like one of a new class, and that line of the new class."""
        wanted = searchable(name)
        found = (
            (known, line)
            for line in schedules
            if (when := _when(line)) and venue_id
            for known in self._at.get((venue_id, when), [])
            if searchable(known.name) == wanted
        )
        return next(found, None)


def _when(line: KnownLine | ScheduleLine) -> When | None:
    """None where the day or the start is not stated: then too many would be alike."""
    weekday = weekday_of(line)
    if weekday is None or line.start_time is None:
        return None
    if line.frequency == Schedule.Frequency.ONCE and line.starts_on:
        return (line.starts_on, None, line.start_time)
    return (weekday, line.week_of_month, line.start_time)
