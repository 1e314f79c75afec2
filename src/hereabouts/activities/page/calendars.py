"""An activity as a file that calendars read (iCalendar, RFC 5545).

Every line of the timetable is one series with a rule; in term time, one series for each term, which
more calendars understand than a list of single dates. Breaks and pauses are dates left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur

from hereabouts.activities import recurrence
from hereabouts.activities import shown as words
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.page.activity_page import costs_in_words
from hereabouts.activities.recurrence.dates import week_of_month_of, weekday_of
from hereabouts.partners.models import Term

# Clocks on the wall of Great Britain, as the rules have been since 1996. The list of every change
# since 1970 that other tools write is right too, and long enough to upset some calendars.
LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
PRODUCT = "-//Hereabouts//Activities//EN"
# Nothing is promised longer: a series ends with the year after the next.
YEARS_AHEAD = 2
# What was taken down stays cancelled in its file for so long: whoever follows it looks only now and
# then, and keeps what just disappears.
CANCELLED_FOR = timedelta(weeks=8)
# How often whoever follows the address may look again.
LOOK_AGAIN = "PT12H"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """Where an activity's page is, and when the activity was last changed."""

    address: str
    changed_at: datetime
    host: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One line of a timetable from its next session on: `uid` tells it from all others."""

    uid: str
    line: Schedule
    last: date
    calendar: recurrence.Calendar


def changed_at(activity: Activity, *, terms_changed_at: datetime | None) -> datetime:
    """When it last changed, or somebody said that it runs.

    What is in term time only changes with the school terms too: theirs is `terms_changed_at`, None
    before the first.
    """
    if terms_changed_at is None or not activity.is_term_time_only:
        return activity.changed_at
    return max(activity.changed_at, terms_changed_at)


def calendar_file(
    activity: Activity, *, terms: Sequence[Term], published: Published, at: datetime
) -> bytes:
    """Every session from `at` on until the end of the year after the next, as rules.

    The same until something changes or a session passes, so that it can be compared. Without a
    session it holds no event. All are cancelled once the activity is taken down.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # The newer name of each, then the one that older calendars read.
    calendar.add("name", activity.name)
    calendar.add("x-wr-calname", activity.name)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("url", published.address)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", LOOK_AGAIN)
    calendar.add_component(Timezone.from_ical(LONDON))
    for series in _all_series(activity, terms=terms, at=at):
        event = _event(series, activity=activity, published=published, at=at)
        if event is not None:
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _all_series(activity: Activity, *, terms: Sequence[Term], at: datetime) -> Iterator[Series]:
    """One for each line; in term time, one for each line and term that is not over.

    The same session never twice: equal lines are one, and so are terms that overlap.
    """
    today = timezone.localdate(at)
    horizon = date(today.year + YEARS_AHEAD, 12, 31)
    whole = recurrence.calendar_of(activity, breaks=activity.breaks.all(), terms=terms)
    lines = sorted(activity.schedules.all(), key=lambda line: line.pk)
    for line in recurrence.each_once(lines):
        uid = f"{activity.public_id}-{line.pk}"
        if not activity.is_term_time_only:
            yield Series(uid=uid, line=line, last=horizon, calendar=whole)
            continue
        for number, (first_day, last_day) in _apart(terms).items():
            if last_day >= today:
                in_term = replace(whole, terms=((first_day, last_day),))
                last = min(horizon, last_day)
                yield Series(uid=f"{uid}-{number}", line=line, last=last, calendar=in_term)


def _apart(terms: Sequence[Term]) -> dict[int, recurrence.Span]:
    """First and last days of the terms, the earliest first; what overlaps is one.

    By the number of its first term, which tells it from all others.
    """
    spans: dict[int, recurrence.Span] = {}
    latest: int | None = None
    for term in sorted(terms, key=lambda term: (term.starts_on, term.pk)):
        if latest is not None and term.starts_on <= spans[latest][1]:
            first_day, last_day = spans[latest]
            spans[latest] = (first_day, max(last_day, term.ends_on))
        else:
            latest = term.pk
            spans[latest] = (term.starts_on, term.ends_on)
    return spans


def _event(
    series: Series, *, activity: Activity, published: Published, at: datetime
) -> Event | None:
    """The series as one event; None where nothing is to come."""
    stated_until = series.line.ends_on or series.last
    last = min(series.last, stated_until)
    coming = recurrence.next_sessions(series.line, after=at, count=1, calendar=series.calendar)
    if not coming or coming[0].starts_at.date() > last:
        return None
    first = coming[0]
    day = first.starts_at.date()
    event = Event()
    event.add("uid", f"{series.uid}@{published.host}")
    event.add("dtstamp", published.changed_at)
    event.add("last-modified", published.changed_at)
    event.add("sequence", _sequence(activity, changed_at=published.changed_at))
    event.add("status", "CANCELLED" if _is_taken_down(activity) else "CONFIRMED")
    event.add("summary", activity.name)
    event.add("dtstart", _as_stated(day, series.line.start_time, series.line))
    if first.ends_at is not None:
        event.add("dtend", _as_stated(day, series.line.end_time, series.line))
    if series.line.frequency != Schedule.Frequency.ONCE:
        event.add("rrule", _rule(series.line, last=last))
        for left_out in _left_out(series, after=first.starts_at, last=last):
            event.add("exdate", _as_stated(left_out, series.line.start_time, series.line))
    _describe(event, activity=activity, address=published.address, at=at)
    return event


def _sequence(activity: Activity, *, changed_at: datetime) -> int:
    """A number that grows with every change: its version, and the seconds that it was there.

    Neither is enough: the version stays when a school term changes, and the second may be the same.
    """
    return activity.version + max(0, int((changed_at - activity.created_at).total_seconds()))


def _is_taken_down(activity: Activity) -> bool:
    return activity.state == Activity.State.RETIRED


def _as_stated(day: date, clock: time | None, line: Schedule) -> datetime:
    """The time on the wall that the line states, even where clocks leave it out on that day.

    A calendar takes the whole series from its first event, and moves that one by itself.
    """
    assert clock is not None
    return datetime.combine(day, clock, tzinfo=ZoneInfo(line.zone))


def _rule(line: Schedule, *, last: date) -> vRecur:
    """How it recurs, up to and with the day `last`."""
    weekday = weekday_of(line)
    assert weekday is not None
    end_of_day = datetime.combine(last, time(23, 59, 59), tzinfo=ZoneInfo(line.zone))
    until = end_of_day.astimezone(UTC)
    if line.frequency == Schedule.Frequency.MONTHLY:
        week = week_of_month_of(line, weekday)
        return vRecur(freq="MONTHLY", byday=f"{week}{WEEKDAYS[weekday]}", until=until)
    weeks = 2 if line.frequency == Schedule.Frequency.FORTNIGHTLY else 1
    return vRecur(freq="WEEKLY", interval=weeks, byday=WEEKDAYS[weekday], until=until)


def _left_out(series: Series, *, after: datetime, last: date) -> list[date]:
    """The days after the first, up to `last`, that the rule has and on which there is none."""
    weeks = (last - after.date()).days // 7 + 2
    stated = recurrence.next_sessions(series.line, after=after, count=weeks)
    days = (session.starts_at.date() for session in stated)
    return [day for day in days if day <= last and not series.calendar.runs_on(day)]


def _describe(event: Event, *, activity: Activity, address: str, at: datetime) -> None:
    """Where it is, what it costs, whom to ask, and how sure we are."""
    event.add("url", address)
    if activity.venue is not None:
        event.add("location", words.venue_in_full(activity.venue))
        event.add("geo", (activity.venue.latitude, activity.venue.longitude))
    contact = words.contact_of(activity)
    reached = f"{contact.name}: {contact.phone or contact.email}" if contact else ""
    if _is_taken_down(activity):
        stopped = _("%s has stopped.") % activity
        event.add("description", f"{stopped}\n{address}")
        return
    sentences = [
        activity.summary,
        words.usually_in_words(activity),
        *costs_in_words(activity),
        words.joining_in_words(activity) if words.says_how_to_join(activity) else "",
        reached,
        words.freshness(activity, on=timezone.localdate(at)).words,
        address,
    ]
    event.add("description", "\n".join(sentence for sentence in sentences if sentence))
