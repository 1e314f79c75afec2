"""Everything that changes what's on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hereabouts.accounts import audit, edits
from hereabouts.accounts.models import User
from hereabouts.activities import finder, recurrence
from hereabouts.activities.completeness import needs
from hereabouts.activities.levels import level_for
from hereabouts.activities.models import Activity, Check, FinderEntry, Schedule
from hereabouts.core.refusals import Refusal
from hereabouts.partners import actions as partners
from hereabouts.places import actions as places
from hereabouts.places.models import Venue
from hereabouts.places.points import Point

TIMETABLE_FIELDS = (
    *("frequency", "weekday", "week_of_month", "starts_on", "ends_on"),
    *("start_time", "end_time", "zone"),
)


class NotComplete(Refusal):
    """Residents may not see it yet: something they need is missing."""


class NotPublished(Refusal):
    """Residents cannot see it, so it cannot be taken down."""


class StillPublished(Refusal):
    """Only a draft, or what was taken down, can be removed for good."""


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    schedules: Sequence[Schedule],
    by: User | None,
    at: datetime,
    action: str = "",
) -> Activity:
    """Save a new or changed activity with its whole timetable, and the row the finder searches.

    The level follows from what the activity is built on. Lines of the timetable that are not
    among `schedules` are removed. When nothing changed, nothing is written. `action` is what the
    audit trail calls it, where it is neither adding nor editing by hand.
    Raises `NotComplete` when a published activity would lose what residents need, and
    `EditedMeanwhile`.
    """
    if activity.state == Activity.State.PUBLISHED:
        _refuse_incomplete(activity, schedules)
    activity.level = level_for(activity.approaches)
    if activity._state.adding:
        activity.save()
        told, changes = "hereabouts.create", audit.Changes()
    else:
        told, changes = "hereabouts.edit", _changes(activity, schedules)
        if not changes:
            return activity
        edits.count_up(activity)
        activity.save()
    _save_timetable(activity, schedules)
    _refresh_entry(activity, schedules)
    audit.record(thing=activity, action=action or told, by=by, changes=changes)
    return activity


@transaction.atomic
def publish(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Let residents find it. Raises `NotComplete` with what is missing."""
    schedules = list(activity.schedules.order_by("pk"))
    _refuse_incomplete(activity, schedules)
    _move(activity, Activity.State.PUBLISHED, schedules)
    audit.record(thing=activity, action="hereabouts.publish", by=by)


@transaction.atomic
def complete(
    *,
    activity: Activity,
    schedules: Sequence[Schedule],
    checker: str,
    is_published: bool,
    by: User | None,
    at: datetime,
) -> Activity:
    """Save what was missing of a draft and, if `is_published`, let residents find it.

    Its venue and its organisation may be new: they are saved first. `checker` says in words who
    confirmed that it runs; empty when nobody did. All of it or nothing.
    Raises `NotComplete` and `EditedMeanwhile`.
    """
    if activity.venue and activity.venue._state.adding:
        activity.venue = places.save_venue(venue=activity.venue, facts={}, by=by, at=at)
    if activity.provider:
        activity.provider = partners.save_organisation(organisation=activity.provider, by=by, at=at)
    save_activity(activity=activity, schedules=schedules, by=by, at=at)
    if is_published:
        publish(activity=activity, by=by, at=at)
    if checker:
        check(activity=activity, checker=checker, by=by, at=at)
    return activity


@transaction.atomic
def retire(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Take it down: residents no longer find it, its page says that it has stopped.

    Raises `NotPublished`: a page that nobody could see has nothing to say.
    """
    if activity.state != Activity.State.PUBLISHED:
        raise NotPublished(_("%(name)s is not published.") % {"name": activity})
    _move(activity, Activity.State.RETIRED, list(activity.schedules.order_by("pk")))
    audit.record(thing=activity, action="hereabouts.retire", by=by)


@transaction.atomic
def remove(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Delete it for good. Raises `StillPublished`: residents may have its address on paper."""
    if activity.state == Activity.State.PUBLISHED:
        raise StillPublished(
            _("Residents can see %(name)s. Take it down first.") % {"name": activity}
        )
    audit.record(thing=activity, action="hereabouts.delete", by=by)
    activity.delete()


@transaction.atomic
def check(*, activity: Activity, checker: str, by: User | None, at: datetime) -> Check:
    """Note that `checker` (in words: "the class leader") says it is still running.

    Saying so twice on one day is one check.
    """
    noted, is_new = activity.checks.get_or_create(
        checked_on=timezone.localdate(at), checker=checker, defaults={"checked_by": by}
    )
    if is_new:
        audit.record(thing=activity, action="hereabouts.check", by=by)
    return noted


@transaction.atomic
def remove_check(*, check: Check, by: User | None, at: datetime) -> None:
    """Take back a check that was a mistake: the one before it counts again."""
    audit.record(
        thing=check.activity,
        action="hereabouts.edit",
        by=by,
        changes={"checks": (str(check), "")},
    )
    check.delete()


@transaction.atomic
def refresh_entries() -> int:
    """Make anew what the finder searches, as after a change of settings; how many there are."""
    published = Activity.objects.published().select_related("venue").prefetch_related("schedules")
    for activity in published.order_by("pk"):
        _refresh_entry(activity, list(activity.schedules.all()))
    return len(published)


@transaction.atomic
def save_venue(*, venue: Venue, facts: places.Answers, by: User | None, at: datetime) -> Venue:
    """Save a venue as `places.actions` does, and let the finder find its activities there."""
    saved = places.save_venue(venue=venue, facts=facts, by=by, at=at)
    for activity in saved.activities.published().prefetch_related("schedules"):
        _refresh_entry(activity, list(activity.schedules.all()))
    return saved


def _refuse_incomplete(activity: Activity, schedules: Sequence[Schedule]) -> None:
    missing = needs(activity, schedules)
    if missing:
        sentences = " ".join(missing)
        raise NotComplete(_("Residents cannot see it yet. It needs: %s") % sentences)


def _move(activity: Activity, state: str, schedules: Sequence[Schedule]) -> None:
    edits.count_up(activity)
    activity.state = state
    activity.save(update_fields=["state"])
    _refresh_entry(activity, schedules)


def _changes(activity: Activity, schedules: Sequence[Schedule]) -> audit.Changes:
    """What differs from the saved row and timetable."""
    changes = audit.changes_since_saved(activity)
    saved = list(activity.schedules.order_by("pk"))
    if {_values(one) for one in saved} != {_values(one) for one in schedules}:
        changes["schedules"] = (
            recurrence.all_in_words(saved),
            recurrence.all_in_words(schedules),
        )
    return changes


def _values(schedule: Schedule) -> tuple[object, ...]:
    return tuple(getattr(schedule, name) for name in TIMETABLE_FIELDS)


def _save_timetable(activity: Activity, schedules: Sequence[Schedule]) -> None:
    kept = [schedule.pk for schedule in schedules if schedule.pk]
    activity.schedules.exclude(pk__in=kept).delete()
    for schedule in schedules:
        schedule.activity = activity
        schedule.save()


def _refresh_entry(activity: Activity, schedules: Sequence[Schedule]) -> None:
    if activity.state != Activity.State.PUBLISHED or activity.venue is None:
        FinderEntry.objects.filter(activity=activity).delete()
        return
    place = finder.place_of(
        Point(latitude=activity.venue.latitude, longitude=activity.venue.longitude)
    )
    last_days = [recurrence.last_day(schedule) for schedule in schedules]
    known_days = [day for day in last_days if day is not None]
    FinderEntry.objects.update_or_create(
        activity=activity,
        defaults={
            "cell": place.cell,
            "x": place.x,
            "y": place.y,
            "z": place.z,
            "level": activity.level,
            "level_until": activity.leader_counts_until() if activity.is_fame else None,
            # It goes on as long as any line of its timetable does.
            "last_on": max(known_days) if len(known_days) == len(last_days) else None,
        },
    )
