"""Builders: real rows with sensible values; a test states only what it is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from hereabouts.accounts import actions as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities import actions as activities
from hereabouts.activities.models import Activity, Schedule
from hereabouts.partners.models import Organisation, Partnership, Person
from hereabouts.partners.models import Role as PartnerRole
from hereabouts.places.models import Venue

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_numbers = count(1)


def user(*, email: str = "", name: str = "Sam Poole", roles: tuple[Role, ...] = ()) -> User:
    """Somebody who signs in with one factor."""
    email = email or f"person{next(_numbers)}@example.org"
    return accounts.invite(email=email, name=name, roles=roles, by=None, at=LONG_AGO)


def staff(*, role: Role = Role.MANAGER, email: str = "") -> User:
    """Somebody who works in the back office, with a second factor."""
    someone = user(email=email, name=f"A {role.label.lower()}", roles=(role,))
    TOTP.activate(someone, generate_totp_secret())
    return someone


def partnership(*, name: str = "Heath and Vale Place Partnership") -> Partnership:
    """The partnership of this installation (made up)."""
    return Partnership.objects.create(
        pk=1,
        name=name,
        area_name="Heath and Vale",
        phone="0115 496 0142",
        phone_hours="Monday to Friday, 9 am to 4 pm",
        email="hello@heathandvale.example",
    )


def organisation(
    *, name: str = "Heath End Movers", phone: str = "0115 496 0165", email: str = ""
) -> Organisation:
    """Who runs an activity (made up)."""
    return Organisation.objects.create(name=name, phone=phone, email=email)


def person(*, name: str = "Orla Reed", user: User | None = None) -> Person:
    """A contact (made up), who may sign in."""
    return Person.objects.create(name=name, user=user)


def role(
    *,
    person: Person,
    organisation: Organisation,
    title: str = "Walk leader",
    starts_on: date = date(2026, 1, 5),
    ends_on: date | None = None,
) -> PartnerRole:
    """What somebody does at an organisation, still."""
    return PartnerRole.objects.create(
        person=person,
        organisation=organisation,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def venue(
    *,
    name: str = "Millbeck Hall",
    town: str = "Shirebrook",
    postcode: str = "NG20 8PA",
    latitude: float = 53.2000,
    longitude: float = -1.2324,
    phone: str = "0115 496 0171",
) -> Venue:
    """A hall (made up) at a real postcode."""
    return Venue.objects.create(
        name=name,
        town=town,
        postcode=postcode,
        latitude=latitude,
        longitude=longitude,
        phone=phone,
    )


def schedule(
    *,
    weekday: int | None = Schedule.Weekday.THURSDAY,
    start_time: time | None = time(13, 30),
    end_time: time | None = time(14, 45),
    frequency: str = Schedule.Frequency.WEEKLY,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Schedule:
    """A line of a timetable, not saved: every Thursday, 1:30 to 2:45 pm."""
    return Schedule(
        weekday=weekday,
        start_time=start_time,
        end_time=end_time,
        frequency=frequency,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def draft(
    *, name: str = "Sure and Steady", schedules: Sequence[Schedule] = (), **fields: Any
) -> Activity:
    """An activity that residents do not see; `fields` are its own."""
    activity = Activity(name=name, **fields)
    return activities.save_activity(activity=activity, schedules=schedules, by=None, at=LONG_AGO)


def activity(
    *,
    name: str = "Sure and Steady",
    at_venue: Venue | None = None,
    schedules: Sequence[Schedule] = (),
    **fields: Any,
) -> Activity:
    """An activity (made up) that residents can find."""
    made = draft(
        name=name,
        venue=at_venue or venue(),
        schedules=schedules or [schedule()],
        **fields,
    )
    activities.publish(activity=made, by=None, at=LONG_AGO)
    return made


def organiser_of(organisation: Organisation) -> User:
    """Somebody with a current role there; signs in with one factor."""
    someone = user(name="An organiser")
    PartnerRole.objects.create(
        person=Person.objects.create(name=someone.name, user=someone),
        organisation=organisation,
        title="Class leader",
        starts_on=LONG_AGO.date(),
    )
    return someone
