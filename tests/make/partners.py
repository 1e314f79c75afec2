"""The partnership, its organisations, people in their positions, and school terms."""

from datetime import date

from hereabouts.accounts.models import User
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term
from tests.make.accounts import user
from tests.make.common import LONG_AGO


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


def term(
    *,
    name: str = "Autumn 2026",
    starts_on: date = date(2026, 9, 1),
    ends_on: date = date(2026, 12, 18),
) -> Term:
    """A school term."""
    return Term.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)
