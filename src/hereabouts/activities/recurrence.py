"""When an activity happens: the next sessions of a timetable, its last day, and its words.

Pure functions of a line of the timetable (`models.Schedule`, or anything with its fields). Clocks
on the wall rule: a class at 10 am stays at 10 am when the clocks change. Nothing is guessed: where
a line does not say enough there are no sessions, and the words say what is not stated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hereabouts.activities.models.schedule import Schedule

Frequency, Weekday, WeekOfMonth = Schedule.Frequency, Schedule.Weekday, Schedule.WeekOfMonth

NOON, MIDNIGHT = time(12), time(0)
NAMED = {NOON: gettext_lazy("noon"), MIDNIGHT: gettext_lazy("midnight")}
FORTNIGHT_DAYS = 14
# From the last Friday of one month to that of the next can be five weeks, and is never more.
LONGEST_PAUSE_DAYS = 35
# What recurs is not followed into the last year that a date can have: rrule fails there.
LAST_FOLLOWED = date(9998, 12, 31)
MONTHLY_WORDS = {
    WeekOfMonth.FIRST: gettext_lazy("The first %(weekday)s of the month"),
    WeekOfMonth.SECOND: gettext_lazy("The second %(weekday)s of the month"),
    WeekOfMonth.THIRD: gettext_lazy("The third %(weekday)s of the month"),
    WeekOfMonth.FOURTH: gettext_lazy("The fourth %(weekday)s of the month"),
    WeekOfMonth.LAST: gettext_lazy("The last %(weekday)s of the month"),
}


class Timetable(Protocol):
    """One line of a timetable, in the local time of its zone; see `models.Schedule`."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One time that it takes place, in its own zone; `ends_at` is None when no end is stated."""

    starts_at: datetime
    ends_at: datetime | None


def next_sessions(timetable: Timetable, *, after: datetime, count: int) -> list[Session]:
    """The first `count` sessions not yet over at `after`, earliest first; fewer when it ends.

    A session is over when its end has come; without a stated end, once it has begun. Empty when
    the time, the day of the week, or for every two weeks the first date, is not known.
    """
    start_time = timetable.start_time
    if start_time is None:
        return []
    today = after.astimezone(ZoneInfo(timetable.zone)).date()
    sessions = (_session(day, start_time, timetable) for day in _days(timetable, since=today))
    to_come = (session for session in sessions if not _is_over(session, at=after))
    return list(islice(to_come, max(count, 0)))


def next_sessions_of(
    timetables: Iterable[Timetable], *, after: datetime, count: int
) -> list[Session]:
    """The first `count` sessions of all `timetables` together; the same session only once."""
    sessions = {
        session
        for timetable in timetables
        for session in next_sessions(timetable, after=after, count=count)
    }
    return sorted(sessions, key=_in_order)[: max(count, 0)]


def last_day(timetable: Timetable) -> date | None:
    """The last day on which it takes place; None when it goes on, or no end is known.

    Where the days are not known it is the last date stated.
    """
    if timetable.frequency == Frequency.ONCE:
        return timetable.starts_on
    if timetable.ends_on is None:
        return None
    recently = date.fromordinal(max(1, timetable.ends_on.toordinal() - LONGEST_PAUSE_DAYS))
    return max(_days(timetable, since=recently), default=timetable.ends_on)


def in_words(timetable: Timetable) -> str:
    """The line as people say it: "Every Thursday, 1:30 to 2:45 pm"."""
    days = _days_in_words(timetable)
    if timetable.start_time is None:
        words = _("%(days)s; time not stated") % {"days": days}
    else:
        times = time_in_words(timetable.start_time, timetable.end_time)
        words = _("%(days)s, %(times)s") % {"days": days, "times": times}
    if timetable.ends_on is None or timetable.frequency == Frequency.ONCE:
        return words
    last = date_format(timetable.ends_on, "j F Y")
    return _("%(words)s, until %(last)s") % {"words": words, "last": last}


def all_in_words(timetables: Iterable[Timetable]) -> str:
    """Every line of a timetable, in one sentence."""
    return "; ".join(in_words(timetable) for timetable in timetables)


def time_in_words(start: time | None, end: time | None) -> str:
    """The time as people say it: "1:30 to 2:45 pm", "11 am to noon", "10 am".

    Languages other than English have their own way: "13:30". An end that is not after the start is
    left out.
    """
    if start is None:
        return _("time not stated")
    clock = _clock if _is_english() else _in_own_format
    if end is None or end <= start:
        return clock(start)
    is_said_once = _is_english() and (start < NOON) == (end < NOON) and not {start, end} & {*NAMED}
    first = _hour_and_minute(start) if is_said_once else clock(start)
    return _("%(start)s to %(end)s") % {"start": first, "end": clock(end)}


def _days(timetable: Timetable, *, since: date) -> Iterator[date]:
    """The days on which it takes place, none before `since`, earliest first."""
    if timetable.frequency == Frequency.ONCE:
        dates: Iterable[date] = [timetable.starts_on] if timetable.starts_on else []
    else:
        dates = _rule(timetable, since=since)
    return (day for day in dates if day >= since)


def _rule(timetable: Timetable, *, since: date) -> Iterable[date]:
    """The days of what recurs; it may begin a little before `since`, never long before."""
    weekday = _weekday(timetable)
    if weekday is None:
        return ()
    starts_on, ends_on = timetable.starts_on, timetable.ends_on
    first = max(since, starts_on or since)
    if timetable.frequency == Frequency.WEEKLY:
        return _repeat(WEEKLY, nth_weekday(weekday), first=first, last=ends_on)
    if timetable.frequency == Frequency.FORTNIGHTLY:
        begun = _first(weekday, starts_on)
        if begun is None:
            return ()
        turns = max(0, (since - begun).days // FORTNIGHT_DAYS)
        first = begun + timedelta(days=turns * FORTNIGHT_DAYS)
        return _repeat(WEEKLY, nth_weekday(weekday), first=first, last=ends_on, interval=2)
    week = _week_of_month(timetable, weekday)
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
    """Every such day from `first` to `last`, both counted."""
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
    """The first such day of the week on or after the first date stated."""
    if starts_on is None:
        return None
    return next(_repeat(WEEKLY, nth_weekday(weekday), first=starts_on, last=None), None)


def _weekday(timetable: Timetable) -> int | None:
    """The stated day of the week, else that of the first date."""
    if timetable.weekday in Weekday.values:
        return timetable.weekday
    return timetable.starts_on.weekday() if timetable.starts_on else None


def _week_of_month(timetable: Timetable, weekday: int) -> int | None:
    """The stated week of the month, else that of the first session; a fifth week is the last."""
    if timetable.frequency != Frequency.MONTHLY:
        return None
    if timetable.week_of_month in WeekOfMonth.values:
        return timetable.week_of_month
    begun = _first(weekday, timetable.starts_on)
    if begun is None:
        return None
    week = (begun.day - 1) // 7 + 1
    return week if week in WeekOfMonth.values else WeekOfMonth.LAST


def _session(day: date, start_time: time, timetable: Timetable) -> Session:
    """The session on `day`."""
    zone = ZoneInfo(timetable.zone)
    starts_at = _on_the_wall(datetime.combine(day, start_time), zone)
    end_time = timetable.end_time
    if end_time is None or end_time <= start_time:
        return Session(starts_at=starts_at, ends_at=None)
    ends_at = _on_the_wall(datetime.combine(day, end_time), zone)
    if ends_at.astimezone(UTC) <= starts_at.astimezone(UTC):
        # The start was moved past the end by the clocks' going forward: keep the length.
        length = datetime.combine(day, end_time) - datetime.combine(day, start_time)
        ends_at = (starts_at.astimezone(UTC) + length).astimezone(zone)
    return Session(starts_at=starts_at, ends_at=ends_at)


def _on_the_wall(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment when clocks in `zone` show `local`, the first where there are two.

    In the hour that is left out in spring no clock shows it; it is then as much later as the
    clocks go forward.
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


def _days_in_words(timetable: Timetable) -> str:
    """Which days: "Every Thursday", "Every two weeks on Monday", "Saturday 5 December 2026"."""
    weekday = _weekday(timetable)
    name = {"weekday": Weekday(weekday).label} if weekday is not None else None
    if timetable.frequency == Frequency.ONCE:
        starts_on = timetable.starts_on
        return date_format(starts_on, "l j F Y") if starts_on else _("Once, date not stated")
    if timetable.frequency == Frequency.WEEKLY:
        return _("Every %(weekday)s") % name if name else _("Every week, day not stated")
    if timetable.frequency == Frequency.FORTNIGHTLY:
        if name is None:
            return _("Every two weeks, day not stated")
        return _("Every two weeks on %(weekday)s") % name
    week = _week_of_month(timetable, weekday) if weekday is not None else None
    if name and week:
        return MONTHLY_WORDS[WeekOfMonth(week)] % name
    return _("Once a month on %(weekday)s") % name if name else _("Once a month, day not stated")


def _is_english() -> bool:
    return (get_language() or "en").startswith("en")


def _in_own_format(moment: time) -> str:
    """As the reader's language writes a time: "14:45" in Polish."""
    return time_format(moment, "TIME_FORMAT")


def _clock(moment: time) -> str:
    """Half a day at a time, as English says it: "2:45 pm", "11 am", "noon", "midnight"."""
    if moment in NAMED:
        return str(NAMED[moment])
    half = _("%(time)s am") if moment < NOON else _("%(time)s pm")
    return half % {"time": _hour_and_minute(moment)}


def _hour_and_minute(moment: time) -> str:
    """ "2:45", "11"."""
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}" if moment.minute else f"{hour}"
