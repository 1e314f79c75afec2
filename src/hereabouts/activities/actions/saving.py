"""Saving an activity with all that belongs to it, and letting residents find it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User
from hereabouts.activities import photos, recurrence
from hereabouts.activities.actions.changes import note_change
from hereabouts.activities.actions.checks import check
from hereabouts.activities.actions.entries import write_entries
from hereabouts.activities.completeness import needs
from hereabouts.activities.levels import level_for
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.audit import edits, trail
from hereabouts.core.fields import ChosenField
from hereabouts.core.refusals import Refusal
from hereabouts.finder import actions as finder
from hereabouts.partners import actions as partners
from hereabouts.places import actions as places
from hereabouts.places.models import Venue

Line = TypeVar("Line", Schedule, Break, Concession)

# What is compared of each line, and so what the audit trail says has changed.
BREAK_FIELDS = ("starts_on", "ends_on", "reason")
CONCESSION_FIELDS = ("who", "pence", "proof")
# An edit must not take back what others write without counting the version up: whom the hourly run
# told of a lapse, and when a check was noted.
NOT_EDITED = frozenset({"lapse_told_for", "changed_at"})
EDITED = [
    field.name
    for field in Activity._meta.concrete_fields
    if not field.primary_key and field.name not in NOT_EDITED
]


class NotComplete(Refusal):
    """Residents may not see it yet: something they need is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Details:
    """The rows of other tables that belong to an activity; None leaves what is saved."""

    schedules: Sequence[Schedule]
    kinds: Sequence[Kind] | None
    breaks: Sequence[Break] | None
    concessions: Sequence[Concession] | None


@transaction.atomic
def save_activity(  # noqa: PLR0913  # all that belongs to an activity is saved in one go
    *,
    activity: Activity,
    schedules: Sequence[Schedule],
    by: User | None,
    at: datetime,
    action: str = "",
    kinds: Sequence[Kind] | None = None,
    breaks: Sequence[Break] | None = None,
    concessions: Sequence[Concession] | None = None,
    photo: photos.Chosen | None = None,
) -> Activity:
    """Save a new or changed activity with its whole timetable, and the row the finder searches.

    The level follows from what the activity is built on. Lines of the timetable that are not
    among `schedules` are removed; so with `kinds`, `breaks` and `concessions`, of which None
    leaves what is there. `photo` is what somebody chose to do about its photo; the file of the
    former photo is deleted with its row. When nothing changed, nothing is written. `action` is what
    the audit trail calls it, where it is neither adding nor editing by hand.
    Raises `NotComplete` when a published activity would lose what residents need, and
    `EditedMeanwhile`.
    """
    details = _Details(schedules=schedules, kinds=kinds, breaks=breaks, concessions=concessions)
    with photos.replacing(activity, chosen=photo, by=by):
        _save(activity, details, by=by, at=at, action=action)
    return activity


def _save(
    activity: Activity, details: _Details, *, by: User | None, at: datetime, action: str
) -> None:
    if activity.state == Activity.State.PUBLISHED:
        _refuse_incomplete(activity, details.schedules)
    activity.level = level_for(activity.approaches)
    _sort_choices(activity)
    if activity.state != Activity.State.RETIRED:
        activity.retired_on = None
    if activity._state.adding:
        activity.changed_at = at
        activity.save()
        usual_action, changes = "hereabouts.create", trail.Changes()
    else:
        usual_action, changes = "hereabouts.edit", _changes(activity, details)
        if not changes:
            return
        _save_edited(activity, changes, at=at)
    _save_details(activity, details)
    write_entries(activity_ids=[activity.pk], at=at)
    trail.record(instance=activity, action=action or usual_action, by=by, changes=changes)


@transaction.atomic
def publish(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Let residents find it. Raises `NotComplete` with what is missing, and `EditedMeanwhile`."""
    _refuse_incomplete(activity, list(activity.schedules.order_by("pk")))
    edits.bump_version(activity)
    activity.state, activity.retired_on = Activity.State.PUBLISHED, None
    activity.save(update_fields=["state", "retired_on"])
    note_change(activity=activity, at=at)
    write_entries(activity_ids=[activity.pk], at=at)
    trail.record(instance=activity, action="hereabouts.publish", by=by)


@transaction.atomic
def complete(  # noqa: PLR0913  # what `save_activity` takes, and what completing adds
    *,
    activity: Activity,
    schedules: Sequence[Schedule],
    checker: str,
    is_published: bool,
    by: User | None,
    at: datetime,
    kinds: Sequence[Kind] | None = None,
    breaks: Sequence[Break] | None = None,
    concessions: Sequence[Concession] | None = None,
    photo: photos.Chosen | None = None,
) -> Activity:
    """Save what was missing of a draft and, if `is_published`, let residents find it.

    Its venue and its organisation may be new: they are saved first. `checker` says in words who
    confirmed that it runs; empty when nobody did. All of it or nothing.
    Raises `NotComplete` and `EditedMeanwhile`.
    """
    details = _Details(schedules=schedules, kinds=kinds, breaks=breaks, concessions=concessions)
    # Around publishing too: what that refuses must leave no file of a photo behind.
    with photos.replacing(activity, chosen=photo, by=by):
        if activity.venue and activity.venue._state.adding:
            activity.venue = places.save_venue(venue=activity.venue, facts={}, by=by, at=at)
        if activity.provider:
            activity.provider = partners.save_organisation(
                organisation=activity.provider, by=by, at=at
            )
        _save(activity, details, by=by, at=at, action="")
        if is_published:
            publish(activity=activity, by=by, at=at)
        if checker:
            check(activity=activity, checker=checker, by=by, at=at)
    return activity


@transaction.atomic
def save_venue(*, venue: Venue, facts: places.Answers, by: User | None, at: datetime) -> Venue:
    """Save a venue as `places.actions` does, and let the finder find its activities there."""
    saved = places.save_venue(venue=venue, facts=facts, by=by, at=at)
    # Serialise with whoever moves an activity here at this moment.
    finder.wait_for_other_writers()
    there = saved.activities.published().values_list("pk", flat=True)
    write_entries(activity_ids=list(there), at=at)
    return saved


def _refuse_incomplete(activity: Activity, schedules: Sequence[Schedule]) -> None:
    missing = needs(activity, schedules)
    if missing:
        sentences = " ".join(missing)
        raise NotComplete(_("Residents cannot see it yet. It needs: %s") % sentences)


def _save_edited(activity: Activity, changes: trail.Changes, *, at: datetime) -> None:
    edits.bump_version(activity)
    activity.save(update_fields=EDITED)
    left_the_terms = "is_term_time_only" in changes and not activity.is_term_time_only
    note_change(activity=activity, at=at, follows_terms_no_more=left_the_terms)


def _sort_choices(activity: Activity) -> None:
    """Sort what is chosen from fixed lists, so that a different order is no change."""
    for field in activity._meta.concrete_fields:
        if isinstance(field, ChosenField):
            field.pre_save(activity, add=False)


def _changes(activity: Activity, details: _Details) -> trail.Changes:
    """What differs from the saved row and from its details; None differs in nothing."""
    changes = trail.changes_since_saved(activity)
    compared: dict[str, tuple[Any, Any, Callable[[Any], str]]] = {
        "schedules": (activity.schedules, details.schedules, recurrence.all_in_words),
        "breaks": (activity.breaks, details.breaks, _breaks_in_words),
        "concessions": (activity.concessions, details.concessions, _concessions_in_words),
    }
    for name, (manager, lines, in_words) in compared.items():
        saved = list(manager.order_by("pk"))
        if lines is not None and Counter(map(_values, saved)) != Counter(map(_values, lines)):
            changes[name] = (in_words(saved), in_words(lines))
    was, now = list(activity.kinds.order_by("pk")), details.kinds
    if now is not None and set(was) != set(now):
        changes["kinds"] = (_kinds_in_words(was), _kinds_in_words(now))
    return changes


def _values(line: models.Model) -> tuple[object, ...]:
    names = {
        Schedule: recurrence.SCHEDULE_FIELDS,
        Break: BREAK_FIELDS,
        Concession: CONCESSION_FIELDS,
    }
    return tuple(getattr(line, name) for name in names[type(line)])


def _breaks_in_words(breaks: Iterable[Break]) -> str:
    return "; ".join(recurrence.breaks_in_words(breaks, on=date.min))


def _concessions_in_words(concessions: Iterable[Concession]) -> str:
    prices = sorted((price.who, price.pence, price.proof) for price in concessions)
    return "; ".join(
        f"{who}: £{pence / 100:.2f}" + (f" ({proof})" if proof else "")
        for who, pence, proof in prices
    )


def _kinds_in_words(kinds: Iterable[Kind]) -> str:
    return ", ".join(sorted(kind.name for kind in kinds))


def _save_details(activity: Activity, details: _Details) -> None:
    _replace(activity, activity.schedules, details.schedules)
    if details.kinds is not None:
        activity.kinds.set(details.kinds)
    if details.breaks is not None:
        _replace(activity, activity.breaks, details.breaks)
    if details.concessions is not None:
        _replace(activity, activity.concessions, details.concessions)


def _replace(activity: Activity, manager: Any, lines: Sequence[Line]) -> None:
    """Let exactly these lines belong to the activity; a changed one keeps its number.

    A line of another activity stays there, and is copied.
    """
    # All go before any comes: the name of one price may now be that of another.
    manager.all().delete()
    for line in lines:
        if line.activity_id != activity.pk:
            line.pk = None
        line.activity = activity
    manager.bulk_create(lines)
