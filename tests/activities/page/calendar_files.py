"""An activity's calendar file as a calendar reads it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from django.test import Client
from icalendar import Calendar

from hereabouts.activities import actions
from hereabouts.activities.models import Activity

# A Monday morning in September: the clocks go back in October and forward in March.
MONDAY = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def address(activity: Activity) -> str:
    """The URL of its calendar file."""
    return f"/activities/{activity.public_id}/calendar.ics"


def save(activity: Activity) -> None:
    """Save it with the timetable that it has."""
    lines = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=lines, by=None, at=MONDAY)


def events(client: Client, activity: Activity) -> list[Any]:
    """The VEVENTs of its calendar file."""
    response = client.get(address(activity))
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def expanded(several: Iterable[Any], *, until: datetime) -> list[tuple[Any, Any]]:
    """Every (start, end) up to `until`, as a calendar would show them: rules on wall clocks.

    The slow twin of `recurrence`: it knows nothing but what stands in the file.
    """
    return sorted(
        (start, start + length)
        for event in several
        for start, length in _of_one(event)
        if start <= until
    )


def _of_one(event: Any) -> Iterator[tuple[datetime, timedelta]]:
    first = event.decoded("dtstart").astimezone(LONDON)
    length = event.decoded("dtend") - event.decoded("dtstart")
    rules = rruleset()
    if "rrule" in event:
        written = event["rrule"].to_ical().decode()
        parts = [part for part in written.split(";") if not part.startswith("UNTIL=")]
        last = event["rrule"]["until"][0].astimezone(LONDON).replace(tzinfo=None)
        rule = rrulestr(";".join(parts), dtstart=first.replace(tzinfo=None))
        assert isinstance(rule, rrule)
        rules.rrule(rule.replace(until=last))
    else:
        rules.rdate(first.replace(tzinfo=None))
    for left_out in _left_out(event):
        rules.exdate(left_out.astimezone(LONDON).replace(tzinfo=None))
    for on_the_wall in rules:
        yield on_the_wall.replace(tzinfo=LONDON), length


def _left_out(event: Any) -> list[datetime]:
    excluded = event.get("exdate", [])
    several = excluded if isinstance(excluded, list) else [excluded]
    return [day.dt for line in several for day in line.dts]
