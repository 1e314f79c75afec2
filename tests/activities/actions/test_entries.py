"""What the finder searches follows whatever it is made from."""

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from hereabouts.activities import actions
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.models import Activity
from hereabouts.core.refusals import Refusal
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.partners import actions as partners
from hereabouts.places.models import AccessFact
from tests import make
from tests.activities.actions.records import blocks, blocks_with_entries, found

pytestmark = pytest.mark.django_db


def test_another_review_period_reaches_the_finder(now: datetime, settings: Settings) -> None:
    activity = make.activity(
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=date(2026, 8, 1),
    )
    settings.LEADER_REVIEW_DAYS = 30

    call_command("refresh_finder", stdout=StringIO())

    assert FinderEntry.objects.get(record_id=activity.pk).counts_until == date(2026, 8, 31)


def test_a_venue_that_moves_takes_its_activities_along(now: datetime) -> None:
    activity = make.activity()
    before = FinderEntry.objects.get(record_id=activity.pk)
    venue = activity.venue
    assert venue is not None
    venue.latitude += 0.1

    actions.save_venue(venue=venue, facts={}, by=None, at=now)

    assert FinderEntry.objects.get(record_id=activity.pk).cell != before.cell


def test_the_finder_stops_only_when_every_line_of_the_timetable_has_an_end(now: datetime) -> None:
    activity = make.activity(
        schedules=[make.schedule(ends_on=date(2027, 3, 1)), make.schedule(weekday=0)]
    )

    assert FinderEntry.objects.get(record_id=activity.pk).last_on is None


def test_a_park_is_found_without_a_timetable(now: datetime) -> None:
    park = make.open_space()

    assert found(park, at=now) == [park.pk]


def test_blocks_follow_what_is_published_taken_down_and_moved(now: datetime) -> None:
    activity = make.activity()
    assert blocks() == blocks_with_entries() != set()
    venue = activity.venue
    assert venue is not None
    venue.latitude += 0.5
    actions.save_venue(venue=venue, facts={}, by=None, at=now)
    moved = (blocks(), blocks_with_entries())

    actions.retire(activity=activity, by=None, at=now)

    assert moved[0] == moved[1] != set()
    assert blocks() == set()


def test_what_is_saved_together_is_written_together_at_the_end(now: datetime) -> None:
    with actions.entries_written_at_the_end(at=now):
        first, second = make.activity(), make.activity()
        with actions.entries_written_at_the_end(at=now):
            third = make.activity()
        before = FinderEntry.objects.count()

    assert before == 0
    assert set(found(first, at=now)) == {first.pk, second.pk, third.pk}
    assert blocks() == blocks_with_entries()


def save_one_and_fail(at: datetime) -> None:
    with transaction.atomic(), actions.entries_written_at_the_end(at=at):
        make.activity()
        raise Refusal("Somebody else saved it meanwhile.")


def test_what_fails_among_many_leaves_nothing_behind(now: datetime) -> None:
    with pytest.raises(Refusal):
        save_one_and_fail(now)
    later = make.activity()

    assert [entry.record_id for entry in FinderEntry.objects.all()] == [later.pk]


def test_many_saved_together_need_no_query_each_for_the_finder(
    now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    venue = make.venue()
    activities = [make.activity(at_venue=venue) for _ in range(30)]

    with django_assert_max_num_queries(25):
        actions.write_entries(activity_ids=[activity.pk for activity in activities], at=now)


def test_refresh_goes_through_all_in_pieces(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hereabouts.activities.actions.entries.CHUNK", 2)
    activities = [make.activity(at_venue=make.venue(latitude=52 + n / 10)) for n in range(5)]
    FinderEntry.objects.all().delete()
    FinderBlock.objects.all().delete()

    count = actions.refresh_entries(at=now)

    assert count == 5
    assert {entry.record_id for entry in FinderEntry.objects.all()} == {
        activity.pk for activity in activities
    }
    assert blocks() == blocks_with_entries()


def test_refresh_takes_away_what_is_not_published(now: datetime) -> None:
    activity = make.activity()
    Activity.objects.filter(pk=activity.pk).update(state=Activity.State.DRAFT)

    assert actions.refresh_entries(at=now) == 0
    assert blocks() == set()


def test_a_renamed_organisation_is_found_by_its_new_name_after_a_refresh(now: datetime) -> None:
    organisation = make.organisation(name="Heath End Movers")
    activity = make.activity(provider=organisation)
    organisation.name = "Heathland Steps"
    partners.save_organisation(organisation=organisation, by=None, at=now)

    actions.refresh_entries(at=now)

    assert "heathland steps" in FinderEntry.objects.get(record_id=activity.pk).words


def test_an_activity_is_found_by_kinds_broader_than_its_own(now: datetime) -> None:
    narrow = make.kind(name="Moonlight walking", broader=[make.kind("nordic-walking")])
    activity = make.activity(kinds=[narrow])

    entry = FinderEntry.objects.get(record_id=activity.pk)

    assert entry.kinds == ACTIVITIES.mask("kinds", ["nordic-walking", "walking"])
    assert "moonlight walking" in entry.words


def test_kinds_that_are_broader_than_each_other_are_survived(now: datetime) -> None:
    first = make.kind(name="One")
    other = make.kind(name="Other", broader=[first, make.kind("yoga")])
    first.broader.set([other])

    activity = make.activity(kinds=[first])

    entry = FinderEntry.objects.get(record_id=activity.pk)
    assert entry.kinds == ACTIVITIES.mask("kinds", ["yoga", "group-exercise"])


def test_what_somebody_saw_at_the_venue_reaches_the_finder(now: datetime) -> None:
    activity = make.activity(at_venue=make.venue(has=["STEP_FREE"], has_not=["PARKING"]))
    venue = activity.venue
    assert venue is not None
    before = FinderEntry.objects.get(record_id=activity.pk).needs

    actions.save_venue(venue=venue, facts={AccessFact.Fact.SEATS: True}, by=None, at=now)

    assert before == ACTIVITIES.mask("needs", ["STEP_FREE"])
    assert FinderEntry.objects.get(record_id=activity.pk).needs == ACTIVITIES.mask(
        "needs", ["STEP_FREE", "SEATS"]
    )
