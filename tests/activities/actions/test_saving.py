"""What changes what's on, and what is refused."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from hereabouts.activities import actions
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.finder.models import FinderEntry
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make
from tests.activities.actions.records import trail

pytestmark = pytest.mark.django_db


def test_save_activity_sets_the_level_and_tells_the_trail(now: datetime) -> None:
    activity = make.draft(is_low_impact=True)
    activity.is_chair_based = True

    actions.save_activity(activity=activity, schedules=[], by=None, at=now)

    entry = ModelLogEntry.objects.filter(object_id=str(activity.pk)).latest("pk")
    assert activity.level == Level.ORANGE
    assert entry.data["changes"]["level"] == ["Green: low-impact", "Orange: chair-based"]


def test_save_activity_writes_nothing_when_nothing_changed(now: datetime) -> None:
    activity = make.activity()
    version, actions_before = activity.version, trail(activity)

    actions.save_activity(
        activity=activity, schedules=list(activity.schedules.all()), by=None, at=now
    )

    activity.refresh_from_db()
    assert activity.version == version
    assert trail(activity) == actions_before


def test_save_activity_replaces_the_timetable(now: datetime) -> None:
    activity = make.activity()
    friday = make.schedule(weekday=4)

    actions.save_activity(activity=activity, schedules=[friday], by=None, at=now)

    assert [schedule.weekday for schedule in activity.schedules.all()] == [4]


def test_save_activity_notices_a_last_day_that_changed(now: datetime) -> None:
    activity = make.activity()
    line = activity.schedules.get()
    line.ends_on = date(2027, 3, 25)

    actions.save_activity(activity=activity, schedules=[line], by=None, at=now)

    assert FinderEntry.objects.get(record_id=activity.pk).last_on == date(2027, 3, 25)


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


def test_an_edit_that_began_before_a_lapse_was_told_does_not_take_that_back(now: datetime) -> None:
    red = make.red_class(at=now, confirmed_on=date(2025, 1, 1))
    in_a_form = Activity.objects.get(pk=red.pk)
    assert actions.claim_lapse(activity=red, on=now.date())

    in_a_form.summary = "Changed"
    schedules = list(in_a_form.schedules.all())
    actions.save_activity(activity=in_a_form, schedules=schedules, by=None, at=now)

    assert Activity.objects.get(pk=red.pk).summary == "Changed"
    assert not actions.claim_lapse(activity=Activity.objects.get(pk=red.pk), on=now.date())
