"""Which class of ours may a new row mean, though nothing identifies it?"""

from datetime import date, time
from typing import Any, NamedTuple

import pytest

from hereabouts.activities.columns.values import ScheduleLine
from hereabouts.activities.models import Schedule
from hereabouts.intake.matching.duplicates import DuplicateIndex, KnownLine

Frequency = Schedule.Frequency


class Class(NamedTuple):
    """A class with one line, as a row gives it."""

    name: str
    venue_id: int | None
    line: ScheduleLine


def line(*, name: str = "Gentle movers", venue: int | None = 1, **changed: Any) -> Class:
    """A class on Thursdays at half past one."""
    when = {"weekday": 3, "start_time": time(13, 30), **changed}
    return Class(name=name, venue_id=venue, line=ScheduleLine(**when))


def as_read(known: Class) -> KnownLine:
    """The same as the database gives it."""
    when = {name: getattr(known.line, name) for name in KnownLine._fields[3:]}
    return KnownLine(venue_id=known.venue_id, name=known.name, venue="Hall", **when)


def is_like(known: Class, new: Class) -> bool:
    read = as_read(known)
    found = DuplicateIndex([read]).likely_duplicate(
        name=new.name, venue_id=new.venue_id, schedules=[new.line]
    )
    return found == (read, new.line)


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
def test_what_differs_in_one_of_them_is_no_twin(other: Class) -> None:
    assert not is_like(line(), other)


def test_what_takes_place_once_has_its_twin_on_that_date() -> None:
    once = line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 3))

    assert is_like(once, line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 3)))
    assert not is_like(once, line(frequency=Frequency.ONCE, starts_on=date(2026, 12, 10)))


@pytest.mark.parametrize("missing", [{"venue": None}, {"weekday": None}, {"start_time": None}])
def test_what_does_not_say_where_and_when_has_no_twin(missing: dict[str, Any]) -> None:
    assert not is_like(line(**missing), line(**missing))
