"""When it happens: against a slow twin that walks day by day, across both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.activities.models import Schedule
from hereabouts.activities.recurrence import (
    Session,
    in_words,
    last_day,
    next_sessions,
    next_sessions_of,
    when_mask,
)
from tests.activities.recurrence.walks import (
    LONDON,
    NOON,
    TEN,
    THREE,
    TWO,
    YEARS,
    in_utc,
    line,
    local,
    questions,
    schedules,
    takes_place,
    walked,
)

A_MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
near_a_change = st.sampled_from(
    [date(year, month, 31) for year in YEARS for month in (3, 10)]
).flatmap(lambda day: st.integers(0, 8).map(lambda back: day - timedelta(days=back)))
moments = st.builds(
    lambda day, clock: datetime.combine(day, clock, tzinfo=UTC), days | near_a_change, clocks
)


@settings(deadline=None, max_examples=400)
@given(question=questions())
def test_next_sessions_equal_a_walk_day_by_day(question: tuple[Schedule, datetime]) -> None:
    schedule, after = question

    found = next_sessions(schedule, after=after, count=100)

    walk = list(walked(schedule, after, days=250))
    as_far = [session for session in map(in_utc, found) if session[0] < after + timedelta(days=245)]
    assert as_far == [session for session in walk if session[0] < after + timedelta(days=245)]


@settings(deadline=None, max_examples=200)
@given(schedule=schedules(), after=moments, count=st.integers(-1, 12))
def test_sessions_are_in_order_unique_and_within_bounds(
    schedule: Schedule, after: datetime, count: int
) -> None:
    sessions = next_sessions(schedule, after=after, count=count)

    beginnings = [session.starts_at.astimezone(UTC) for session in sessions]
    assert len(sessions) <= max(count, 0)
    assert beginnings == sorted(set(beginnings))
    for session in sessions:
        start, end = in_utc(session)
        assert session.starts_at.tzinfo == LONDON
        assert end >= start
        assert end > after or start == end == after or session.ends_at is None
        assert schedule.starts_on is None or session.starts_at.date() >= schedule.starts_on
        last = last_day(schedule)
        assert last is None or session.starts_at.date() <= last


@settings(deadline=None, max_examples=200)
@given(schedule=schedules())
def test_the_last_day_is_the_last_of_a_walk(schedule: Schedule) -> None:
    last = last_day(schedule)

    if schedule.frequency == "ONCE":
        assert last == schedule.starts_on
    elif schedule.ends_on is None or schedule.starts_on is None:
        assert last is None
    else:
        length = (schedule.ends_on - schedule.starts_on).days
        walk = [schedule.ends_on - timedelta(days=number) for number in range(length + 1)]
        assert last == next((day for day in walk if takes_place(schedule, day)), schedule.ends_on)


@given(lines=st.lists(schedules(), max_size=4), after=moments, count=st.integers(0, 8))
@settings(deadline=None)
def test_sessions_of_several_lines_come_in_order_and_once(
    lines: list[Schedule], after: datetime, count: int
) -> None:
    sessions = next_sessions_of([*lines, *lines], after=after, count=count)

    each = {
        in_utc(session)
        for each in lines
        for session in next_sessions(each, after=after, count=count)
    }
    assert len(sessions) == len(set(sessions))
    assert list(dict.fromkeys(map(in_utc, sessions))) == sorted(each)[:count]


# ── The clocks ──


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
def test_the_clock_on_the_wall_stays_the_same_when_the_clocks_change(year: int, month: int) -> None:
    change = max(day for day in range(25, 32) if date(year, month, day).weekday() == 6)
    sundays = line(weekday=6, start=TEN, end=NOON)
    week_before = local(year, month, change, 0) - timedelta(days=7)

    sessions = next_sessions(sundays, after=week_before, count=3)

    assert [session.starts_at.time() for session in sessions] == [TEN] * 3
    assert [session.ends_at.time() for session in sessions if session.ends_at] == [NOON] * 3
    first, second, _ = (session.starts_at.astimezone(UTC) for session in sessions)
    assert second - first == timedelta(days=7, hours=-1 if month == 3 else 1)


def test_a_time_that_the_clocks_leave_out_is_moved_on() -> None:
    sundays = line(weekday=6, start=time(1, 30), end=time(2, 15))

    (session,) = next_sessions(sundays, after=local(2026, 3, 29), count=1)

    assert session.starts_at.isoformat() == "2026-03-29T02:30:00+01:00"
    assert session.ends_at is not None
    assert session.ends_at.isoformat() == "2026-03-29T03:15:00+01:00"


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    sundays = line(weekday=6, start=time(1, 30))

    (session,) = next_sessions(sundays, after=local(2026, 10, 25), count=1)

    assert session.starts_at.isoformat() == "2026-10-25T01:30:00+01:00"


# ── Known answers ──


def test_a_session_that_is_still_running_counts() -> None:
    mondays = line(weekday=0, start=time(9), end=TEN)

    (session,) = next_sessions(mondays, after=A_MONDAY_MORNING, count=1)

    assert session == Session(starts_at=local(2026, 11, 23, 9), ends_at=local(2026, 11, 23, 10))


def test_a_session_without_an_end_is_over_once_it_has_begun() -> None:
    mondays = line(weekday=0, start=time(9))

    (session,) = next_sessions(mondays, after=A_MONDAY_MORNING, count=1)

    assert session == Session(starts_at=local(2026, 11, 30, 9), ends_at=None)


def test_first_and_last_dates_count() -> None:
    mondays = line(weekday=0, start=TEN, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 14))

    sessions = next_sessions(mondays, after=A_MONDAY_MORNING, count=9)

    assert [session.starts_at.day for session in sessions] == [30, 7, 14]


def test_every_two_weeks_counts_from_the_first_such_day() -> None:
    # The first date is a Wednesday; the first Monday after it is 5 January 2026.
    mondays = line("FORTNIGHTLY", weekday=0, start=TEN, starts_on=date(2025, 12, 31))

    sessions = next_sessions(mondays, after=local(2025, 12, 1), count=3)

    assert [session.starts_at.date() for session in sessions] == [
        date(2026, 1, 5),
        date(2026, 1, 19),
        date(2026, 2, 2),
    ]


def test_a_month_without_a_fifth_friday_has_a_last_one() -> None:
    # 30 January 2026 is a fifth Friday.
    fridays = line("MONTHLY", start=TEN, starts_on=date(2026, 1, 30))

    sessions = next_sessions(fridays, after=local(2026, 1, 1), count=3)

    assert [session.starts_at.day for session in sessions] == [30, 27, 27]


@pytest.mark.parametrize(
    "draft",
    [
        line(start=TEN),
        line(weekday=3),
        line("FORTNIGHTLY", weekday=3, start=TEN),
        line("MONTHLY", weekday=3, start=TEN),
        line("MONTHLY", week=2, start=TEN),
        line("ONCE", start=TEN),
        line("", weekday=3, start=TEN),
        line("FORTNIGHTLY", weekday=3, start=TEN, starts_on=date.max),
        line(weekday=9, start=TEN),
    ],
)
def test_where_a_line_does_not_say_enough_there_are_no_sessions(draft: Schedule) -> None:
    assert next_sessions(draft, after=A_MONDAY_MORNING, count=3) == []
    assert last_day(draft) is None
    assert in_words(draft)


@pytest.mark.parametrize("frequency", Schedule.Frequency.values)
@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(9999, 12, 30), date.max])
def test_the_ends_of_the_calendar_are_survived(frequency: str, day: date) -> None:
    schedule = line(frequency, weekday=4, week=-1, start=TEN, starts_on=day, ends_on=day)
    without_end = line(frequency, weekday=6, week=-1, start=TEN, starts_on=day)

    next_sessions(schedule, after=A_MONDAY_MORNING, count=3)
    next_sessions(without_end, after=A_MONDAY_MORNING, count=3)

    assert last_day(schedule) == day
    assert in_words(schedule)


@pytest.mark.parametrize(
    ("start", "part"), [(time(11, 59), 0), (NOON, 1), (time(16, 59), 1), (time(17), 2)]
)
def test_a_session_is_in_the_part_of_the_day_in_which_it_starts(start: time, part: int) -> None:
    assert when_mask([line(weekday=6, start=start)], on=date(2026, 11, 23)) == 1 << (3 * 6 + part)


def test_when_holds_all_lines_that_are_not_over_and_say_enough() -> None:
    today = date(2026, 11, 23)
    lines = [
        line(weekday=0, start=TEN),
        line(weekday=0, start=TWO),
        line("ONCE", starts_on=date(2026, 12, 5), start=TEN),
        # The day of the date counts, whatever was stated beside it.
        line("ONCE", starts_on=date(2026, 12, 4), start=THREE, weekday=3),
        line("ONCE", starts_on=date(2026, 11, 22), start=TEN),
        line(weekday=2, start=TEN, ends_on=date(2026, 11, 20)),
        line(weekday=4),
        line(start=TEN),
    ]

    friday_afternoon, saturday_morning = 1 << 13, 1 << 15
    assert when_mask(lines, on=today) == 0b11 | friday_afternoon | saturday_morning
    assert when_mask([], on=today) == 0
