"""Venues."""

from collections.abc import Sequence

from hereabouts.places.models import AccessFact, Venue
from tests.make.common import LONG_AGO


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
