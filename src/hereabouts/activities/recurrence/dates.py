"""The sessions of schedules, their last day, their days of the week and parts of the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Literal, Protocol, TypeVar
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday

from hereabouts.activities.models.schedule import Schedule
from hereabouts.activities.recurrence.calendars import ALWAYS_ON, Calendar, day_before

Frequency, Weekday, WeekOfMonth = Schedule.Frequency, Schedule.Weekday, Schedule.WeekOfMonth

MIDNIGHT = time(0)
FORTNIGHT_DAYS = 14
# From the last Friday of one month to that of the next are at most five weeks.
LONGEST_GAP_DAYS = 35
# The last day computed: rrule fails in the last year that a date can have.
LAST_FOLLOWED = date(9998, 12, 31)
# When afternoon and evening begin; see `vocabularies.PartOfDay`.
PARTS_BEGIN = (time(12), time(17))
PARTS = len(PARTS_BEGIN) + 1


class ScheduleLike(Protocol):
    """The fields of one schedule, in the local time of its zone; see `models.Schedule`."""

    @property
    def frequency(self) -> str: ...
    @property
    def weekday(self) -> int | None: ...
    @property
    def week_of_month(self) -> int | None: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def start_time(self) -> time | None: ...
    @property
    def end_time(self) -> time | None: ...
    @property
    def zone(self) -> str: ...


AnySchedule = TypeVar("AnySchedule", bound=ScheduleLike)
# Every field that says when: two schedules with equal ones have the same sessions.
SCHEDULE_FIELDS = (
    *("frequency", "weekday", "week_of_month", "starts_on", "ends_on"),
    *("start_time", "end_time", "zone"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One session, aware in its zone; `ends_at` is None when no end is stated."""

    starts_at: datetime
    ends_at: datetime | None


def next_sessions(
    schedule: ScheduleLike, *, after: datetime, count: int, calendar: Calendar = ALWAYS_ON
) -> list[Session]:
    """The first `count` sessions not yet over at `after`, earliest first; fewer when it ends.

    A session is over when its end has come; without a stated end, once it has begun. Empty when
    the time, the day of the week, or for every two weeks the first date, is not known.
    """
    start_time = schedule.start_time
    if start_time is None:
        return []
    today = after.astimezone(ZoneInfo(schedule.zone)).date()
    sessions = (
        _session(day, start_time, schedule)
        for day in _days_that_count(schedule, since=today, calendar=calendar)
    )
    to_come = (session for session in sessions if not _is_over(session, at=after))
    return list(islice(to_come, max(count, 0)))


def next_sessions_of(
    schedules: Iterable[ScheduleLike],
    *,
    after: datetime,
    count: int,
    calendar: Calendar = ALWAYS_ON,
) -> list[Session]:
    """The first `count` sessions of all `schedules` together; the same session only once."""
    sessions = {
        session
        for schedule in schedules
        for session in next_sessions(schedule, after=after, count=count, calendar=calendar)
    }
    return sorted(sessions, key=_in_order)[: max(count, 0)]


def each_once(schedules: Iterable[AnySchedule]) -> list[AnySchedule]:
    """The schedules without those that equal an earlier one in `SCHEDULE_FIELDS`."""
    by_fields: dict[tuple[object, ...], AnySchedule] = {}
    for schedule in schedules:
        by_fields.setdefault(tuple(getattr(schedule, name) for name in SCHEDULE_FIELDS), schedule)
    return list(by_fields.values())


def last_day(schedule: ScheduleLike, *, calendar: Calendar = ALWAYS_ON) -> date | None:
    """The last day with a session; None when the schedule has no end.

    Where its days are not known, the last date stated. Days after the last known term count, as
    they may turn out to be in the next one.
    """
    if schedule.frequency == Frequency.ONCE:
        return schedule.starts_on
    if schedule.ends_on is None:
        return None
    last = calendar.last_day_that_could_run(schedule.ends_on)
    while last is not None:
        recently = date.fromordinal(max(1, last.toordinal() - LONGEST_GAP_DAYS))
        stated = _stated_between(schedule, recently, last)
        if not stated:
            # None in five weeks: the schedule has no days, or had not begun.
            break
        counting = [day for day in stated if calendar.could_run_on(day)]
        if counting:
            return counting[-1]
        before = day_before(stated[0])
        last = calendar.last_day_that_could_run(before) if before else None
    return schedule.ends_on


def last_day_of(
    schedules: Iterable[ScheduleLike], *, calendar: Calendar = ALWAYS_ON
) -> date | None:
    """The last day of all `schedules` together; None when there are none, or one goes on."""
    days = [last_day(schedule, calendar=calendar) for schedule in schedules]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def when_mask(schedules: Iterable[ScheduleLike], *, on: date) -> int:
    """A bit for each part of each day of the week with a session: bit 3 × weekday + part.

    Tuesday afternoon is bit 4. Schedules that are over by the day `on` are left out, and those
    whose day or time is not known.
    """
    mask = 0
    for schedule in schedules:
        weekday, last = weekday_of(schedule), last_day(schedule)
        is_over = last is not None and last < on
        if weekday is not None and schedule.start_time is not None and not is_over:
            part = sum(begin <= schedule.start_time for begin in PARTS_BEGIN)
            mask |= 1 << (PARTS * weekday + part)
    return mask


def _stated_between(schedule: ScheduleLike, first: date, last: date) -> list[date]:
    """The days that the schedule states from `first` to `last`, both counted."""
    return list(takewhile(lambda day: day <= last, _days(schedule, since=first)))


def _days_that_count(schedule: ScheduleLike, *, since: date, calendar: Calendar) -> Iterator[date]:
    """The days with a session from `since` on, earliest first."""
    begin = calendar.next_running_day(since)
    while begin is not None:
        for day in _days(schedule, since=begin):
            if not calendar.runs_on(day):
                # Jump over the break or holiday: stepping on would not end after the last term.
                begin = calendar.next_running_day(day)
                break
            yield day
        else:
            return


def _days(schedule: ScheduleLike, *, since: date) -> Iterator[date]:
    """The days that the schedule states from `since` on, earliest first."""
    if schedule.frequency == Frequency.ONCE:
        dates: Iterable[date] = [schedule.starts_on] if schedule.starts_on else []
    else:
        dates = _rule(schedule, since=since)
    return (day for day in dates if day >= since)


def _rule(schedule: ScheduleLike, *, since: date) -> Iterable[date]:
    """The days of a recurring schedule; the first may lie up to two weeks before `since`."""
    weekday = weekday_of(schedule)
    if weekday is None:
        return ()
    starts_on, ends_on = schedule.starts_on, schedule.ends_on
    first = max(since, starts_on or since)
    if schedule.frequency == Frequency.WEEKLY:
        return _repeat(WEEKLY, nth_weekday(weekday), first=first, last=ends_on)
    if schedule.frequency == Frequency.FORTNIGHTLY:
        begun = _first(weekday, starts_on)
        if begun is None:
            return ()
        turns = max(0, (since - begun).days // FORTNIGHT_DAYS)
        first = begun + timedelta(days=turns * FORTNIGHT_DAYS)
        return _repeat(WEEKLY, nth_weekday(weekday), first=first, last=ends_on, interval=2)
    week = week_of_month_of(schedule, weekday)
    if week is None:
        return ()
    return _repeat(MONTHLY, nth_weekday(weekday, week), first=first, last=ends_on)


def _repeat(
    frequency: Literal[0, 1, 2, 3, 4, 5, 6],
    weekday: nth_weekday,
    *,
    first: date,
    last: date | None,
    interval: int = 1,
) -> Iterator[date]:
    """Every such day from `first` to `last`, both counted; without an end when `last` is None."""
    if first > LAST_FOLLOWED:
        return iter(())
    rule = rrule(
        frequency,
        byweekday=weekday,
        dtstart=datetime.combine(first, MIDNIGHT),
        until=datetime.combine(min(last or LAST_FOLLOWED, LAST_FOLLOWED), MIDNIGHT),
        interval=interval,
    )
    return (moment.date() for moment in rule)


def _first(weekday: int, starts_on: date | None) -> date | None:
    """The first day on or after `starts_on` with this day of the week; None without a date."""
    if starts_on is None:
        return None
    return next(_repeat(WEEKLY, nth_weekday(weekday), first=starts_on, last=None), None)


def weekday_of(schedule: ScheduleLike) -> int | None:
    """The stated day of the week, else that of `starts_on`; for ONCE always that of its date."""
    if schedule.weekday in Weekday.values and schedule.frequency != Frequency.ONCE:
        return schedule.weekday
    return schedule.starts_on.weekday() if schedule.starts_on else None


def week_of_month_of(schedule: ScheduleLike, weekday: int) -> int | None:
    """The stated week of the month, else that of the first session; a fifth week counts as last."""
    if schedule.frequency != Frequency.MONTHLY:
        return None
    if schedule.week_of_month in WeekOfMonth.values:
        return schedule.week_of_month
    begun = _first(weekday, schedule.starts_on)
    if begun is None:
        return None
    week = (begun.day - 1) // 7 + 1
    return week if week in WeekOfMonth.values else WeekOfMonth.LAST


def _session(day: date, start_time: time, schedule: ScheduleLike) -> Session:
    """The session on `day`."""
    zone = ZoneInfo(schedule.zone)
    starts_at = _on_the_wall(datetime.combine(day, start_time), zone)
    end_time = schedule.end_time
    if end_time is None or end_time <= start_time:
        return Session(starts_at=starts_at, ends_at=None)
    ends_at = _on_the_wall(datetime.combine(day, end_time), zone)
    if ends_at.astimezone(UTC) <= starts_at.astimezone(UTC):
        # The clocks going forward moved the start past the end: keep the length.
        length = datetime.combine(day, end_time) - datetime.combine(day, start_time)
        ends_at = (starts_at.astimezone(UTC) + length).astimezone(zone)
    return Session(starts_at=starts_at, ends_at=ends_at)


def _on_the_wall(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment when clocks in `zone` show `local`, the first of two in autumn.

    In spring no clock shows the skipped hour: 1:30 am becomes 2:30 am.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def _is_over(session: Session, *, at: datetime) -> bool:
    now = at.astimezone(UTC)
    if session.ends_at is None:
        return session.starts_at.astimezone(UTC) < now
    return session.ends_at.astimezone(UTC) <= now


def _in_order(session: Session) -> tuple[datetime, datetime]:
    starts_at = session.starts_at.astimezone(UTC)
    return starts_at, (session.ends_at or session.starts_at).astimezone(UTC)
