"""Who said that it runs, and who was told that a leader's confirmation no longer counts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hereabouts.accounts import audit
from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity, Check


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
def note_lapse_told(*, activity: Activity) -> None:
    """Remember that its people know that the leader's confirmation of that day no longer counts."""
    # Bookkeeping: not an edit that whoever has the form open should hear of.
    Activity.objects.filter(pk=activity.pk).update(lapse_told_for=activity.leader_confirmed_on)
    activity.lapse_told_for = activity.leader_confirmed_on
