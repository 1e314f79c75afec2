"""Schedules and breaks in words, as people say them."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import groupby, pairwise
from typing import Protocol

from django.utils.formats import time_format
from django.utils.translation import get_language, gettext_lazy

from hereabouts.activities.recurrence.calendars import Days
from hereabouts.activities.recurrence.dates import (
    MIDNIGHT,
    Frequency,
    ScheduleLike,
    Weekday,
    WeekOfMonth,
    week_of_month_of,
    weekday_of,
)
from hereabouts.core.languages import cached_per_language, day_in_words
from hereabouts.core.languages import gettext as _

NOON = time(12)
NAMED = {NOON: gettext_lazy("noon"), MIDNIGHT: gettext_lazy("midnight")}
# Within so many days a day and month are clear without the year.
CLEAR_DAYS = 330
MONTHLY_WORDS = {
    WeekOfMonth.FIRST: gettext_lazy("The first %(weekday)s of the month"),
    WeekOfMonth.SECOND: gettext_lazy("The second %(weekday)s of the month"),
    WeekOfMonth.THIRD: gettext_lazy("The third %(weekday)s of the month"),
    WeekOfMonth.FOURTH: gettext_lazy("The fourth %(weekday)s of the month"),
    WeekOfMonth.LAST: gettext_lazy("The last %(weekday)s of the month"),
}


class Break(Days, Protocol):
    """Days without sessions, and why; see `models.Break`."""

    @property
    def reason(self) -> str: ...


def in_words(schedule: ScheduleLike) -> str:
    """A schedule in words: "Every Thursday, 1:30 to 2:45 pm"."""
    days = _days_in_words(schedule)
    if schedule.start_time is None:
        words = _("%(days)s; time not stated") % {"days": days}
    else:
        times = time_in_words(schedule.start_time, schedule.end_time)
        words = _("%(days)s, %(times)s") % {"days": days, "times": times}
    if schedule.ends_on is None or schedule.frequency == Frequency.ONCE:
        return words
    last = day_in_words(schedule.ends_on, "j F Y")
    return _("%(words)s, until %(last)s") % {"words": words, "last": last}


def all_in_words(schedules: Iterable[ScheduleLike], *, is_term_time_only: bool = False) -> str:
    """All schedules in one sentence: "Every Monday, 10 am; Every Thursday, 1:30 to 2:45 pm"."""
    words = "; ".join(in_words(schedule) for schedule in schedules)
    if is_term_time_only and words:
        return _("%(words)s, in school term time") % {"words": words}
    return words


def breaks_in_words(breaks: Iterable[Break], *, on: date) -> list[str]:
    """A sentence for each break, earliest first: "No session on 24 December".

    Breaks that are over by the day `on` are left out. Single days with the same reason share a
    sentence. The year is stated where it is not clear from the day `on`.
    """
    to_come = sorted(
        (break_ for break_ in breaks if break_.ends_on >= on),
        key=lambda break_: (break_.starts_on, break_.ends_on, break_.reason),
    )
    together: dict[tuple[object, ...], list[Break]] = {}
    for break_ in to_come:
        is_one_day = break_.starts_on == break_.ends_on
        key = (
            ("", break_.reason) if is_one_day else (break_.starts_on, break_.ends_on, break_.reason)
        )
        together.setdefault(key, []).append(break_)
    return [_break_in_words(alike, on=on) for alike in together.values()]


@cached_per_language
def time_in_words(start: time | None, end: time | None) -> str:
    """A time in words: "1:30 to 2:45 pm", "11 am to noon", "10 am".

    Languages other than English use their own format: "13:30". An end that is not after the start
    is left out.
    """
    if start is None:
        return _("time not stated")
    clock = _clock if _is_english() else _in_own_format
    if end is None or end <= start:
        return clock(start)
    is_said_once = _is_english() and (start < NOON) == (end < NOON) and not {start, end} & {*NAMED}
    first = _hour_and_minute(start) if is_said_once else clock(start)
    return _("%(start)s to %(end)s") % {"start": first, "end": clock(end)}


def _break_in_words(breaks: Sequence[Break], *, on: date) -> str:
    """The sentence for one longer break, or for several single days with the same reason."""
    first = breaks[0]
    if first.starts_on == first.ends_on:
        days = list(dict.fromkeys(break_.starts_on for break_ in breaks))
        words = _("No session on %(days)s") % {"days": _listed(days, on=on)}
    else:
        start, end = _each([first.starts_on, first.ends_on], on=on)
        words = _("No session from %(start)s to %(end)s") % {"start": start, "end": end}
    if not first.reason:
        return words
    return _("%(words)s (%(reason)s)") % {"words": words, "reason": first.reason}


def _listed(days: Sequence[date], *, on: date) -> str:
    """ "24 December", "24 and 31 December", "24 and 31 December and 7 January"."""
    in_months = groupby(days, key=lambda day: (day.year, day.month))
    return _joined([_joined(_each(list(some), on=on)) for _month, some in in_months])


def _joined(words: Sequence[str]) -> str:
    """ "1", "1 and 2", "1, 2 and 3"."""
    *others, last = words
    if not others:
        return last
    return _("%(some)s and %(last)s") % {"some": ", ".join(others), "last": last}


def _each(days: Sequence[date], *, on: date) -> list[str]:
    """Each day in words: ["24", "31 December"]; of two in a month only the later names it."""
    words = [day_in_words(day, _format_of(day, on=on)) for day in days]
    for index, (day, following) in enumerate(pairwise(days)):
        if (day.year, day.month) == (following.year, following.month):
            words[index] = day_in_words(day, "j")
    return words


def _format_of(day: date, *, on: date) -> str:
    """The date format of `day`: with the year, unless the day is less than 330 days from `on`."""
    is_clear = -CLEAR_DAYS < (day - on).days < CLEAR_DAYS
    return "j F" if is_clear else "j F Y"


def _days_in_words(schedule: ScheduleLike) -> str:
    """Which days: "Every Thursday", "Every two weeks on Monday", "Saturday 5 December 2026"."""
    weekday = weekday_of(schedule)
    name = {"weekday": Weekday(weekday).label} if weekday is not None else None
    if schedule.frequency == Frequency.ONCE:
        starts_on = schedule.starts_on
        return day_in_words(starts_on, "l j F Y") if starts_on else _("Once, date not stated")
    if schedule.frequency == Frequency.WEEKLY:
        return _("Every %(weekday)s") % name if name else _("Every week, day not stated")
    if schedule.frequency == Frequency.FORTNIGHTLY:
        if name is None:
            return _("Every two weeks, day not stated")
        return _("Every two weeks on %(weekday)s") % name
    week = week_of_month_of(schedule, weekday) if weekday is not None else None
    if name and week:
        return MONTHLY_WORDS[WeekOfMonth(week)] % name
    return _("Once a month on %(weekday)s") % name if name else _("Once a month, day not stated")


def _is_english() -> bool:
    return (get_language() or "en").startswith("en")


def _in_own_format(moment: time) -> str:
    """A time in the format of the active language: "14:45" in Polish."""
    return time_format(moment, "TIME_FORMAT")


def _clock(moment: time) -> str:
    """A time in English: "2:45 pm", "11 am", "noon", "midnight"."""
    if moment in NAMED:
        return str(NAMED[moment])
    half = _("%(time)s am") if moment < NOON else _("%(time)s pm")
    return half % {"time": _hour_and_minute(moment)}


def _hour_and_minute(moment: time) -> str:
    """ "2:45", "11"."""
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}" if moment.minute else f"{hour}"
