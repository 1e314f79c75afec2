"""When it happens between breaks, in term time and after a pause."""

import time as clock_of_this_machine
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.activities.models import Activity, Break, Schedule
from hereabouts.activities.recurrence import (
    ALWAYS_ON,
    Calendar,
    calendar_of,
    last_day,
    last_day_of,
    next_sessions,
    usual_calendar_of,
)
from hereabouts.partners.models import Term
from tests.activities.recurrence.walks import (
    LONDON,
    TEN,
    in_utc,
    line,
    local,
    questions,
    schedules,
    takes_place,
    walked,
)

AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 3, 25))
CHRISTMAS_EVE, NEW_YEARS_EVE = date(2026, 12, 24), date(2026, 12, 31)


def counts(calendar: Calendar, day: date) -> bool:
    """Read off the lists, one day at a time."""
    in_break = [first for first, last in calendar.breaks if first <= day <= last]
    in_term = [first for first, last in calendar.terms or () if first <= day <= last]
    return not in_break and (calendar.terms is None or bool(in_term))


@st.composite
def calendars(draw: st.DrawFn, near: date) -> Calendar:
    """Breaks and terms, overlapping or not, from a year before to a year after a day."""
    spans = st.builds(
        lambda start, length: (
            near + timedelta(days=start),
            near + timedelta(days=start + length),
        ),
        st.integers(-365, 365),
        st.sampled_from([0, 0, 6, 13, 80, 200]),
    )
    some = st.lists(spans, max_size=5).map(tuple)
    return Calendar(breaks=draw(some), terms=draw(st.none() | some))


@settings(deadline=None, max_examples=300)
@given(question=questions(), data=st.data())
def test_with_breaks_and_terms_next_sessions_equal_a_walk(
    question: tuple[Schedule, datetime], data: st.DataObject
) -> None:
    schedule, after = question
    calendar = data.draw(calendars(near=after.date()))

    found = next_sessions(schedule, after=after, count=100, calendar=calendar)

    horizon = after + timedelta(days=245)
    walk = [
        (start, end)
        for start, end in walked(schedule, after, days=250)
        if counts(calendar, start.astimezone(LONDON).date()) and start < horizon
    ]
    assert [session for session in map(in_utc, found) if session[0] < horizon] == walk


@settings(deadline=None, max_examples=300)
@given(schedule=schedules(), data=st.data())
def test_with_breaks_and_terms_the_last_day_is_the_last_of_a_walk(
    schedule: Schedule, data: st.DataObject
) -> None:
    calendar = data.draw(calendars(near=schedule.ends_on or date(2026, 1, 1)))

    last = last_day(schedule, calendar=calendar)

    if schedule.frequency == "ONCE" or not (schedule.ends_on and schedule.starts_on):
        assert last == last_day(schedule)
        return
    known_until = max((term[1] for term in calendar.terms or ()), default=date.min)
    length = (schedule.ends_on - schedule.starts_on).days
    walk = [schedule.ends_on - timedelta(days=number) for number in range(length + 1)]
    possible = (
        day
        for day in walk
        if takes_place(schedule, day)
        and counts(Calendar(breaks=calendar.breaks), day)
        and (counts(calendar, day) or day > known_until)
    )
    assert last == next(possible, schedule.ends_on)


def test_a_break_is_left_out_and_its_ends_count() -> None:
    thursdays = line(weekday=3, start=TEN)
    calendar = Calendar(breaks=((CHRISTMAS_EVE, NEW_YEARS_EVE),))

    sessions = next_sessions(thursdays, after=local(2026, 12, 15), count=2, calendar=calendar)

    assert [session.starts_at.date() for session in sessions] == [
        date(2026, 12, 17),
        date(2027, 1, 7),
    ]


def test_every_two_weeks_keeps_its_weeks_over_a_break() -> None:
    thursdays = line("FORTNIGHTLY", start=TEN, starts_on=date(2026, 12, 10))
    calendar = Calendar(breaks=((date(2026, 12, 20), date(2026, 12, 27)),))

    sessions = next_sessions(thursdays, after=local(2026, 12, 1), count=2, calendar=calendar)

    assert [session.starts_at.date() for session in sessions] == [
        date(2026, 12, 10),
        date(2027, 1, 7),
    ]


def test_in_term_time_only_there_are_no_sessions_in_the_holidays() -> None:
    thursdays = line(weekday=3, start=TEN)
    calendar = Calendar(terms=(SPRING, AUTUMN))

    sessions = next_sessions(thursdays, after=local(2026, 12, 15), count=2, calendar=calendar)

    assert [session.starts_at.date() for session in sessions] == [
        date(2026, 12, 17),
        date(2027, 1, 7),
    ]


@pytest.mark.parametrize("terms", [(), (AUTUMN,)])
def test_past_the_last_known_term_nothing_is_guessed(terms: tuple[tuple[date, date], ...]) -> None:
    thursdays = line(weekday=3, start=TEN)
    began = clock_of_this_machine.monotonic()

    sessions = next_sessions(
        thursdays, after=local(2027, 1, 1), count=3, calendar=Calendar(terms=terms)
    )

    assert sessions == []
    # To walk every week to the year 9998 takes seconds.
    assert clock_of_this_machine.monotonic() - began < 0.5


def test_a_day_after_the_last_known_term_may_still_be_the_last() -> None:
    thursdays = line(weekday=3, start=TEN, ends_on=date(2027, 5, 31))

    assert last_day(thursdays, calendar=Calendar(terms=(AUTUMN,))) == date(2027, 5, 27)
    assert last_day(thursdays, calendar=Calendar(terms=(AUTUMN, (date(2027, 6, 1),) * 2))) == date(
        2026, 12, 17
    )


def test_a_break_without_end_is_survived() -> None:
    thursdays = line(weekday=3, start=TEN, ends_on=date(2027, 5, 31))
    calendar = Calendar(breaks=((date(2026, 12, 1), date.max),))

    assert next_sessions(thursdays, after=local(2026, 12, 1), count=3, calendar=calendar) == []
    assert last_day(thursdays, calendar=calendar) == date(2026, 11, 26)
    assert last_day(thursdays, calendar=Calendar(breaks=((date.min, date.max),))) == date(
        2027, 5, 31
    )


def test_the_last_day_of_several_lines_is_known_when_each_of_theirs_is() -> None:
    ends, goes_on = line(weekday=3, start=TEN, ends_on=date(2027, 5, 31)), line(weekday=0)

    assert last_day_of([ends]) == date(2027, 5, 27)
    assert last_day_of([ends, goes_on]) is None
    assert last_day_of([]) is None


def test_a_calendar_of_an_activity_has_its_breaks_its_pause_and_the_terms() -> None:
    activity = Activity(
        is_term_time_only=True, paused_on=date(2026, 10, 1), paused_until=date(2026, 10, 8)
    )
    breaks = [Break(starts_on=CHRISTMAS_EVE, ends_on=CHRISTMAS_EVE)]
    terms = [Term(starts_on=AUTUMN[0], ends_on=AUTUMN[1])]

    usual = usual_calendar_of(activity, breaks=breaks, terms=terms)
    calendar = calendar_of(activity, breaks=breaks, terms=terms)

    assert usual == Calendar(breaks=((CHRISTMAS_EVE, CHRISTMAS_EVE),), terms=(AUTUMN,))
    assert usual.runs_on(date(2026, 10, 8))
    assert not calendar.runs_on(date(2026, 10, 8))
    assert calendar.runs_on(date(2026, 10, 9))


def test_terms_do_not_matter_to_what_runs_all_the_year() -> None:
    terms = [Term(starts_on=AUTUMN[0], ends_on=AUTUMN[1])]

    assert calendar_of(Activity(), breaks=[], terms=terms) == ALWAYS_ON


def test_a_pause_without_an_end_has_no_sessions_after_it() -> None:
    activity = Activity(paused_on=date(2026, 10, 1))

    calendar = calendar_of(activity, breaks=[], terms=[])

    assert next_sessions(line(weekday=3, start=TEN), after=local(2026, 10, 1), count=1) != []
    assert calendar.next_running_day(date(2026, 10, 1)) is None
