"""What changes what's on, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import ModelLogEntry

from hereabouts import finder
from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.finding.declared import ACTIVITIES
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.vocabularies import Condition
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.core.refusals import Refusal
from hereabouts.finder.cells import block_of
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.partners import actions as partners
from hereabouts.partners.models import Organisation
from hereabouts.places.models import AccessFact, Venue
from tests import make

pytestmark = pytest.mark.django_db


FRIDAY = date(2026, 11, 27)


def trail(activity: Activity) -> list[str]:
    """What the audit trail says of it, oldest first."""
    entries = ModelLogEntry.objects.filter(content_type__model="activity").order_by("pk")
    return list(entries.filter(object_id=str(activity.pk)).values_list("action", flat=True))


def last_told(activity: Activity) -> dict[str, list[str]]:
    """What the newest line of the trail says was changed."""
    entries = ModelLogEntry.objects.filter(content_type__model="activity")
    entry = entries.filter(object_id=str(activity.pk)).latest("pk")
    changes: dict[str, list[str]] = entry.data.get("changes", {})
    return changes


def found(activity: Activity, *, at: datetime) -> list[int]:
    """The activities within a few hundred metres of it that residents find at `at`."""
    assert activity.venue is not None
    query = finder.Query(among=ACTIVITIES, point=activity.venue.point, within_km=0.3, at=at)
    return [hit.record_id for hit in finder.nearest(query)]


def blocks_with_entries() -> set[int]:
    """The blocks that there should be."""
    return {block_of(cell) for cell in FinderEntry.objects.values_list("cell", flat=True)}


def blocks() -> set[int]:
    return set(FinderBlock.objects.values_list("cell", flat=True))


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


# ── What belongs to it ──


def save(activity: Activity, *, at: datetime, **belongings: Any) -> None:
    """Save it with the timetable that it has."""
    schedules = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=schedules, by=None, at=at, **belongings)


def test_kinds_breaks_and_prices_are_saved_and_told(now: datetime) -> None:
    activity = make.activity()

    save(
        activity,
        at=now,
        kinds=[make.kind("tai-chi")],
        breaks=[make.days_without(date(2026, 12, 24), reason="Christmas")],
        concessions=[make.concession(who="Carers", pence=150, proof="A carer's card")],
    )

    assert last_told(activity) == {
        "kinds": ["", "Tai Chi"],
        "breaks": ["", "No session on 24 December 2026 (Christmas)"],
        "concessions": ["", "Carers: £1.50 (A carer's card)"],
    }
    assert [one.name for one in activity.kinds.all()] == ["Tai Chi"]
    assert activity.breaks.get().starts_on == date(2026, 12, 24)
    assert activity.concessions.get().pence == 150


def test_what_is_not_given_stays(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )
    activity.summary = "Slow and steady"

    save(activity, at=now)

    assert activity.kinds.count() == activity.breaks.count() == activity.concessions.count() == 1


def test_an_empty_list_takes_all_away(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )

    save(activity, at=now, kinds=[], breaks=[], concessions=[])

    assert activity.kinds.count() == activity.breaks.count() == activity.concessions.count() == 0


def test_the_same_belongings_again_write_nothing(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind("yoga"), make.kind("tai-chi")],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )
    told = trail(activity)

    save(
        activity,
        at=now,
        kinds=[make.kind("tai-chi"), make.kind("yoga")],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )

    assert trail(activity) == told


def test_a_price_may_take_the_name_of_another(now: datetime) -> None:
    activity = make.activity(
        concessions=[make.concession(who="Over 65"), make.concession(who="Carers", pence=0)]
    )
    first, second = activity.concessions.order_by("pk")
    first.who, second.who = "Carers", "Over 75"

    save(activity, at=now, concessions=[first, second])

    saved = activity.concessions.order_by("pk").values_list("pk", "who", "pence")
    assert list(saved) == [(first.pk, "Carers", 100), (second.pk, "Over 75", 0)]


def test_a_line_of_another_activity_is_copied(now: datetime) -> None:
    line = make.schedule()

    both = [make.activity(schedules=[line]) for _ in range(2)]

    assert [one.schedules.count() for one in both] == [1, 1]


def test_one_of_two_equal_lines_can_be_taken_away(now: datetime) -> None:
    twice = [make.schedule(), make.schedule()]
    activity = make.activity(schedules=twice)

    actions.save_activity(activity=activity, schedules=twice[:1], by=None, at=now)

    assert activity.schedules.get().pk == twice[0].pk
    assert list(last_told(activity)) == ["schedules"]


def test_another_order_of_what_is_chosen_is_no_change(now: datetime) -> None:
    activity = make.activity(conditions=[Condition.STROKE, Condition.ARTHRITIS])
    told = trail(activity)
    activity.conditions = [Condition.STROKE, Condition.ARTHRITIS]

    save(activity, at=now)

    activity.refresh_from_db()
    assert activity.conditions == ["ARTHRITIS", "STROKE"]
    assert trail(activity) == told


def test_a_break_moves_the_next_session(now: datetime) -> None:
    activity = make.activity(at=now)

    save(activity, at=now, breaks=[make.days_without(date(2026, 11, 26))])

    entry = FinderEntry.objects.get(record_id=activity.pk)
    assert entry.next_at == datetime(2026, 12, 3, 13, 30, tzinfo=UTC)


def test_complete_takes_what_belongs_to_it(now: datetime) -> None:
    draft = make.draft()
    draft.venue = make.venue()

    actions.complete(
        activity=draft,
        schedules=[make.schedule()],
        checker="",
        is_published=True,
        by=None,
        at=now,
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession(pence=0)],
    )

    assert draft.kinds.get() == make.kind()
    assert draft.breaks.count() == draft.concessions.count() == 1
    assert FinderEntry.objects.get(record_id=draft.pk).costs > 0


# ── Pauses ──


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


# ── What the finder searches ──


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
        actions.write_entries(activity_ids=[one.pk for one in activities], at=now)


def test_refresh_goes_through_all_in_pieces(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hereabouts.activities.actions.entries.CHUNK", 2)
    activities = [make.activity(at_venue=make.venue(latitude=52 + n / 10)) for n in range(5)]
    FinderEntry.objects.all().delete()
    FinderBlock.objects.all().delete()

    count = actions.refresh_entries(at=now)

    assert count == 5
    assert {entry.record_id for entry in FinderEntry.objects.all()} == {
        one.pk for one in activities
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
    one = make.kind(name="One")
    other = make.kind(name="Other", broader=[one, make.kind("yoga")])
    one.broader.set([other])

    activity = make.activity(kinds=[one])

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


def test_an_edit_that_began_before_a_lapse_was_told_does_not_take_that_back(now: datetime) -> None:
    red = make.red_class(at=now, confirmed_on=date(2025, 1, 1))
    in_a_form = Activity.objects.get(pk=red.pk)
    assert actions.claim_lapse(activity=red, on=now.date())

    in_a_form.summary = "Changed"
    schedules = list(in_a_form.schedules.all())
    actions.save_activity(activity=in_a_form, schedules=schedules, by=None, at=now)

    assert Activity.objects.get(pk=red.pk).summary == "Changed"
    assert not actions.claim_lapse(activity=Activity.objects.get(pk=red.pk), on=now.date())
