"""Networks of a partnership: who attends with whom, who links, who is missing.

Attendance in (people × meetings) or ties in (members × members), arrays or one frozen result out.
`two_mode` and `backbone` turn attendance into figures and ties; `holes`, `sectors` and `core`
describe ties; `gaps` says who has never met; `population` compares who came with who lives
here. Nothing here ranks people by importance, and nothing should be made to.
"""

from hereabouts.methods.networks.backbone import Backbone, false_discovery, significant_pairs
from hereabouts.methods.networks.core import CorePeriphery, NoPattern, core_fit, core_periphery
from hereabouts.methods.networks.gaps import (
    Introductions,
    LastAttendance,
    NeverMet,
    SingleLinks,
    introductions,
    last_attendance,
    never_met,
    single_links,
)
from hereabouts.methods.networks.holes import StructuralHoles, brokerage, structural_holes
from hereabouts.methods.networks.population import Representation, representation
from hereabouts.methods.networks.sectors import (
    BetweenGroups,
    NoTies,
    OneGroup,
    Openness,
    between_groups,
    ei_index,
)
from hereabouts.methods.networks.two_mode import (
    Betweenness,
    TwoMode,
    betweenness,
    closeness,
    degree,
    jaccard,
    newman,
    together,
)

__all__ = [
    "Backbone",
    "BetweenGroups",
    "Betweenness",
    "CorePeriphery",
    "Introductions",
    "LastAttendance",
    "NeverMet",
    "NoPattern",
    "NoTies",
    "OneGroup",
    "Openness",
    "Representation",
    "SingleLinks",
    "StructuralHoles",
    "TwoMode",
    "between_groups",
    "betweenness",
    "brokerage",
    "closeness",
    "core_fit",
    "core_periphery",
    "degree",
    "ei_index",
    "false_discovery",
    "introductions",
    "jaccard",
    "last_attendance",
    "never_met",
    "newman",
    "representation",
    "significant_pairs",
    "single_links",
    "structural_holes",
    "together",
]
