"""Everything that changes venues and boundaries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import shapely
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.accounts.models import User
from hereabouts.audit import edits, trail
from hereabouts.core.refusals import Refusal
from hereabouts.places.models import AccessFact, Area, Boundary, Venue
from hereabouts.places.outlines import Outline

# Fact → what somebody saw: it is there, it is not, or None to take an answer back.
Answers = Mapping[AccessFact.Fact, bool | None]


class VenueInUse(Refusal):
    """Activities take place at the venue."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """How many boundaries were added, replaced, and removed because their area has ended."""

    added: int
    replaced: int
    ended: int


@transaction.atomic
def save_venue(*, venue: Venue, facts: Answers, by: User | None, at: datetime) -> Venue:
    """Save a new or changed venue and today's answers about its access.

    Each answer in `facts` counts as checked by `by` on the day of `at`, even an unchanged one; None
    deletes an answer. Facts that are not in `facts` stay as they are.
    Raises `EditedMeanwhile`.
    """
    today = timezone.localdate(at)
    edits.save(instance=venue, by=by, also=_changed_answers(venue, facts, today))
    for fact, is_there in facts.items():
        if is_there is None:
            venue.access_facts.filter(fact=fact).delete()
        else:
            venue.access_facts.update_or_create(
                fact=fact,
                defaults={"is_there": is_there, "checked_on": today, "checked_by": by},
            )
    return venue


@transaction.atomic
def remove_venue(*, venue: Venue, by: User | None, at: datetime) -> None:
    """Remove a venue without activities. Raises `VenueInUse`."""
    trail.record(instance=venue, action="hereabouts.delete", by=by)
    try:
        venue.delete()
    except models.ProtectedError as error:
        raise VenueInUse(_in_use(venue, len(error.protected_objects))) from error


@transaction.atomic
def save_boundaries(*, kind: Area.Kind, outlines: Sequence[Outline], at: datetime) -> Loaded:
    """Create or update areas of one kind with their boundaries.

    Other boundaries of that kind stay, unless they lie inside one of `outlines`: then their area
    has ended, as when several districts become one. The `Area` row stays, for data that refers to
    it.
    """
    codes = [outline.code for outline in outlines]
    Area.objects.bulk_create(
        [Area(code=outline.code, name=outline.name, kind=kind) for outline in outlines],
        update_conflicts=True,
        unique_fields=["code", "kind"],
        update_fields=["name"],
    )
    areas = {area.code: area for area in Area.objects.filter(kind=kind)}
    known = Boundary.objects.filter(area__kind=kind, area__code__in=codes).count()
    ended = _ended(kind, outlines)
    Boundary.objects.filter(area__in=ended).delete()
    Boundary.objects.bulk_create(
        [_boundary(areas[outline.code], outline, at) for outline in outlines],
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=[
            field.name for field in Boundary._meta.concrete_fields if not field.primary_key
        ],
    )
    return Loaded(added=len(outlines) - known, replaced=known, ended=len(ended))


def _ended(kind: Area.Kind, outlines: Sequence[Outline]) -> list[Area]:
    """Areas of that kind not in `outlines`, whose label lies inside one of `outlines`."""
    others = list(
        Boundary.objects.filter(area__kind=kind)
        .exclude(area__code__in=[outline.code for outline in outlines])
        .select_related("area")
    )
    if not others:
        return []
    labels = shapely.points([(other.label_longitude, other.label_latitude) for other in others])
    inside, _which = shapely.STRtree([outline.shape for outline in outlines]).query(
        labels, predicate="intersects"
    )
    return [others[index].area for index in sorted(set(inside.tolist()))]


def _boundary(area: Area, outline: Outline, at: datetime) -> Boundary:
    west, south, east, north = shapely.bounds(outline.shape).tolist()
    label = shapely.get_point(shapely.maximum_inscribed_circle(outline.shape), 0)
    return Boundary(
        area=area,
        outline=shapely.to_wkb(outline.shape),
        west=west,
        south=south,
        east=east,
        north=north,
        label_latitude=shapely.get_y(label).item(),
        label_longitude=shapely.get_x(label).item(),
        loaded_at=at,
    )


def _in_use(venue: Venue, count: int) -> str:
    return ngettext(
        "%(venue)s stays: %(count)d activity takes place there. Move it to another venue first.",
        "%(venue)s stays: %(count)d activities take place there. Move them to another venue first.",
        count,
    ) % {"venue": venue, "count": count}


def _changed_answers(venue: Venue, facts: Answers, today: date) -> trail.Changes:
    """Label of a fact → (saved answer, new one), where they differ: "yes (21 November 2026)"."""
    if venue._state.adding:
        return {}
    saved = {
        AccessFact.Fact(known.fact): _answer_in_words(known.is_there, known.checked_on)
        for known in venue.access_facts.all()
    }
    new = {fact: _answer_in_words(is_there, today) for fact, is_there in facts.items()}
    return {
        str(fact.label): (saved.get(fact), answer)
        for fact, answer in new.items()
        if saved.get(fact) != answer
    }


def _answer_in_words(is_there: bool | None, checked_on: date) -> str | None:
    if is_there is None:
        return None
    answer = {True: _("yes"), False: _("no")}[is_there]
    return f"{answer} ({formats.date_format(checked_on)})"
