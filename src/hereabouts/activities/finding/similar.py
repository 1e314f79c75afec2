"""Activities similar to one activity, near it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst

from hereabouts import finder
from hereabouts.activities import queries
from hereabouts.activities import shown as words
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.finding.distances import distance_in_words, straight_km
from hereabouts.activities.finding.search import Search
from hereabouts.activities.kinds import FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.vocabularies import Form, Purpose

MILES = 10
AT_MOST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """A similar activity, and its distance from the venue of the first one."""

    name: str
    url: str
    level: str
    is_confirmed: bool
    form_label: str
    usually: str
    venue: str
    distance: str


def similar_nearby(activity: Activity, search: Search | None, *, at: datetime) -> list[Similar]:
    """Up to four similar activities: of the same level, then kind, then purpose, else form.

    Within each the nearest come first. With `search`, their URLs carry the search that the person
    came from.
    """
    others: dict[int, queries.Found] = {}
    for query in _like(activity, at=at):
        # One more, as the activity finds itself.
        missing = replace(query, limit=AT_MOST + 1)
        by_activity = {found.activity.pk: found for found in queries.load(finder.nearest(missing))}
        new = {
            key: found for key, found in by_activity.items() if key not in {activity.pk, *others}
        }
        others |= new
        if len(others) >= AT_MOST:
            break
    return [_similar(found, search, at=at) for found in list(others.values())[:AT_MOST]]


def _like(activity: Activity, *, at: datetime) -> Iterator[finder.Query]:
    """Queries for similar activities, the closest similarity first."""
    if activity.venue is None:
        return
    near = finder.Query(
        among=ACTIVITIES, point=activity.venue.point, within_km=straight_km(MILES), at=at
    )
    identifiers = {kind.identifier for kind in activity.kinds.all()}
    kinds = frozenset(
        concept.code
        for identifier, concept in FILTERABLE_BY_IDENTIFIER.items()
        if identifier in identifiers
    )
    if activity.level != Level.NONE:
        yield replace(near, levels=frozenset({Level(activity.level)}))
    if kinds:
        yield replace(near, kinds=kinds)
    if activity.purposes:
        yield replace(near, purposes=frozenset(Purpose(code) for code in activity.purposes))
    if activity.level == Level.NONE and not kinds and not activity.purposes:
        yield replace(near, forms=frozenset({Form(activity.form)}))


def _similar(found: queries.Found, search: Search | None, *, at: datetime) -> Similar:
    activity = found.activity
    page = words.address_of(activity)
    return Similar(
        name=activity.name,
        url=page + (f"?{search.parameters()}" if search else ""),
        level=activity.level,
        is_confirmed=words.is_confirmed(activity, on=timezone.localdate(at)),
        form_label=str(Form(activity.form).label),
        usually=words.usually_in_words(activity),
        venue=str(activity.venue),
        distance=capfirst(distance_in_words(found.distance_km)),
    )
