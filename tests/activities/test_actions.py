"""What changes what's on, and what is refused."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from hereabouts.accounts.edits import EditedMeanwhile
from hereabouts.activities import actions
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity, FinderEntry
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make

pytestmark = pytest.mark.django_db


def trail(activity: Activity) -> list[str]:
    """What the audit trail says of it, oldest first."""
    entries = ModelLogEntry.objects.filter(object_id=str(activity.pk)).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_save_activity_sets_the_level_and_tells_the_trail(now: datetime) -> None:
    activity = make.draft(is_low_impact=True)
    activity.is_chair_based = True

    actions.save_activity(activity=activity, schedules=[], by=None, at=now)

    entry = ModelLogEntry.objects.filter(object_id=str(activity.pk)).latest("pk")
    assert activity.level == Level.ORANGE
    assert entry.data["changes"]["level"] == ["Green: low-impact", "Orange: chair-based"]


def test_save_activity_writes_nothing_when_nothing_changed(now: datetime) -> None:
    activity = make.activity()
    version, told = activity.version, trail(activity)

    actions.save_activity(
        activity=activity, schedules=list(activity.schedules.all()), by=None, at=now
    )

    activity.refresh_from_db()
    assert activity.version == version
    assert trail(activity) == told


def test_save_activity_replaces_the_timetable(now: datetime) -> None:
    activity = make.activity()
    friday = make.schedule(weekday=4)

    actions.save_activity(activity=activity, schedules=[friday], by=None, at=now)

    assert [one.weekday for one in activity.schedules.all()] == [4]


def test_save_activity_notices_a_last_day_that_changed(now: datetime) -> None:
    activity = make.activity()
    line = activity.schedules.get()
    line.ends_on = date(2027, 3, 25)

    actions.save_activity(activity=activity, schedules=[line], by=None, at=now)

    assert FinderEntry.objects.get(activity=activity).last_on == date(2027, 3, 25)


def test_save_activity_refuses_to_take_the_venue_from_a_published_one(now: datetime) -> None:
    activity = make.activity()
    activity.venue = None

    with pytest.raises(actions.NotComplete, match="A venue with a postcode"):
        actions.save_activity(
            activity=activity, schedules=list(activity.schedules.all()), by=None, at=now
        )


def test_save_activity_refuses_when_somebody_else_saved_meanwhile(now: datetime) -> None:
    mine = make.draft()
    theirs = Activity.objects.get(pk=mine.pk)
    theirs.name = "Sure, steady and strong"
    actions.save_activity(activity=theirs, schedules=[], by=None, at=now)
    mine.name = "Steady"

    with pytest.raises(EditedMeanwhile):
        actions.save_activity(activity=mine, schedules=[], by=None, at=now)


def test_publish_refuses_a_draft_and_says_what_it_needs(now: datetime) -> None:
    draft = make.draft(schedules=[make.schedule(start_time=None, end_time=None)])

    with pytest.raises(actions.NotComplete) as refusal:
        actions.publish(activity=draft, by=None, at=now)

    assert "A venue with a postcode." in str(refusal.value)
    assert "The time at which it starts." in str(refusal.value)
    assert not FinderEntry.objects.exists()


def test_publish_lets_the_finder_find_it(now: datetime) -> None:
    activity = make.activity(is_fame=True)

    entry = FinderEntry.objects.get(activity=activity)

    assert entry.level == Level.RED
    assert entry.level_until is None


def test_a_confirmed_leader_makes_a_red_class_red_for_a_year(now: datetime) -> None:
    confirmed = date(2026, 11, 1)

    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=confirmed,
    )

    assert FinderEntry.objects.get(activity=activity).level_until == confirmed + timedelta(365)


def test_a_confirmation_of_another_qualification_does_not_make_it_red(now: datetime) -> None:
    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.EXERCISE_INSTRUCTOR,
        leader_confirmed_on=date(2026, 11, 1),
    )

    assert FinderEntry.objects.get(activity=activity).level_until is None


def test_retire_takes_it_from_the_finder_and_publish_brings_it_back(now: datetime) -> None:
    activity = make.activity()

    actions.retire(activity=activity, by=None, at=now)
    hidden = FinderEntry.objects.filter(activity=activity).exists()
    actions.publish(activity=activity, by=None, at=now)

    assert not hidden
    assert FinderEntry.objects.filter(activity=activity).exists()


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


def test_another_review_period_reaches_the_finder(now: datetime, settings: Settings) -> None:
    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=date(2026, 8, 1),
    )
    settings.LEADER_REVIEW_DAYS = 30

    call_command("refresh_finder", stdout=StringIO())

    assert FinderEntry.objects.get(activity=activity).level_until == date(2026, 8, 31)


def test_a_venue_that_moves_takes_its_activities_along(now: datetime) -> None:
    activity = make.activity()
    before = FinderEntry.objects.get(activity=activity)
    venue = activity.venue
    assert venue is not None
    venue.latitude += 0.1

    actions.save_venue(venue=venue, facts={}, by=None, at=now)

    assert FinderEntry.objects.get(activity=activity).cell != before.cell


def test_the_finder_stops_only_when_every_line_of_the_timetable_has_an_end(now: datetime) -> None:
    activity = make.activity(
        schedules=[make.schedule(ends_on=date(2027, 3, 1)), make.schedule(weekday=0)]
    )

    assert FinderEntry.objects.get(activity=activity).last_on is None


def test_complete_saves_a_new_venue_and_organisation_with_the_draft(now: datetime) -> None:
    draft = make.draft()
    draft.venue = Venue(name="Birch Court", postcode="S80 1DU", latitude=53.3, longitude=-1.12)
    draft.provider = Organisation(name="Thistle Homes (made up)")

    actions.complete(
        activity=draft,
        schedules=[make.schedule()],
        checker="the warden",
        is_published=True,
        by=None,
        at=now,
    )

    draft.refresh_from_db()
    assert draft.state == Activity.State.PUBLISHED
    assert draft.venue is not None
    assert draft.venue.name == "Birch Court"
    assert draft.checks.get().checker == "the warden"


def test_complete_writes_nothing_when_it_cannot_be_published(now: datetime) -> None:
    draft = make.draft()
    draft.venue = Venue(name="Birch Court", postcode="S80 1DU", latitude=53.3, longitude=-1.12)

    with pytest.raises(actions.NotComplete):
        actions.complete(
            activity=draft, schedules=[], checker="", is_published=True, by=None, at=now
        )

    assert not Venue.objects.exists()


def test_the_database_refuses_a_published_activity_without_a_venue() -> None:
    draft = make.draft()

    with pytest.raises(IntegrityError, match="only_a_draft_has_no_venue"):
        Activity.objects.filter(pk=draft.pk).update(state=Activity.State.PUBLISHED)
