"""Builders: real rows with sensible values; a test states only what it is about."""

from datetime import UTC, datetime
from itertools import count

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from hereabouts.accounts import actions as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.partners.models import Organisation, Partnership
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
