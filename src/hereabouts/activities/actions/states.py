"""Publishing is in `saving`; here is what comes after: pauses, taking down, removing."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User
from hereabouts.activities import photos
from hereabouts.activities.actions.changes import note_change
from hereabouts.activities.actions.entries import write_entries
from hereabouts.activities.models import Activity
from hereabouts.audit import edits, trail
from hereabouts.core.refusals import Refusal

PAUSE_FIELDS = ("paused_on", "paused_until", "pause_reason")


class NotPublished(Refusal):
    """Residents cannot see it, so it can be neither paused nor taken down."""


class StillPublished(Refusal):
    """Only a draft, or what was taken down, can be removed for good."""


class PauseIsOver(Refusal):
    """The pause would end before it begins."""


class NotPaused(Refusal):
    """There is no pause to end."""


@transaction.atomic
def pause(
    *, activity: Activity, until: date | None, reason: str, by: User | None, at: datetime
) -> None:
    """Take it out of the search from today on, `until` that day or until somebody resumes it.

    Its page stays and says so. It comes back by itself on the day after `until`. Pausing again
    changes the end and the reason. Raises `NotPublished`, `PauseIsOver` and `EditedMeanwhile`.
    """
    today = timezone.localdate(at)
    if activity.state != Activity.State.PUBLISHED:
        raise NotPublished(
            _("Residents cannot see %(name)s, so there is nothing to pause.") % {"name": activity}
        )
    if until is not None and until < today:
        raise PauseIsOver(
            _("That day is over. Give the last day of the pause, or none if nobody knows yet.")
        )
    paused_on = activity.paused_on if activity.is_paused(on=today) else today
    _set_pause(activity, (paused_on, until, reason), by=by, at=at, action="hereabouts.pause")


@transaction.atomic
def resume(*, activity: Activity, by: User | None, at: datetime) -> None:
    """End its pause: residents find it again from now on.

    Raises `NotPaused` and `EditedMeanwhile`.
    """
    if activity.paused_on is None:
        raise NotPaused(_("%(name)s is not paused.") % {"name": activity})
    _set_pause(activity, (None, None, ""), by=by, at=at, action="hereabouts.resume")


@transaction.atomic
def retire(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Take it down: residents no longer find it, its page says that it has stopped.

    A pause ends with it, so that it is found as soon as it is published again.
    Raises `NotPublished`: a page that nobody could see has nothing to say.
    """
    if activity.state != Activity.State.PUBLISHED:
        raise NotPublished(_("%(name)s is not published.") % {"name": activity})
    edits.bump_version(activity)
    activity.state = Activity.State.RETIRED
    activity.paused_on, activity.paused_until, activity.pause_reason = None, None, ""
    activity.retired_on = timezone.localdate(at)
    activity.save(update_fields=["state", "retired_on", *PAUSE_FIELDS])
    note_change(activity=activity, at=at)
    write_entries(activity_ids=[activity.pk], at=at)
    trail.record(instance=activity, action="hereabouts.retire", by=by)


@transaction.atomic
def remove(*, activity: Activity, by: User | None, at: datetime) -> None:
    """Delete it for good, its photo too, unless another activity shows that.

    Raises `StillPublished`: residents may have its address on paper.
    """
    # As saved now, not as loaded: a published one has an entry and stands in a block.
    saved = Activity.objects.select_for_update().filter(pk=activity.pk)
    if Activity.State.PUBLISHED in saved.values_list("state", flat=True):
        raise StillPublished(
            _("Residents can see %(name)s. Take it down first.") % {"name": activity}
        )
    trail.record(instance=activity, action="hereabouts.delete", by=by)
    photo = activity.photo
    activity.delete()
    if photo is not None:
        photos.throw_away(photo)


def _set_pause(
    activity: Activity,
    values: tuple[date | None, date | None, str],
    *,
    by: User | None,
    at: datetime,
    action: str,
) -> None:
    activity.paused_on, activity.paused_until, activity.pause_reason = values
    changes = trail.changes_since_saved(activity)
    changes = {name: change for name, change in changes.items() if name in PAUSE_FIELDS}
    if not changes:
        return
    edits.bump_version(activity)
    activity.save(update_fields=PAUSE_FIELDS)
    note_change(activity=activity, at=at)
    write_entries(activity_ids=[activity.pk], at=at)
    trail.record(instance=activity, action=action, by=by, changes=changes)
