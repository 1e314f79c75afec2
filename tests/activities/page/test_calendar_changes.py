"""What somebody's own calendar is told when an activity changes, pauses or stops."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.page.calendars import CANCELLED_FOR
from hereabouts.partners import actions as partners
from tests import make
from tests.activities.page.calendar_files import MONDAY, address, events, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def test_an_edit_counts_up_and_keeps_the_identifier(client: Client) -> None:
    activity = make.activity()
    before = events(client, activity)[0]
    old_mark = client.get(address(activity))["ETag"]

    activity.name = "Steady and Sure"
    save(activity)

    after = events(client, activity)[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["summary"] == "Steady and Sure"
    assert client.get(address(activity))["ETag"] != old_mark


def test_a_pause_keeps_the_identifier(client: Client) -> None:
    activity = make.activity()
    before = events(client, activity)[0]

    actions.pause(activity=activity, until=date(2026, 11, 1), reason="A floor", by=None, at=MONDAY)

    after = events(client, activity)[0]
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart").date() == date(2026, 11, 5)


def test_whoever_follows_it_is_told_that_nothing_changed(client: Client) -> None:
    activity = make.activity()
    first = client.get(address(activity))

    second = client.get(address(activity), headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="sure-and-steady.ics"' in first["Content-Disposition"]
    assert second.status_code == 304
    assert not second.content


def test_a_change_of_a_term_counts_up_what_is_in_term_time(
    client: Client, traveller: time_machine.Traveller
) -> None:
    term = make.term()
    in_term, always = make.activity(is_term_time_only=True), make.activity()
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
    first, always_first = events(client, in_term)[0], events(client, always)[0]

    traveller.shift(timedelta(minutes=1))
    term.ends_on = date(2026, 12, 11)
    partners.save_term(term=term, by=None, at=timezone.now())
    changed = events(client, in_term)[0]
    traveller.shift(timedelta(minutes=1))
    partners.remove_term(term=term, by=None, at=timezone.now())
    removed, always_last = events(client, in_term)[0], events(client, always)[0]

    assert first["sequence"] < changed["sequence"] < removed["sequence"]
    modified = [event.decoded("last-modified") for event in (first, changed, removed)]
    assert modified == sorted(set(modified))
    assert always_last == always_first


def test_what_no_longer_follows_the_terms_still_counts_up(
    client: Client, traveller: time_machine.Traveller
) -> None:
    term = make.term()
    activity = make.activity(is_term_time_only=True)
    traveller.shift(timedelta(days=1))
    term.ends_on = date(2026, 12, 11)
    partners.save_term(term=term, by=None, at=timezone.now())
    before = events(client, activity)[0]

    activity.is_term_time_only = False
    save(activity)

    assert events(client, activity)[0]["sequence"] > before["sequence"]


def test_what_was_taken_down_is_cancelled_for_some_weeks_and_then_gone(
    client: Client, traveller: time_machine.Traveller
) -> None:
    activity = make.activity(schedules=[make.schedule(), make.schedule(weekday=0)])
    before = events(client, activity)

    actions.retire(activity=activity, by=None, at=MONDAY)
    at_once = events(client, activity)
    last_day = MONDAY + CANCELLED_FOR
    traveller.move_to(last_day.replace(hour=23, minute=59))
    last = events(client, activity)
    traveller.shift(timedelta(minutes=1))
    gone = client.get(address(activity))

    assert [event["uid"] for event in at_once] == [event["uid"] for event in before]
    for was, now in zip(before, at_once, strict=True):
        assert (was["status"], now["status"]) == ("CONFIRMED", "CANCELLED")
        assert now["sequence"] > was["sequence"]
        assert "Sure and Steady has stopped." in now["description"]
    assert {event["status"] for event in last} == {"CANCELLED"}
    assert gone.status_code == 410
    assert "Sure and Steady has stopped." in gone.content.decode()


def test_what_runs_again_is_no_longer_cancelled(client: Client) -> None:
    activity = make.activity()
    actions.retire(activity=activity, by=None, at=MONDAY)
    cancelled = events(client, activity)[0]

    actions.publish(activity=activity, by=None, at=MONDAY)

    again = events(client, activity)[0]
    assert (again["uid"], again["status"]) == (cancelled["uid"], "CONFIRMED")
    assert again["sequence"] > cancelled["sequence"]


def test_what_stopped_before_anybody_noted_when_is_gone(client: Client) -> None:
    activity = make.activity()
    Activity.objects.filter(pk=activity.pk).update(state=Activity.State.RETIRED)

    assert client.get(address(activity)).status_code == 410
