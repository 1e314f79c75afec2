"""The calendar file says what the timetable says, in every clock and every term."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Timezone

from hereabouts.activities import actions, recurrence
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.shown import usually_in_words
from hereabouts.partners.queries import terms
from tests import make
from tests.activities.page.calendar_files import LONDON, MONDAY, address, events, expanded

pytestmark = pytest.mark.django_db
FOURTEEN_MONTHS = timedelta(days=427)
Frequency = Schedule.Frequency


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def expected(activity: Activity, *, until: datetime) -> list[tuple[Any, Any]]:
    calendar = recurrence.calendar_of(activity, breaks=activity.breaks.all(), terms=terms())
    sessions = [
        session
        for line in activity.schedules.all()
        for session in recurrence.next_sessions(line, after=MONDAY, count=500, calendar=calendar)
    ]
    return sorted(
        (session.starts_at, session.ends_at) for session in sessions if session.starts_at <= until
    )


TIMETABLES: dict[str, list[dict[str, Any]]] = {
    "weekly": [{}],
    "twice a week": [{}, {"weekday": 0, "start_time": time(10), "end_time": time(11)}],
    "weekly, from and until": [{"starts_on": date(2026, 10, 1), "ends_on": date(2027, 4, 30)}],
    "fortnightly": [{"frequency": Frequency.FORTNIGHTLY, "starts_on": date(2026, 9, 3)}],
    "fortnightly, first date on another day": [
        {"frequency": Frequency.FORTNIGHTLY, "starts_on": date(2026, 9, 5)}
    ],
    "monthly, first date says which week": [
        {"frequency": Frequency.MONTHLY, "starts_on": date(2026, 7, 30)}
    ],
    "once": [{"frequency": Frequency.ONCE, "starts_on": date(2026, 12, 3), "weekday": None}],
    "day from the first date": [{"weekday": None, "starts_on": date(2026, 9, 2)}],
    "already begun today": [{"weekday": 0, "start_time": time(10), "end_time": time(12)}],
}
BREAKS = [
    make.days_without(date(2026, 12, 24), reason="Christmas"),
    make.days_without(date(2026, 12, 31)),
    make.days_without(date(2027, 3, 26), date(2027, 4, 9)),
]


def fresh(lines: list[dict[str, Any]]) -> list[Schedule]:
    return [make.schedule(**line) for line in lines]


def breaks() -> list[Any]:
    return [make.days_without(days.starts_on, days.ends_on, reason=days.reason) for days in BREAKS]


@pytest.mark.parametrize("week", [1, 2, 3, 4, -1])
def test_every_month_is_the_week_that_is_stated(client: Client, week: int) -> None:
    line = make.schedule(frequency=Frequency.MONTHLY)
    line.week_of_month = week
    activity = make.activity(schedules=[line])
    until = MONDAY + FOURTEEN_MONTHS

    shown = expanded(events(client, activity), until=until)

    assert len(shown) == 14
    assert shown == expected(activity, until=until)


@pytest.mark.parametrize("lines", TIMETABLES.values(), ids=TIMETABLES.keys())
@pytest.mark.parametrize("is_interrupted", [False, True], ids=["", "with breaks"])
@pytest.mark.parametrize("is_term_time_only", [False, True], ids=["", "in term time"])
@pytest.mark.parametrize("pause", [None, date(2026, 11, 15), "open"], ids=["", "paused", "open"])
def test_the_file_has_every_session_and_no_other(
    client: Client,
    lines: list[dict[str, Any]],
    is_interrupted: bool,
    is_term_time_only: bool,
    pause: date | str | None,
) -> None:
    make.term()
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
    make.term(name="Summer", starts_on=date(2027, 4, 12), ends_on=date(2027, 7, 20))
    activity = make.activity(
        schedules=fresh(lines),
        breaks=breaks() if is_interrupted else [],
        is_term_time_only=is_term_time_only,
    )
    if pause:
        last = pause if isinstance(pause, date) else None
        actions.pause(activity=activity, until=last, reason="A floor", by=None, at=MONDAY)
    until = MONDAY + FOURTEEN_MONTHS

    shown = expanded(events(client, activity), until=until)

    assert shown == expected(activity, until=until)
    assert bool(shown) is (pause != "open")


@pytest.mark.parametrize(
    "others",
    [
        [(date(2026, 9, 3), date(2026, 12, 16))],
        [(date(2026, 12, 18), date(2027, 1, 29)), (date(2027, 1, 20), date(2027, 3, 25))],
    ],
    ids=["one in another", "a chain"],
)
def test_terms_that_overlap_give_each_session_once(
    client: Client, others: list[tuple[date, date]]
) -> None:
    make.term()
    make.term(name="Summer", starts_on=date(2027, 4, 12), ends_on=date(2027, 7, 20))
    activity = make.activity(is_term_time_only=True)
    uids = {str(event["uid"]) for event in events(client, activity)}
    for first, last in others:
        make.term(name="Of another county", starts_on=first, ends_on=last)
    until = MONDAY + FOURTEEN_MONTHS

    in_the_file = events(client, activity)

    assert {str(event["uid"]) for event in in_the_file} == uids
    assert expanded(in_the_file, until=until) == expected(activity, until=until)


def test_the_same_line_twice_gives_each_session_once(client: Client) -> None:
    activity = make.activity(schedules=[make.schedule(), make.schedule(), make.schedule(weekday=0)])

    in_the_file = events(client, activity)

    assert sorted(event["rrule"]["byday"][0] for event in in_the_file) == ["MO", "TH"]
    assert usually_in_words(activity).count("Thursday") == 1


def test_a_class_stays_at_its_hour_when_the_clocks_change(client: Client) -> None:
    activity = make.activity()

    shown = expanded(events(client, activity), until=MONDAY + FOURTEEN_MONTHS)

    assert {start.time() for start, _end in shown} == {time(13, 30)}
    assert {start.utcoffset() for start, _end in shown} == {timedelta(0), timedelta(hours=1)}


@pytest.mark.parametrize(
    "left_out", [None, date(2027, 3, 28), date(2027, 4, 4)], ids=["", "on the day", "after it"]
)
def test_a_class_in_the_hour_left_out_in_spring_is_back_at_its_hour_the_week_after(
    client: Client, left_out: date | None
) -> None:
    at_night = make.schedule(weekday=6, start_time=time(1, 30), end_time=time(3))
    breaks = [make.days_without(left_out)] if left_out else []
    activity = make.activity(schedules=[at_night], breaks=breaks)
    before = events(client, activity)

    with time_machine.travel(datetime(2027, 3, 27, 9, tzinfo=UTC), tick=False):
        after = events(client, activity)

    day_of_change = datetime(2027, 3, 28, tzinfo=LONDON)
    until = datetime(2027, 6, 30, tzinfo=UTC)
    of_both = [
        [span for span in expanded(in_the_file, until=until) if span[0] > day_of_change]
        for in_the_file in (before, after)
    ]
    assert of_both[0] == of_both[1]
    assert {start.time() for start, _end in of_both[1]} == {time(1, 30)}
    assert len(of_both[1]) == (13 if left_out else 14)


def test_the_file_knows_the_clocks_of_great_britain(client: Client) -> None:
    text = client.get(address(make.activity())).content.decode()

    assert "DTSTART;TZID=Europe/London:20260924T133000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    written = next(iter(Calendar.from_ical(text).walk("VTIMEZONE")))
    assert isinstance(written, Timezone)
    zone = written.to_tz()
    for moment in (MONDAY + timedelta(days=7 * week) for week in range(60)):
        assert moment.astimezone(zone).utcoffset() == moment.astimezone(LONDON).utcoffset()


def test_an_event_says_what_a_person_asks(client: Client) -> None:
    make.partnership()
    activity = make.activity(
        summary="Strength and balance, sitting or standing",
        cost_pence=300,
        is_first_free=True,
        provider=make.organisation(),
    )

    event = events(client, activity)[0]

    assert event["summary"] == "Sure and Steady"
    assert event["location"] == "Millbeck Hall, Shirebrook, NG20 8PA"
    assert event["geo"].to_ical() == "53.2;-1.2324"
    assert event["url"].endswith(f"/activities/{activity.public_id}/sure-and-steady/")
    assert event["status"] == "CONFIRMED"
    for words in ("£3. Your first time is free.", "Every Thursday", "0115 496 0165", "Not checked"):
        assert words in event["description"]


def test_lines_are_folded_and_end_as_the_standard_says(client: Client) -> None:
    activity = make.activity(summary="Łagodne ćwiczenia; siedząc, stojąc " * 6)

    content = client.get(address(activity)).content

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_park_has_a_file_without_events(client: Client) -> None:
    assert events(client, make.open_space()) == []


def test_what_has_ended_has_no_events(client: Client) -> None:
    over = make.activity(schedules=[make.schedule(ends_on=date(2026, 6, 30))])

    assert events(client, over) == []


def test_a_break_without_end_does_not_make_an_endless_file(client: Client) -> None:
    closed = make.days_without(date(2027, 1, 1), date(9999, 12, 31))
    activity = make.activity(breaks=[closed])

    content = client.get(address(activity)).content

    assert len(content) < 20_000
    assert len(expanded(events(client, activity), until=datetime(2031, 1, 1, tzinfo=UTC))) == 15


def test_a_draft_has_no_file(client: Client) -> None:
    assert client.get(address(make.draft())).status_code == 404
