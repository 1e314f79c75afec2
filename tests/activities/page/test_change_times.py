"""When an activity last changed and when it stopped, as calendars read it: never from the log."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.page.calendars import CANCELLED_FOR
from hereabouts.partners import actions as partners
from tests import make

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def fetched(client: Client, activity: Activity) -> Any:
    return client.get(f"/activities/{activity.public_id}/calendar.ics")


def first_event(client: Client, activity: Activity) -> Any:
    return Calendar.from_ical(fetched(client, activity).content).walk("VEVENT")[0]


def stamps(client: Client, activity: Activity) -> tuple[int, datetime]:
    event = first_event(client, activity)
    return event["sequence"], event.decoded("dtstamp")


def rename(activity: Activity) -> None:
    activity.name = "Steady and Sure"
    lines = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=lines, by=None, at=timezone.now())


def pause(activity: Activity) -> None:
    actions.pause(
        activity=activity, until=date(2026, 11, 1), reason="A floor", by=None, at=timezone.now()
    )


def resume(activity: Activity) -> None:
    actions.resume(activity=activity, by=None, at=timezone.now())


def retire(activity: Activity) -> None:
    actions.retire(activity=activity, by=None, at=timezone.now())


def publish(activity: Activity) -> None:
    actions.publish(activity=activity, by=None, at=timezone.now())


def check(activity: Activity) -> None:
    actions.check(activity=activity, checker="the leader", by=None, at=timezone.now())


def remove_check(activity: Activity) -> None:
    actions.remove_check(check=activity.checks.get(), by=None, at=timezone.now())


CHANGES: dict[str, list[Callable[[Activity], None]]] = {
    "an edit": [rename],
    "a pause and its end": [pause, resume],
    "a check, and taking it back": [check, remove_check],
    "stopping": [retire],
    "stopping, and running again": [retire, publish],
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_counts_up_what_calendars_read(
    client: Client, traveller: time_machine.Traveller, changes: list[Callable[[Activity], None]]
) -> None:
    activity = make.activity(at=MONDAY)
    seen = [stamps(client, activity)]

    for change in changes:
        traveller.shift(timedelta(hours=1))
        change(Activity.objects.get(pk=activity.pk))
        seen.append(stamps(client, activity))

    assert seen == sorted(set(seen))
    assert seen[-1][1] == timezone.now()


def test_a_log_that_is_emptied_turns_nothing_back(
    client: Client, traveller: time_machine.Traveller
) -> None:
    term = make.term()
    edited, in_term = make.activity(at=MONDAY), make.activity(is_term_time_only=True, at=MONDAY)
    stopped = make.activity(at=MONDAY)
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
    traveller.shift(timedelta(hours=1))
    rename(edited)
    check(edited)
    retire(stopped)
    partners.remove_term(term=term, by=None, at=timezone.now())
    before = [stamps(client, activity) for activity in (edited, in_term, stopped)]

    ModelLogEntry.objects.all().delete()

    assert [stamps(client, activity) for activity in (edited, in_term, stopped)] == before
    assert {moment for _sequence, moment in before} == {LATER}
    assert first_event(client, stopped)["status"] == "CANCELLED"
    traveller.shift(CANCELLED_FOR + timedelta(days=1))
    assert fetched(client, stopped).status_code == 410


def test_an_activity_that_starts_again_is_no_longer_the_one_that_stopped(
    client: Client, traveller: time_machine.Traveller
) -> None:
    activity = make.activity(at=MONDAY)
    retire(activity)
    first = activity.retired_on
    publish(activity)
    between = activity.retired_on
    traveller.shift(CANCELLED_FOR)

    retire(activity)

    activity.refresh_from_db()
    assert (first, between) == (MONDAY.date(), None)
    assert activity.retired_on == (MONDAY + CANCELLED_FOR).date()
    assert fetched(client, activity).status_code == 200


def test_only_what_is_retired_has_the_day_of_it() -> None:
    activity = make.activity()

    with pytest.raises(IntegrityError, match="only_what_is_retired_has_the_day_of_it"):
        Activity.objects.filter(pk=activity.pk).update(retired_on=MONDAY)


def test_saving_what_did_not_change_is_no_change(traveller: time_machine.Traveller) -> None:
    activity = make.activity(at=MONDAY)
    pause(activity)
    check(activity)
    traveller.shift(timedelta(hours=1))

    lines = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=lines, by=None, at=timezone.now())
    pause(activity)
    actions.check(activity=activity, checker="the leader", by=None, at=MONDAY)

    activity.refresh_from_db()
    assert activity.changed_at == MONDAY


def test_an_edit_that_began_before_a_check_does_not_turn_its_time_back(
    client: Client, traveller: time_machine.Traveller
) -> None:
    activity = make.activity(at=MONDAY)
    traveller.shift(timedelta(hours=1))
    check(Activity.objects.get(pk=activity.pk))
    before = stamps(client, activity)

    activity.name = "Steady and Sure"
    lines = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=lines, by=None, at=MONDAY)

    after = stamps(client, activity)
    assert after > before
    assert after[1] == LATER


def test_what_leaves_the_terms_keeps_the_time_of_their_last_change(
    client: Client, traveller: time_machine.Traveller
) -> None:
    term = make.term()
    activity = make.activity(is_term_time_only=True, at=MONDAY)
    traveller.shift(timedelta(hours=1))
    term.ends_on = date(2026, 12, 11)
    partners.save_term(term=term, by=None, at=timezone.now())
    before = stamps(client, activity)

    activity.is_term_time_only = False
    lines = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=lines, by=None, at=MONDAY)

    after = stamps(client, activity)
    assert after > before
    assert after[1] == LATER


def test_a_term_saved_late_does_not_turn_the_time_back(
    client: Client, traveller: time_machine.Traveller
) -> None:
    term = make.term()
    activity = make.activity(is_term_time_only=True, at=MONDAY)
    traveller.shift(timedelta(hours=1))
    term.ends_on = date(2026, 12, 11)
    partners.save_term(term=term, by=None, at=timezone.now())
    before = stamps(client, activity)

    term.ends_on = date(2026, 12, 12)
    partners.save_term(term=term, by=None, at=MONDAY)

    assert stamps(client, activity) == before


def test_a_term_saved_unchanged_is_no_change(client: Client) -> None:
    term = make.term()
    activity = make.activity(is_term_time_only=True, at=MONDAY)
    before = stamps(client, activity)

    partners.save_term(term=term, by=None, at=LATER)

    assert stamps(client, activity) == before


def test_no_history_tells_of_these_times(traveller: time_machine.Traveller) -> None:
    activity = make.activity(at=MONDAY)
    traveller.shift(timedelta(hours=1))
    rename(activity)

    newest = ModelLogEntry.objects.for_instance(activity).latest("pk")

    assert list(newest.data["changes"]) == ["name"]
