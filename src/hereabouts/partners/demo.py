"""Who works together in the demo world. Every name is invented.

Phone numbers are those that Ofcom keeps for drama: nobody answers them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.partners import actions
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term

ORGANISER_OF = "Heath End Movers (made up)"
# Name → sector and phone.
ORGANISATIONS: Mapping[str, tuple[str, str]] = {
    ORGANISER_OF: (Organisation.Sector.VOLUNTARY, "0115 496 0165"),
    "Steady Vale Trust (made up)": (Organisation.Sector.COMMUNITY_HEALTH, "0115 496 0177"),
    "Kiln Yard Walkers (made up)": (Organisation.Sector.VOLUNTARY, ""),
    "Larkfield Leisure (made up)": (Organisation.Sector.SPORT_AND_LEISURE, "0115 496 0188"),
    "Thistle Homes (made up)": (Organisation.Sector.HOUSING, "0115 496 0193"),
}
# Name, and in how many days it begins and ends.
TERMS = (("This term (made up)", -75, 26), ("Next term (made up)", 43, 110))


def build(*, organiser: User, by: User, at: datetime) -> Mapping[str, Organisation]:
    """The organisations, by name; `organiser` runs classes for one of them."""
    _partnership(by=by, at=at)
    organisations = {name: _organisation(name, by=by, at=at) for name in ORGANISATIONS}
    _organiser(organiser, organisations[ORGANISER_OF], by=by, at=at)
    _terms(by=by, at=at)
    return organisations


def _partnership(*, by: User, at: datetime) -> None:
    if Partnership.objects.exists():
        return
    actions.save_partnership(
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


def _organisation(name: str, *, by: User, at: datetime) -> Organisation:
    known = Organisation.objects.filter(name=name).first()
    if known:
        return known
    sector, phone = ORGANISATIONS[name]
    organisation = Organisation(name=name, sector=sector, phone=phone)
    return actions.save_organisation(organisation=organisation, by=by, at=at)


def _organiser(user: User, organisation: Organisation, *, by: User, at: datetime) -> None:
    if Person.objects.filter(user=user).exists():
        return
    position = Position(
        organisation=organisation, title="Class leader", starts_on=timezone.localdate(at)
    )
    person = Person(name=user.name, email=user.email, user=user)
    actions.save_person(person=person, positions=[position], by=by, at=at)


def _terms(*, by: User, at: datetime) -> None:
    if Term.objects.exists():
        return
    today = timezone.localdate(at)
    for name, begins_in, ends_in in TERMS:
        term = Term(
            name=name,
            starts_on=today + timedelta(days=begins_in),
            ends_on=today + timedelta(days=ends_in),
        )
        actions.save_term(term=term, by=by, at=at)
