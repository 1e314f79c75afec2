"""Where things happen in the demo world. The names are invented, the postcodes real."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command

from hereabouts.accounts.models import User
from hereabouts.places import actions, postcodes
from hereabouts.places.models import AccessFact, Area, Venue

Fact = AccessFact.Fact

# Kind of area → file of the open data.
BOUNDARIES = {
    "county": "utla_boundaries_england_simplified.geojson.gz",
    "district": "ltla24_boundaries_england_simplified.geojson.gz",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Hall:
    """A venue of the demo world."""

    name: str
    town: str
    postcode: str
    phone: str = ""
    kind: str = Venue.Kind.BUILDING
    has: tuple[AccessFact.Fact, ...] = ()
    has_not: tuple[AccessFact.Fact, ...] = ()
    getting_there: str = ""


HALLS = (
    Hall(
        name="Larkfield Library",
        town="Market Warsop",
        postcode="NG20 0QG",
        phone="0115 496 0151",
        has=(Fact.STEP_FREE, Fact.ACCESSIBLE_TOILET, Fact.HEARING_LOOP, Fact.SEATS),
        getting_there="The bus from Mansfield stops outside. Ring the bell at the side door.",
    ),
    Hall(
        name="Thistle Lane Centre",
        town="Market Warsop",
        postcode="NG20 0SQ",
        phone="0115 496 0152",
        has=(Fact.STEP_FREE, Fact.ACCESSIBLE_TOILET, Fact.PARKING),
    ),
    Hall(
        name="Millbeck Hall",
        town="Shirebrook",
        postcode="NG20 8PA",
        phone="0115 496 0171",
        has=(
            Fact.STEP_FREE,
            Fact.ACCESSIBLE_TOILET,
            Fact.PARKING,
            Fact.BLUE_BADGE_PARKING,
            Fact.BUS_STOP,
        ),
        has_not=(Fact.HEARING_LOOP,),
        getting_there="Two buses stop at the door. Free parking, three wide bays by the way in.",
    ),
    Hall(
        name="Old Pit Lane Chapel Rooms",
        town="Shirebrook",
        postcode="NG20 8JZ",
        has=(Fact.STEP_FREE,),
        has_not=(Fact.PARKING,),
    ),
    Hall(
        name="Kiln Yard gate",
        town="Shirebrook",
        postcode="NG20 9AX",
        kind=Venue.Kind.OPEN_SPACE,
        has=(Fact.STEP_FREE, Fact.SEATS),
        has_not=(Fact.ACCESSIBLE_TOILET,),
        getting_there="Meet at the gate with the yellow sign.",
    ),
    Hall(
        name="Heather Bank Park",
        town="Bolsover",
        postcode="S44 6PJ",
        kind=Venue.Kind.OPEN_SPACE,
        has=(Fact.PARKING, Fact.SEATS),
    ),
    Hall(name="Castle View Rooms", town="Bolsover", postcode="S44 6JP", phone="0115 496 0154"),
    Hall(
        name="Larkfield Leisure Centre",
        town="Mansfield",
        postcode="NG18 1HJ",
        phone="0115 496 0188",
        has=(
            Fact.STEP_FREE,
            Fact.ACCESSIBLE_TOILET,
            Fact.PARKING,
            Fact.HEARING_LOOP,
            Fact.BUS_STOP,
        ),
    ),
    Hall(
        name="Gorse Hill Church Hall",
        town="Mansfield",
        postcode="NG19 8DS",
        has=(Fact.STEP_FREE, Fact.PARKING),
        has_not=(Fact.ACCESSIBLE_TOILET,),
    ),
    Hall(name="Spinners Community Rooms", town="Sutton in Ashfield", postcode="NG17 2BP"),
    Hall(
        name="Birch Court common room",
        town="Worksop",
        postcode="S80 1DU",
        phone="0115 496 0193",
        has=(Fact.STEP_FREE, Fact.ACCESSIBLE_TOILET),
    ),
    Hall(name="Tanner Street Hall", town="Chesterfield", postcode="S40 2JX"),
    Hall(
        name="Canal Basin Centre",
        town="Chesterfield",
        postcode="S43 1EA",
        phone="0115 496 0158",
        has=(Fact.STEP_FREE, Fact.ACCESSIBLE_TOILET, Fact.PARKING, Fact.BUS_STOP),
    ),
    Hall(name="Nine Acre Park", town="Alfreton", postcode="DE55 7JE", kind=Venue.Kind.OPEN_SPACE),
)


def build(*, by: User, at: datetime) -> Mapping[str, Venue]:
    """The venues, by the names in `HALLS`; those that are not there yet are saved."""
    return {hall.name: _venue(hall, by=by, at=at) for hall in HALLS}


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
    return actions.save_venue(venue=venue, facts=facts, by=by, at=at)
