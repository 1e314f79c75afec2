"""When something takes place, by walking day by day: the slow twin of `recurrence`."""

import calendar as months
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from hereabouts.activities.models import Schedule
from hereabouts.activities.recurrence import Session

LONDON = ZoneInfo("Europe/London")
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
