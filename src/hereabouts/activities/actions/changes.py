"""When an activity last changed, as calendars read it."""

from datetime import datetime

from hereabouts.activities.models import Activity
from hereabouts.partners import queries as partners


def note_change(*, activity: Activity, at: datetime, follows_terms_no_more: bool = False) -> None:
    """Note, inside the caller's transaction, that `activity` changed at `at`.

    A time later than `at` stays: calendars ignore whatever seems older than what they have. For
    the same reason an activity that `follows_terms_no_more` keeps the time of the last change of a
    school term.
    """
    of_terms = partners.terms_changed_at() if follows_terms_no_more else None
    changed_at = max(at, of_terms or at)
    # One statement that compares and writes: of two who change it together the later time stays.
    earlier = Activity.objects.filter(pk=activity.pk, changed_at__lt=changed_at)
    earlier.update(changed_at=changed_at)
    activity.changed_at = max(activity.changed_at, changed_at)
