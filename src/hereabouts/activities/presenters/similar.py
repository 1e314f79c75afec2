"""Others like one activity, near it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst

from hereabouts.activities import finder, queries
from hereabouts.activities.distances import distance_in_words, straight_km
from hereabouts.activities.kinds import KEPT_BY_IDENTIFIER
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.presenters import activity as words
from hereabouts.activities.presenters.activity_page import point_of
from hereabouts.activities.vocabularies import Form, Purpose

MILES = 10
AT_MOST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """Another activity, and how far it is from the first one's venue."""

    name: str
    address: str
    level: str
    is_confirmed: bool
    what: str
    usually: str
    venue: str
    distance: str


def similar_nearby(activity: Activity, *, at: datetime) -> list[Similar]:
    """Up to four of the same level, else kind, else purpose, else form; the nearest first."""
    if activity.venue is None:
        return []
    # One more: it is near itself.
    query = replace(_like(activity, at=at), limit=AT_MOST + 1)
    found = queries.load(finder.nearest(query))
    others = [one for one in found if one.activity.pk != activity.pk]
    return [_similar(one, at=at) for one in others[:AT_MOST]]


def _like(activity: Activity, *, at: datetime) -> finder.Query:
    """The question that finds what is like it."""
    assert activity.venue is not None
    near = finder.Query(point=point_of(activity.venue), within_km=straight_km(MILES), at=at)
    if activity.level != Level.NONE:
        return replace(near, levels=frozenset({Level(activity.level)}))
    identifiers = {kind.identifier for kind in activity.kinds.all()}
    kinds = frozenset(
        kept.code for identifier, kept in KEPT_BY_IDENTIFIER.items() if identifier in identifiers
    )
    if kinds:
        return replace(near, kinds=kinds)
    if activity.purposes:
        return replace(near, purposes=frozenset(Purpose(one) for one in activity.purposes))
    return replace(near, forms=frozenset({Form(activity.form)}))


def _similar(found: queries.Found, *, at: datetime) -> Similar:
    activity = found.activity
    return Similar(
        name=activity.name,
        address=words.address_of(activity),
        level=activity.level,
        is_confirmed=words.is_confirmed(activity, on=timezone.localdate(at)),
        what=str(Form(activity.form).label),
        usually=words.usually_in_words(activity),
        venue=str(activity.venue),
        distance=capfirst(distance_in_words(found.distance_km)),
    )
