"""What residents can find, from a draft to what was taken down; and that somebody said it runs."""

from datetime import date, datetime, timedelta

import pytest
from wagtail.models import ModelLogEntry

from hereabouts.activities import actions
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.finder.models import FinderEntry
from tests import make
from tests.activities.actions.records import trail

pytestmark = pytest.mark.django_db


def test_publish_refuses_a_draft_and_says_what_it_needs(now: datetime) -> None:
    draft = make.draft(schedules=[make.schedule(start_time=None, end_time=None)])

    with pytest.raises(actions.NotComplete) as refusal:
        actions.publish(activity=draft, by=None, at=now)

    assert "A venue with a postcode." in str(refusal.value)
    assert "The time at which it starts." in str(refusal.value)
    assert not FinderEntry.objects.exists()


def test_publish_lets_the_finder_find_it(now: datetime) -> None:
    activity = make.activity(is_fame=True)

    entry = FinderEntry.objects.get(record_id=activity.pk)

    assert entry.levels == ACTIVITIES.mask("levels", [Level.RED])
    assert entry.counts_until is None


def test_a_confirmed_leader_makes_a_red_class_red_for_a_year(now: datetime) -> None:
    confirmed = date(2026, 11, 1)

    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=confirmed,
    )

    assert FinderEntry.objects.get(record_id=activity.pk).counts_until == confirmed + timedelta(365)


def test_a_confirmation_of_another_qualification_does_not_make_it_red(now: datetime) -> None:
    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.EXERCISE_INSTRUCTOR,
        leader_confirmed_on=date(2026, 11, 1),
    )

    assert FinderEntry.objects.get(record_id=activity.pk).counts_until is None


def test_retire_takes_it_from_the_finder_and_publish_brings_it_back(now: datetime) -> None:
    activity = make.activity()

    actions.retire(activity=activity, by=None, at=now)
    hidden = FinderEntry.objects.filter(record_id=activity.pk).exists()
    actions.publish(activity=activity, by=None, at=now)

    assert not hidden
    assert FinderEntry.objects.filter(record_id=activity.pk).exists()


def test_remove_refuses_what_residents_can_see(now: datetime) -> None:
    activity = make.activity()

    with pytest.raises(actions.StillPublished):
        actions.remove(activity=activity, by=None, at=now)


def test_remove_deletes_a_draft_and_keeps_its_trail(now: datetime) -> None:
    draft = make.draft()
    key = draft.pk

    actions.remove(activity=draft, by=None, at=now)

    entries = ModelLogEntry.objects.filter(object_id=str(key)).order_by("pk")
    assert not Activity.objects.filter(pk=key).exists()
    assert entries.last().action == "hereabouts.delete"


def test_check_twice_on_one_day_is_one_check(now: datetime) -> None:
    activity = make.activity()

    for _ in range(2):
        actions.check(activity=activity, checker="the class leader", by=None, at=now)

    assert activity.checks.count() == 1
    assert trail(activity).count("hereabouts.check") == 1
