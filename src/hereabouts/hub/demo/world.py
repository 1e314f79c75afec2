"""The demo world: an invented partnership at real postcodes, built through actions.

Dates are relative to the day on which it is built. Building it twice changes nothing.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from hereabouts.accounts import actions as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities import actions as activities
from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_CODE
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.hub.demo.halls import HALLS, Hall
from hereabouts.hub.demo.lines import LINES, Line
from hereabouts.hub.demo.people import ORGANISATIONS, ORGANISER_OF, PEOPLE
from hereabouts.partners import actions as partners
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term
from hereabouts.places import actions as places
from hereabouts.places import postcodes
from hereabouts.places.models import Area, Venue

# Kind of area → file of the open data.
BOUNDARIES = {
    "county": "utla_boundaries_england_simplified.geojson.gz",
    "district": "ltla24_boundaries_england_simplified.geojson.gz",
}


@transaction.atomic
def build(*, at: datetime) -> Mapping[Role, User]:
    """Everything that is not there yet; the people who can sign in, by role."""
    people = {role: _person(role, email, at=at) for role, email in PEOPLE.items()}
    manager = people[Role.MANAGER]
    _partnership(by=manager, at=at)
    halls = {hall.name: _venue(hall, by=manager, at=at) for hall in HALLS}
    providers = {name: _organisation(name, by=manager, at=at) for name in ORGANISATIONS}
    _organiser(people[Role.ORGANISER], providers[ORGANISER_OF], by=manager, at=at)
    _terms(by=manager, at=at)
    with activities.entries_written_at_the_end(at=at):
        for line in LINES:
            _activity(line, halls=halls, providers=providers, by=manager, at=at)
    # Built a week ago, its next sessions are over.
    activities.refresh_due_entries(at=at)
    return people


def load_boundaries(folder: Path) -> bool:
    """County and district lines for the map, where the open data has them; are there any now?

    They are published by the Office for National Statistics, and too large to be kept here.
    """
    names = folder / "local_authorities_england_all_codes.csv"
    for kind, file in BOUNDARIES.items():
        is_there = Area.objects.filter(kind=kind.upper()).exists()
        if not is_there and (folder / file).exists():
            call_command("load_boundaries", str(folder / file), kind=kind, names=str(names))
    return Area.objects.exists()


def _person(role: Role, email: str, *, at: datetime) -> User:
    known = User.objects.filter(email=email).first()
    if known:
        return known
    roles = () if role is Role.ORGANISER else (role,)
    name = f"{role.label} (made up)"
    return accounts.invite(email=email, name=name, roles=roles, by=None, at=at)


def _partnership(*, by: User, at: datetime) -> None:
    if Partnership.objects.exists():
        return
    partners.save_partnership(
        partnership=Partnership(
            pk=1,
            name="Heath and Vale Place Partnership (made up)",
            area_name="Heath and Vale",
            phone="0115 496 0142",
            phone_hours="Monday to Friday, 9 am to 4 pm",
            email="hello@heathandvale.example",
        ),
        by=by,
        at=at,
    )


def _venue(hall: Hall, *, by: User, at: datetime) -> Venue:
    name = f"{hall.name} (made up)"
    known = Venue.objects.filter(name=name).first()
    if known:
        return known
    located = postcodes.locate(hall.postcode)
    assert located is not None
    venue = Venue(
        name=name,
        town=hall.town,
        postcode=located.postcode,
        latitude=located.point.latitude,
        longitude=located.point.longitude,
        phone=hall.phone,
        kind=hall.kind,
        getting_there=hall.getting_there,
    )
    facts = dict.fromkeys(hall.has, True) | dict.fromkeys(hall.has_not, False)
    return places.save_venue(venue=venue, facts=facts, by=by, at=at)


def _organisation(name: str, *, by: User, at: datetime) -> Organisation:
    known = Organisation.objects.filter(name=name).first()
    if known:
        return known
    sector, phone = ORGANISATIONS[name]
    organisation = Organisation(name=name, sector=sector, phone=phone)
    return partners.save_organisation(organisation=organisation, by=by, at=at)


def _organiser(user: User, organisation: Organisation, *, by: User, at: datetime) -> None:
    if Person.objects.filter(user=user).exists():
        return
    position = Position(
        organisation=organisation, title="Class leader", starts_on=timezone.localdate(at)
    )
    person = Person(name=user.name, email=user.email, user=user)
    partners.save_person(person=person, positions=[position], by=by, at=at)


def _terms(*, by: User, at: datetime) -> None:
    if Term.objects.exists():
        return
    today = timezone.localdate(at)
    for name, first, last in (("This term", -75, 26), ("Next term", 43, 110)):
        term = Term(
            name=f"{name} (made up)",
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
        )
        partners.save_term(term=term, by=by, at=at)


def _activity(
    line: Line,
    *,
    halls: Mapping[str, Venue],
    providers: Mapping[str, Organisation],
    by: User,
    at: datetime,
) -> None:
    venue = halls[line.hall]
    if Activity.objects.filter(name=line.name, venue=venue).exists():
        return
    today = timezone.localdate(at)
    activity = Activity(
        name=line.name, venue=venue, provider=providers.get(line.provider), **line.fields
    )
    if line.leader_confirmed_days_ago is not None:
        activity.leader_confirmed_on = today - timedelta(days=line.leader_confirmed_days_ago)
    activities.save_activity(
        activity=activity,
        schedules=_timetable(line, at=at),
        kinds=list(Kind.objects.filter(identifier__in=_identifiers(line))),
        breaks=_breaks(line, today=today),
        concessions=[
            Concession(who=who, pence=pence, proof=proof) for who, pence, proof in line.concessions
        ],
        by=by,
        at=at,
    )
    activities.publish(activity=activity, by=by, at=at)
    if line.paused_for:
        days, reason = line.paused_for
        until = today + timedelta(days=days)
        activities.pause(activity=activity, until=until, reason=reason, by=by, at=at)
    if line.checked:
        days_ago, checker = line.checked
        when = at - timedelta(days=days_ago)
        activities.check(activity=activity, checker=checker, by=by, at=when)


def _timetable(line: Line, *, at: datetime) -> list[Schedule]:
    if line.weekday is None:
        return []
    return [
        Schedule(
            frequency=line.frequency,
            weekday=line.weekday,
            week_of_month=line.week_of_month,
            starts_on=_first_date(line.weekday, at=at),
            start_time=line.start,
            end_time=line.end,
        )
    ]


def _breaks(line: Line, *, today: date) -> list[Break]:
    if line.break_in is None:
        return []
    begins, days, reason = line.break_in
    first = today + timedelta(days=begins)
    return [Break(starts_on=first, ends_on=first + timedelta(days=days - 1), reason=reason)]


def _identifiers(line: Line) -> list[str]:
    return [ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier for code in line.kinds]


def _first_date(weekday: int, *, at: datetime) -> date:
    """The day of that name at least eight weeks ago."""
    day = timezone.localdate(at) - timedelta(weeks=9)
    return day + timedelta(days=(weekday - day.weekday()) % 7)
