"""Which class of ours may a new row mean, though nothing identifies it?"""

from datetime import date, time
from typing import Any

import pytest

from hereabouts.activities.models import Activity, Schedule
from hereabouts.intake.matching.duplicates import Line, Twins

Frequency = Schedule.Frequency


def line(*, name: str = "Gentle movers", venue: int | None = 1, **changed: object) -> Schedule:
    """A line of a class on Thursdays at half past one."""
    when = {"weekday": 3, "start_time": time(13, 30), **changed}
    return Schedule(activity=Activity(name=name, venue_id=venue), **when)


def as_read(known: Schedule) -> Line:
    """The same as the database gives it."""
    when = {name: getattr(known, name) for name in Line._fields[3:]}
    activity = known.activity
    return Line(venue_id=activity.venue_id, name=activity.name, venue="Hall", **when)


def is_like(known: Schedule, new: Schedule) -> bool:
    read = as_read(known)
    return Twins([read]).twin_of(new.activity, [new]) == (read, new)


def test_a_twin_has_the_name_venue_day_and_start_however_its_name_is_written() -> None:
    assert is_like(line(), line(name="The GENTLE movers"))
    assert is_like(line(end_time=time(14, 30)), line(frequency=Frequency.FORTNIGHTLY))


@pytest.mark.parametrize(
    "other",
    [
        line(name="Lively movers"),
        line(venue=2),
        line(weekday=4),
        line(start_time=time(15)),
        line(frequency=Frequency.MONTHLY, week_of_month=2),
    ],
)
def test_what_differs_in_one_of_them_is_no_twin(other: Schedule) -> None:
    assert not is_like(line(), other)


def test_what_takes_place_once_has_its_twin_on_that_date() -> None:
    once = line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 3))

    assert is_like(once, line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 3)))
    assert not is_like(once, line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 10)))


@pytest.mark.parametrize("missing", [{"venue": None}, {"weekday": None}, {"start_time": None}])
def test_what_does_not_say_where_and_when_has_no_twin(missing: dict[str, Any]) -> None:
    assert not is_like(line(**missing), line(**missing))
