"""Who is in the demo world. Every name is invented.

Phone numbers are those that Ofcom keeps for drama: nobody answers them.
"""

from collections.abc import Mapping

from hereabouts.accounts.permissions import Role
from hereabouts.partners.models import Organisation

ORGANISER_OF = "Heath End Movers (made up)"
PEOPLE: Mapping[Role, str] = {
    Role.MANAGER: "manager@heathandvale.example",
    Role.MODERATOR: "moderator@heathandvale.example",
    Role.ANALYST: "analyst@heathandvale.example",
    Role.ORGANISER: "organiser@heathandvale.example",
}

ORGANISATIONS: Mapping[str, tuple[str, str]] = {
    ORGANISER_OF: (Organisation.Sector.VOLUNTARY, "0115 496 0165"),
    "Steady Vale Trust (made up)": (Organisation.Sector.COMMUNITY_HEALTH, "0115 496 0177"),
    "Kiln Yard Walkers (made up)": (Organisation.Sector.VOLUNTARY, ""),
    "Larkfield Leisure (made up)": (Organisation.Sector.SPORT_AND_LEISURE, "0115 496 0188"),
    "Thistle Homes (made up)": (Organisation.Sector.HOUSING, "0115 496 0193"),
}
