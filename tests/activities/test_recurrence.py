"""When it happens: against a slow twin that walks day by day, across both clock changes."""

import calendar as months
import time as clock_of_this_machine
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.activities.models import Activity, Break, Schedule
from hereabouts.activities.recurrence import (
    ALWAYS_ON,
    Calendar,
    Session,
    all_in_words,
    breaks_in_words,
    calendar_of,
    in_words,
    last_day,
    last_day_of,
    next_sessions,
    next_sessions_of,
    time_in_words,
    usual_calendar_of,
    when_mask,
)
from hereabouts.partners.models import Term

LONDON = ZoneInfo("Europe/London")
A_MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEN, NOON, TWO, THREE = time(10), time(12), time(14), time(15)
YEARS = range(2024, 2031)


def line(  # noqa: PLR0913  # a builder: a keyword for all that a test may be about
    frequency: str = "WEEKLY",
    *,
    weekday: int | None = None,
    week: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    start: time | None = None,
    end: time | None = None,
) -> Schedule:
    """A line of a timetable, not saved."""
    return Schedule(
        frequency=frequency,
        weekday=weekday,
        week_of_month=week,
        starts_on=starts_on,
        ends_on=ends_on,
        start_time=start,
        end_time=end,
    )


def local(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


# ── The slow twin ──


def takes_place(schedule: Schedule, day: date) -> bool:
    """Does it take place on `day`? Read off the calendar, one day at a time."""
    starts_on, ends_on = schedule.starts_on, schedule.ends_on
    if schedule.frequency == "ONCE":
        return day == starts_on
    if (starts_on and day < starts_on) or (ends_on and day > ends_on):
        return False
    weekday = schedule.weekday
    if weekday is None:
        weekday = starts_on.weekday() if starts_on else None
    if day.weekday() != weekday:
        return False
    if schedule.frequency == "WEEKLY":
        return True
    begun = starts_on
    while begun and begun.weekday() != weekday:
        begun += timedelta(days=1)
    if schedule.frequency == "FORTNIGHTLY":
        return begun is not None and (day - begun).days % 14 == 0
    week = schedule.week_of_month or (week_of(begun) if begun else None)
    days_in_month = months.monthrange(day.year, day.month)[1]
    return day.day > days_in_month - 7 if week == -1 else week_of(day) == week


def week_of(day: date) -> int:
    """First, second, third, fourth; a fifth is the last."""
    return (None, 1, 2, 3, 4, -1)[-(-day.day // 7)] or 0


def on_the_wall(day: date, clock: time) -> datetime:
    """The first moment when London's clocks show it, or have just left it out."""
    shown = datetime.combine(day, clock)
    summer, winter = (shown - timedelta(hours=hours) for hours in (1, 0))
    for moment in (summer.replace(tzinfo=UTC), winter.replace(tzinfo=UTC)):
        if moment.astimezone(LONDON).replace(tzinfo=None) == shown:
            return moment
    return winter.replace(tzinfo=UTC)


def walked(schedule: Schedule, after: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Beginnings and ends of what is not over, in UTC; without an end it ends as it begins."""
    first = after.astimezone(LONDON).date() - timedelta(days=2)
    for day in (first + timedelta(days=number) for number in range(days)):
        if not schedule.start_time or not takes_place(schedule, day):
            continue
        start = on_the_wall(day, schedule.start_time)
        if not schedule.end_time:
            if start >= after:
                yield start, start
            continue
        end = on_the_wall(day, schedule.end_time)
        if end <= start:
            minutes = [
                clock.hour * 60 + clock.minute for clock in (schedule.start_time, schedule.end_time)
            ]
            end = start + timedelta(minutes=minutes[1] - minutes[0])
        if end > after:
            yield start, end


def in_utc(session: Session) -> tuple[datetime, datetime]:
    return session.starts_at.astimezone(UTC), (session.ends_at or session.starts_at).astimezone(UTC)


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
near_a_change = st.sampled_from(
    [date(year, month, 31) for year in YEARS for month in (3, 10)]
).flatmap(lambda day: st.integers(0, 8).map(lambda back: day - timedelta(days=back)))
moments = st.builds(
    lambda day, clock: datetime.combine(day, clock, tzinfo=UTC), days | near_a_change, clocks
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any line of a timetable that the database would keep, and drafts with gaps."""
    frequency = draw(st.sampled_from(Schedule.Frequency.values))
    starts_on = draw(days | near_a_change | st.none())
    lasting = draw(st.integers(0, 400) | st.none())
    start, end = sorted(draw(st.tuples(clocks, clocks)))
    early = draw(st.booleans())
    if early:
        # Where the clocks change.
        start, end = time(draw(st.integers(0, 1)), 30), time(2, 15)
    return line(
        frequency,
        weekday=draw(st.integers(0, 6) | st.none()),
        week=draw(st.sampled_from([1, 2, 3, 4, -1, None])),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=lasting) if starts_on and lasting is not None else None,
        start=draw(st.sampled_from([start, start, start, None])),
        end=draw(st.sampled_from([end, None])) if end > start else None,
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    """A line, and a moment from a little before it begins to half a year into it."""
    schedule = draw(schedules())
    moment = draw(moments)
    if schedule.starts_on and draw(st.booleans()):
        day = schedule.starts_on + timedelta(days=draw(st.integers(-20, 180)))
        moment = datetime.combine(day, moment.timetz())
    return schedule, moment


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

    each = {in_utc(one) for each in lines for one in next_sessions(each, after=after, count=count)}
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


# ── In words ──


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


# ── Breaks and terms ──

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
