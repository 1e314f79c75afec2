"""Who said that it runs, and who was told that a leader's confirmation no longer counts."""

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.activities import lapses
from hereabouts.activities.actions.changes import note_change
from hereabouts.activities.models import Activity, Check
from hereabouts.audit import trail


@transaction.atomic
def check(*, activity: Activity, checker: str, by: User | None, at: datetime) -> Check:
    """Note that `checker` (in words: "the class leader") says it is still running.

    Saying so twice on one day is one check.
    """
    noted, is_new = activity.checks.get_or_create(
        checked_on=timezone.localdate(at), checker=checker, defaults={"checked_by": by}
    )
    if is_new:
        note_change(activity=activity, at=at)
        trail.record(instance=activity, action="hereabouts.check", by=by)
    return noted


@transaction.atomic
def remove_check(*, check: Check, by: User | None, at: datetime) -> None:
    """Take back a check that was a mistake: the one before it counts again."""
    trail.record(
        instance=check.activity,
        action="hereabouts.edit",
        by=by,
        changes={"checks": (str(check), "")},
    )
    note_change(activity=check.activity, at=at)
    check.delete()


@transaction.atomic
def claim_lapse(*, activity: Activity, on: date) -> bool:
    """Note that whoever calls tells its people that the confirmation of that day no longer counts.

    False when another tells them, or did, or somebody saw another certificate meanwhile. Commit
    before sending: with `give_lapse_back` it can be taken back.
    """
    untold = lapses.untold(on=on).filter(
        pk=activity.pk, leader_confirmed_on=activity.leader_confirmed_on
    )
    # One statement that looks and notes: of two hourly runs, one comes second. Bookkeeping, not an
    # edit that whoever has the form open should hear of.
    return bool(untold.update(lapse_told_for=models.F("leader_confirmed_on")))


@transaction.atomic
def give_lapse_back(*, activity: Activity) -> None:
    """Its people were not told after all: the next run may try again."""
    claimed = Activity.objects.filter(pk=activity.pk, lapse_told_for=activity.leader_confirmed_on)
    claimed.update(lapse_told_for=activity.lapse_told_for)
