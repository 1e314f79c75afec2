"""When it happens, as residents read it."""

from datetime import date, time

import pytest
from django.utils import translation
from hypothesis import given

from hereabouts.activities.models import Break, Schedule
from hereabouts.activities.recurrence import all_in_words, breaks_in_words, in_words, time_in_words
from tests.activities.recurrence.walks import NOON, TEN, THREE, TWO, line, schedules


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (
            line(weekday=3, start=time(13, 30), end=time(14, 45)),
            "Every Thursday, 1:30 to 2:45 pm",
        ),
        (line("FORTNIGHTLY", weekday=0, start=TEN), "Every two weeks on Monday, 10 am"),
        (
            line("MONTHLY", weekday=1, week=1, start=TWO, end=THREE),
            "The first Tuesday of the month, 2 to 3 pm",
        ),
        (
            line("MONTHLY", start=TEN, starts_on=date(2026, 1, 30)),
            "The last Friday of the month, 10 am",
        ),
        (
            line("ONCE", starts_on=date(2026, 12, 5), start=TEN, end=NOON),
            "Saturday 5 December 2026, 10 am to noon",
        ),
        (line(weekday=3), "Every Thursday; time not stated"),
        (
            line(weekday=3, start=TEN, ends_on=date(2026, 12, 17)),
            "Every Thursday, 10 am, until 17 December 2026",
        ),
        (line(start=TEN), "Every week, day not stated, 10 am"),
        (line("FORTNIGHTLY"), "Every two weeks, day not stated; time not stated"),
        (line("MONTHLY", weekday=2, start=TEN), "Once a month on Wednesday, 10 am"),
        (line("MONTHLY", start=TEN), "Once a month, day not stated, 10 am"),
        (line("ONCE", start=TEN), "Once, date not stated, 10 am"),
    ],
)
def test_a_line_in_words(schedule: Schedule, words: str) -> None:
    assert in_words(schedule) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (time(13, 30), time(14, 45), "1:30 to 2:45 pm"),
        (time(11), NOON, "11 am to noon"),
        (time(11, 30), time(13), "11:30 am to 1 pm"),
        (NOON, time(13, 5), "noon to 1:05 pm"),
        (time(12, 15), time(13), "12:15 to 1 pm"),
        (time(9), time(9, 45), "9 to 9:45 am"),
        (time(0), time(2), "midnight to 2 am"),
        (time(0, 30), None, "12:30 am"),
        (NOON, None, "noon"),
        (time(19), time(18), "7 pm"),
        (None, TEN, "time not stated"),
    ],
)
def test_a_time_in_words(start: time | None, end: time | None, words: str) -> None:
    assert time_in_words(start, end) == words


def test_other_languages_write_times_their_own_way() -> None:
    with translation.override("pl"):
        words = time_in_words(time(13, 30), None)

    assert words == "13:30"


@given(schedules())
def test_there_are_always_words(schedule: Schedule) -> None:
    assert in_words(schedule).strip()


CHRISTMAS_EVE, NEW_YEARS_EVE = date(2026, 12, 24), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        ([], []),
        ([(CHRISTMAS_EVE, CHRISTMAS_EVE, "")], ["No session on 24 December"]),
        (
            [(NEW_YEARS_EVE, NEW_YEARS_EVE, ""), (CHRISTMAS_EVE, CHRISTMAS_EVE, "")],
            ["No session on 24 and 31 December"],
        ),
        (
            [
                (date(2026, 12, 17), date(2026, 12, 17), ""),
                (CHRISTMAS_EVE, CHRISTMAS_EVE, ""),
                (date(2027, 1, 7), date(2027, 1, 7), ""),
            ],
            ["No session on 17 and 24 December and 7 January"],
        ),
        (
            [(date(2026, 12, 21), date(2027, 1, 2), "Christmas")],
            ["No session from 21 December to 2 January (Christmas)"],
        ),
        (
            [(date(2026, 12, 21), date(2026, 12, 28), "")],
            ["No session from 21 to 28 December"],
        ),
        (
            [
                (CHRISTMAS_EVE, CHRISTMAS_EVE, ""),
                (date(2026, 12, 3), date(2026, 12, 3), "The hall is let"),
            ],
            ["No session on 3 December (The hall is let)", "No session on 24 December"],
        ),
        ([(date(2028, 2, 3), date(2028, 2, 3), "")], ["No session on 3 February 2028"]),
        # Over by then.
        ([(date(2026, 11, 1), date(2026, 11, 22), "")], []),
    ],
)
def test_breaks_in_words(breaks: list[tuple[date, date, str]], words: list[str]) -> None:
    given_breaks = [
        Break(starts_on=first, ends_on=last, reason=reason) for first, last, reason in breaks
    ]

    assert breaks_in_words(given_breaks, on=date(2026, 11, 23)) == words


def test_term_time_in_words() -> None:
    thursdays = line(weekday=3, start=TEN)

    words = all_in_words([thursdays], is_term_time_only=True)

    assert words == "Every Thursday, 10 am, in school term time"
    assert all_in_words([], is_term_time_only=True) == ""
