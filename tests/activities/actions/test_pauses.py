"""Pausing, and running again."""

from datetime import date, datetime, timedelta

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.audit.edits import EditedMeanwhile
from tests import make
from tests.activities.actions.records import FRIDAY, found, last_told, save, trail

pytestmark = pytest.mark.django_db


def test_a_paused_class_is_not_found_and_comes_back_by_itself(now: datetime) -> None:
    activity = make.activity(at=now)

    actions.pause(activity=activity, until=FRIDAY, reason="The hall is wet", by=None, at=now)

    activity.refresh_from_db()
    assert (activity.paused_on, activity.paused_until) == (now.date(), FRIDAY)
    assert activity.pause_reason == "The hall is wet"
    assert trail(activity)[-1] == "hereabouts.pause"
    assert last_told(activity)["pause_reason"] == [None, "The hall is wet"]
    assert found(activity, at=now) == []
    assert found(activity, at=now + timedelta(days=4)) == []
    assert found(activity, at=now + timedelta(days=5)) == [activity.pk]


def test_a_pause_without_an_end_lasts_until_somebody_ends_it(now: datetime, manager: User) -> None:
    activity = make.activity(at=now)
    actions.pause(activity=activity, until=None, reason="", by=manager, at=now)
    hidden = found(activity, at=now + timedelta(days=900))

    actions.resume(activity=activity, by=manager, at=now)

    activity.refresh_from_db()
    assert hidden == []
    assert found(activity, at=now) == [activity.pk]
    assert (activity.paused_on, activity.paused_until, activity.pause_reason) == (None, None, "")
    assert trail(activity)[-1] == "hereabouts.resume"


def test_pausing_again_changes_the_end_and_not_the_beginning(now: datetime) -> None:
    activity = make.activity(at=now)
    actions.pause(activity=activity, until=FRIDAY, reason="", by=None, at=now)

    later = now + timedelta(days=1)
    actions.pause(activity=activity, until=None, reason="", by=None, at=later)

    assert (activity.paused_on, activity.paused_until) == (now.date(), None)


def test_after_a_pause_that_is_over_a_new_one_begins_today(now: datetime) -> None:
    activity = make.activity(at=now)
    actions.pause(activity=activity, until=FRIDAY, reason="", by=None, at=now)

    later = now + timedelta(days=30)
    actions.pause(activity=activity, until=None, reason="", by=None, at=later)

    assert activity.paused_on == later.date()


def test_pausing_twice_the_same_is_told_once(now: datetime) -> None:
    activity = make.activity(at=now)

    for _ in range(2):
        actions.pause(activity=activity, until=FRIDAY, reason="", by=None, at=now)

    assert trail(activity).count("hereabouts.pause") == 1


def test_a_pause_lasts_until_today_at_least(now: datetime) -> None:
    activity = make.activity()

    with pytest.raises(actions.PauseIsOver, match="That day is over"):
        actions.pause(activity=activity, until=date(2026, 11, 22), reason="", by=None, at=now)
    actions.pause(activity=activity, until=date(2026, 11, 23), reason="", by=None, at=now)

    assert activity.is_paused(on=date(2026, 11, 23))


def test_what_residents_cannot_see_is_not_paused(now: datetime) -> None:
    with pytest.raises(actions.NotPublished, match="nothing to pause"):
        actions.pause(activity=make.draft(), until=None, reason="", by=None, at=now)


def test_what_is_not_paused_is_not_resumed(now: datetime) -> None:
    with pytest.raises(actions.NotPaused, match="is not paused"):
        actions.resume(activity=make.activity(), by=None, at=now)


def test_a_pause_is_refused_when_somebody_else_saved_meanwhile(now: datetime) -> None:
    mine = make.activity(at=now)
    actions.pause(activity=mine, until=FRIDAY, reason="", by=None, at=now)
    theirs = Activity.objects.get(pk=mine.pk)
    theirs.name = "Steady"
    save(theirs, at=now)

    with pytest.raises(EditedMeanwhile):
        actions.pause(activity=mine, until=None, reason="", by=None, at=now)
    with pytest.raises(EditedMeanwhile):
        actions.resume(activity=mine, by=None, at=now)


def test_what_was_taken_down_while_paused_is_found_when_published_again(now: datetime) -> None:
    activity = make.activity(at=now)
    actions.pause(activity=activity, until=None, reason="", by=None, at=now)

    actions.retire(activity=activity, by=None, at=now)
    actions.publish(activity=activity, by=None, at=now)

    assert found(activity, at=now) == [activity.pk]
