"""What the finder finds activities by: every filter, its values in the order of their bits."""

from hereabouts.activities.kinds import FILTERABLE
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.finder import Declaration, Group, Value, Vocabulary, vocabulary
from hereabouts.places.models import AccessFact

# The marks are the digits that the map is sent: see `finding.map`. A red class is red while its
# leader is confirmed; after that day it is found by no level, and drawn as one to ask about.
LEVELS = Vocabulary(
    group=Group.LEVELS,
    values=(
        Value(code=Level.GREEN, mark=1),
        Value(code=Level.ORANGE, mark=2),
        Value(code=Level.RED, mark=3, expires=True, expired_mark=4),
        Value(code=Level.NONE),
    ),
)

ACTIVITIES = Declaration(
    kind=1,
    name="activities",
    vocabularies=(
        LEVELS,
        vocabulary(Group.FORMS, Form.values),
        vocabulary(Group.KINDS, (concept.code for concept in FILTERABLE)),
        vocabulary(Group.PURPOSES, Purpose.values),
        vocabulary(Group.COSTS, CostBand.values),
        vocabulary(Group.NEEDS, AccessFact.Fact.values, all_of=True),
        vocabulary(Group.CONDITIONS, Condition.values, all_of=True),
        vocabulary(Group.LANGUAGES, Language.values),
        vocabulary(Group.AGES, AgeBand.values),
    ),
    parts_of_day=tuple(PartOfDay.values),
)
