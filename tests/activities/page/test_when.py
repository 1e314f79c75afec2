"""When an activity takes place, as its page says it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from hereabouts.activities import actions
from tests import make
from tests.activities.page.visits import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_exceptions_are_told_and_left_out(client: Client) -> None:
    activity = make.activity(
        breaks=[
            make.days_without(date(2026, 11, 26), reason="the hall is let"),
            make.days_without(date(2026, 12, 24)),
            make.days_without(date(2026, 12, 31)),
        ]
    )

    when = page_of(client, activity).facts["When"]

    assert "Thursday 26 November" not in when
    assert "Thursday 3 December, 1:30 to 2:45 pm" in when
    assert "No session on 26 November (the hall is let)." in when
    assert "No session on 24 and 31 December." in when


def test_term_time_is_said_and_kept_to(client: Client) -> None:
    make.term(ends_on=date(2026, 11, 27))
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))

    when = page_of(client, make.activity(is_term_time_only=True)).facts["When"]

    assert "in school term time" in when
    assert "Thursday 26 November, 1:30 to 2:45 pm Thursday 7 January 2027" in when


def test_terms_that_nobody_told_us_are_not_guessed(client: Client) -> None:
    page = page_of(client, make.activity(is_term_time_only=True))

    assert "Next dates" not in page.text
    assert "Add to my calendar" not in page.text


def test_from_and_until_are_told(client: Client) -> None:
    course = make.schedule(starts_on=date(2027, 1, 7), ends_on=date(2027, 6, 24))

    when = page_of(client, make.activity(schedules=[course])).facts["When"]

    assert "The first time is Thursday 7 January 2027." in when
    assert "The last time is Thursday 24 June 2027." in when


# From a Monday until a Thursday: every Thursday in between, unless something else says so.
MONDAY_TO_THURSDAY: dict[str, Any] = {"starts_on": date(2026, 12, 7), "ends_on": date(2026, 12, 24)}


@pytest.mark.parametrize(
    ("line", "fields", "first", "last"),
    [
        ({}, {}, "10 December 2026", "24 December 2026"),
        (
            {},
            {"breaks": [(date(2026, 12, 10), date(2026, 12, 10)), (date(2026, 12, 20), None)]},
            "17 December 2026",
            "24 December 2026",
        ),
        (
            {},
            {"breaks": [(date(2026, 12, 20), date(2026, 12, 31))]},
            "10 December 2026",
            "17 December 2026",
        ),
        (
            {"starts_on": date(2026, 12, 14), "ends_on": date(2027, 1, 14)},
            {"is_term_time_only": True},
            "17 December 2026",
            "14 January 2027",
        ),
        (
            {"starts_on": date(2026, 12, 14), "ends_on": date(2027, 1, 5)},
            {"is_term_time_only": True},
            "17 December 2026",
            "17 December 2026",
        ),
    ],
)
def test_the_first_and_the_last_time_are_days_on_which_it_takes_place(
    client: Client,
    line: dict[str, Any],
    fields: dict[str, Any],
    first: str,
    last: str,
) -> None:
    make.term()
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
    fields["breaks"] = [make.days_without(*days) for days in fields.get("breaks", [])]
    course = make.schedule(**MONDAY_TO_THURSDAY | line)

    when = page_of(client, make.activity(schedules=[course], **fields)).facts["When"]

    assert f"The first time is Thursday {first}." in when
    assert f"The last time is Thursday {last}." in when


@pytest.mark.parametrize(
    ("until", "sentences"),
    [
        (date(2026, 12, 11), ["The first time is Thursday 17 December 2026."]),
        # Nobody knows when it begins.
        (None, []),
    ],
)
def test_the_first_time_is_after_a_pause(
    client: Client, until: date | None, sentences: list[str]
) -> None:
    activity = make.activity(schedules=[make.schedule(**MONDAY_TO_THURSDAY)])
    actions.pause(activity=activity, until=until, reason="", by=None, at=make.MONDAY)

    when = page_of(client, activity).facts["When"]

    assert re.findall(r"The first time[^.]*\.", when) == sentences
    assert "The last time is Thursday 24 December 2026." in when


def test_what_has_begun_does_not_say_when_it_began(client: Client) -> None:
    begun = make.schedule(starts_on=date(2026, 1, 8))

    assert "The first time" not in page_of(client, make.activity(schedules=[begun])).text


def test_a_pause_is_told_first_and_has_no_dates_inside(client: Client) -> None:
    activity = make.activity()
    actions.pause(
        activity=activity,
        until=date(2027, 1, 5),
        reason="the hall has a new floor",
        by=None,
        at=make.MONDAY,
    )

    page = page_of(client, activity)

    assert "Paused until 5 January 2027: the hall has a new floor." in page.text
    assert page.text.index("Paused until") < page.text.index("When Every Thursday")
    assert "Thursday 7 January 2027" in page.facts["When"]
    assert "November" not in page.facts["When"]
    assert page.event["startDate"] == "2027-01-07T13:30:00+00:00"


def test_a_pause_without_end_says_so_and_promises_nothing(client: Client) -> None:
    activity = make.activity()
    actions.pause(activity=activity, until=None, reason="no leader", by=None, at=make.MONDAY)

    page = page_of(client, activity)

    assert "Paused. Nobody knows yet until when: no leader." in page.text
    assert "Next dates" not in page.text
    assert "Add to my calendar" not in page.text
    assert page.event is None


def test_a_pause_that_is_over_is_not_told(client: Client) -> None:
    activity = make.activity()
    earlier = make.MONDAY - timedelta(days=30)
    actions.pause(
        activity=activity, until=date(2026, 11, 22), reason="a floor", by=None, at=earlier
    )

    assert "Paused" not in page_of(client, activity).text
