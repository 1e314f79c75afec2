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
from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_CODE
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.vocabularies import Form
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term
from hereabouts.places.models import AccessFact, Venue

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


def position(
    *,
    person: Person,
    organisation: Organisation,
    title: str = "Walk leader",
    starts_on: date = date(2026, 1, 5),
    ends_on: date | None = None,
) -> Position:
    """What somebody does at an organisation, still."""
    return Position.objects.create(
        person=person,
        organisation=organisation,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def term(
    *,
    name: str = "Autumn 2026",
    starts_on: date = date(2026, 9, 1),
    ends_on: date = date(2026, 12, 18),
) -> Term:
    """A school term."""
    return Term.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)


def venue(
    *,
    name: str = "Millbeck Hall",
    town: str = "Shirebrook",
    postcode: str = "NG20 8PA",
    latitude: float = 53.2000,
    longitude: float = -1.2324,
    phone: str = "0115 496 0171",
    kind: str = Venue.Kind.BUILDING,
    has: Sequence[str] = (),
    has_not: Sequence[str] = (),
) -> Venue:
    """A hall (made up) at a real postcode; somebody looked for what it has and has not."""
    made = Venue.objects.create(
        name=name,
        town=town,
        postcode=postcode,
        latitude=latitude,
        longitude=longitude,
        phone=phone,
        kind=kind,
    )
    for fact in (*has, *has_not):
        AccessFact.objects.create(
            venue=made, fact=fact, is_there=fact in has, checked_on=LONG_AGO.date()
        )
    return made


def kind(code: str = "tai-chi", *, name: str = "", broader: Sequence[Kind] = ()) -> Kind:
    """The filterable concept with that code; with a `name`, another one of the list."""
    if not name:
        return Kind.objects.get(identifier=ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier)
    made = Kind.objects.create(identifier=f"{ACTIVITY_LIST}made-up-{next(_numbers)}", name=name)
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


def organiser_of(organisation: Organisation) -> User:
    """Somebody with a current position there; signs in with one factor."""
    someone = user(name="An organiser")
    Position.objects.create(
        person=Person.objects.create(name=someone.name, user=someone),
        organisation=organisation,
        title="Class leader",
        starts_on=LONG_AGO.date(),
    )
    return someone
