"""What's on, and what belongs to it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from hereabouts.activities import actions as activities
from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_CODE
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.vocabularies import Form
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests.make.common import LONG_AGO, numbers
from tests.make.places import venue


def kind(code: str = "tai-chi", *, name: str = "", broader: Sequence[Kind] = ()) -> Kind:
    """The kept concept with that code; with a `name`, one of the list that we do not keep."""
    if not name:
        return Kind.objects.get(identifier=ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier)
    made = Kind.objects.create(identifier=f"{ACTIVITY_LIST}made-up-{next(numbers)}", name=name)
    made.broader.set(broader)
    return made


def schedule(
    *,
    weekday: int | None = Schedule.Weekday.THURSDAY,
    start_time: time | None = time(13, 30),
    end_time: time | None = time(14, 45),
    frequency: str = Schedule.Frequency.WEEKLY,
    starts_on: date | None = None,
    ends_on: date | None = None,
    week_of_month: int | None = None,
) -> Schedule:
    """A line of a timetable, not saved: every Thursday, 1:30 to 2:45 pm."""
    return Schedule(
        weekday=weekday,
        start_time=start_time,
        end_time=end_time,
        frequency=frequency,
        starts_on=starts_on,
        ends_on=ends_on,
        week_of_month=week_of_month,
    )


def days_without(starts_on: date, ends_on: date | None = None, *, reason: str = "") -> Break:
    """A break, not saved: one day unless a last one is given."""
    return Break(starts_on=starts_on, ends_on=ends_on or starts_on, reason=reason)


def concession(*, who: str = "Carers", pence: int = 100, proof: str = "") -> Concession:
    """A lower price for some people, not saved."""
    return Concession(who=who, pence=pence, proof=proof)


def draft(
    *,
    name: str = "Sure and Steady",
    schedules: Sequence[Schedule] = (),
    kinds: Sequence[Kind] = (),
    breaks: Sequence[Break] = (),
    concessions: Sequence[Concession] = (),
    at: datetime = LONG_AGO,
    **fields: Any,
) -> Activity:
    """An activity that residents do not see; `fields` are its own."""
    return activities.save_activity(
        activity=Activity(name=name, **fields),
        schedules=schedules,
        kinds=kinds,
        breaks=breaks,
        concessions=concessions,
        by=None,
        at=at,
    )


def activity(
    *,
    name: str = "Sure and Steady",
    at_venue: Venue | None = None,
    schedules: Sequence[Schedule] = (),
    at: datetime = LONG_AGO,
    **fields: Any,
) -> Activity:
    """An activity (made up) that residents can find; whatever `draft` takes, it takes."""
    made = draft(
        name=name,
        venue=at_venue or venue(),
        schedules=schedules or [schedule()],
        at=at,
        **fields,
    )
    activities.publish(activity=made, by=None, at=at)
    return made


def open_space(
    *,
    name: str = "Carr Wood",
    at_venue: Venue | None = None,
    at: datetime = LONG_AGO,
    **fields: Any,
) -> Activity:
    """A park (made up) that residents can find: no timetable, and no postcode."""
    park = at_venue or venue(name=name, postcode="", kind=Venue.Kind.OPEN_SPACE)
    made = draft(name=name, venue=park, form=Form.OPEN_SPACE, at=at, **fields)
    activities.publish(activity=made, by=None, at=at)
    return made


def red_class(
    *,
    confirmed_on: date | None = date(2026, 1, 5),
    provider: Organisation | None = None,
    **fields: Any,
) -> Activity:
    """A FaME class led by a Postural Stability Instructor whose certificate somebody saw then."""
    return activity(
        name=fields.pop("name", "Strong and Steady"),
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=confirmed_on,
        provider=provider,
        **fields,
    )
