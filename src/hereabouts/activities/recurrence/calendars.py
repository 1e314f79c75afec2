"""The days that schedules leave out: breaks, pauses, and days out of term."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

# The first and the last day; both count.
Span = tuple[date, date]
ONE_DAY = timedelta(days=1)


class Days(Protocol):
    """A range of days, both counted: a `models.Break`, or a school term."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class Interrupted(Protocol):
    """The fields of `models.Activity` that interrupt its schedules."""

    @property
    def is_term_time_only(self) -> bool: ...
    @property
    def paused_on(self) -> date | None: ...
    @property
    def paused_until(self) -> date | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """The days that count: those in no break and, unless `terms` is None, in a known term.

    Unknown terms are not guessed: while `terms` is empty, no day counts.
    """

    breaks: tuple[Span, ...] = ()
    terms: tuple[Span, ...] | None = None

    def runs_on(self, day: date) -> bool:
        """Does `day` count?"""
        return not _is_in(day, self.breaks) and (self.terms is None or _is_in(day, self.terms))

    def next_running_day(self, day: date) -> date | None:
        """The first day from `day` on that counts; None when none is known."""
        found: date | None = day
        while found is not None and not self.runs_on(found):
            found = self._after_interruption(found)
        return found

    def could_run_on(self, day: date) -> bool:
        """Does `day` count, or could it, because it lies after the last known term?"""
        if self.runs_on(day):
            return True
        is_past_known_terms = all(last < day for _, last in self.terms or ())
        return is_past_known_terms and not _is_in(day, self.breaks)

    def last_day_that_could_run(self, day: date) -> date | None:
        """The last day up to `day` that could count; None when there is none."""
        found: date | None = day
        while found is not None and not self.could_run_on(found):
            found = self._before_interruption(found)
        return found

    def _after_interruption(self, day: date) -> date | None:
        """The first day after the break or gap between terms that `day` lies in."""
        last_days = [last for first, last in self.breaks if first <= day <= last]
        if last_days:
            return day_after(max(last_days))
        return min((first for first, _ in self.terms or () if first > day), default=None)

    def _before_interruption(self, day: date) -> date | None:
        """The last day before the break or gap between terms that `day` lies in."""
        first_days = [first for first, last in self.breaks if first <= day <= last]
        if first_days:
            return day_before(min(first_days))
        return max((last for _, last in self.terms or () if last < day), default=None)


ALWAYS_ON = Calendar()


def usual_calendar_of(
    activity: Interrupted, *, breaks: Iterable[Days], terms: Iterable[Days]
) -> Calendar:
    """The calendar of an activity without its pause. `terms` are all known terms."""
    known = tuple(sorted((term.starts_on, term.ends_on) for term in terms))
    return Calendar(
        breaks=tuple(sorted((break_.starts_on, break_.ends_on) for break_ in breaks)),
        terms=known if activity.is_term_time_only else None,
    )


def calendar_of(
    activity: Interrupted, *, breaks: Iterable[Days], terms: Iterable[Days]
) -> Calendar:
    """The calendar of an activity: breaks, terms, and its pause."""
    usual = usual_calendar_of(activity, breaks=breaks, terms=terms)
    if activity.paused_on is None:
        return usual
    pause = (activity.paused_on, activity.paused_until or date.max)
    return replace(usual, breaks=(*usual.breaks, pause))


def day_after(day: date) -> date | None:
    """The next day; None after `date.max`."""
    return None if day == date.max else day + ONE_DAY


def day_before(day: date) -> date | None:
    """The day before; None before `date.min`."""
    return None if day == date.min else day - ONE_DAY


def _is_in(day: date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)
