"""Cells that hold several rows: timetables, breaks, reduced prices, access; read and written.

Rows are separated by semicolons. `read_…` reads back what `write_…` writes.

    Every week on Tuesday, 10:00–11:00; Every month on the first Monday, 14:00, from 2026-09-07
    Once on 2026-12-12, 10:00–12:00
    2026-12-21 to 2027-01-03 (Christmas)
    Over 65: £2.00 (bring your bus pass); Carers: free
    Step-free way in: yes (2026-10-01)
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.activities.columns import cells
from hereabouts.activities.columns.values import BreakLine, Observation, PriceLine, ScheduleLine
from hereabouts.activities.models import Break, Concession, Schedule
from hereabouts.activities.recurrence.dates import weekday_of
from hereabouts.imports.cells import (
    UnreadableCell,
    joined,
    read_choice,
    read_date,
    read_past_date,
    read_words,
    read_yes_no,
    split,
    write_choice,
    write_yes_no,
)
from hereabouts.places.models import AccessFact

Frequency = Schedule.Frequency

FREQUENCY_WORDS = {
    Frequency.WEEKLY: "Every week",
    Frequency.FORTNIGHTLY: "Every two weeks",
    Frequency.MONTHLY: "Every month",
    Frequency.ONCE: "Once",
}
DAY_WORDS = tuple(name.capitalize() for name in cells.DAY_NAMES)
ORDINAL_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}

TIMES = re.compile(r"(?P<start>\d{1,2}:\d{2})?(?:\s*[–-]\s*(?P<end>\d{1,2}:\d{2}))?")
BREAK = re.compile(
    r"(?P<start>[^()]+?)(?:\s+(?:to|until|–)\s+(?P<end>[^()]+?))?(?:\s*\((?P<reason>.*)\))?",
    re.DOTALL,
)
LONGEST_BREAK = 200
PRICE = re.compile(
    r"(?P<who>.+?):\s*(?P<price>free|£?\d{1,5}(?:\.\d{1,2})?)(?:\s*\((?P<proof>.*)\))?",
    re.DOTALL | re.IGNORECASE,
)
ANSWER = re.compile(r"(?P<fact>.+?):\s*(?P<answer>\w+)\s*\((?P<day>.+)\)")


def read_timetable(text: str) -> tuple[ScheduleLine, ...]:
    """The lines of a timetable."""
    return tuple(_read_line(line) for line in split(text))


def write_timetable(schedules: Iterable[Schedule]) -> str:
    """A whole timetable."""
    return joined(_write_line(schedule) for schedule in schedules)


def write_day(schedule: Schedule | ScheduleLine) -> str:
    """ "Monday", "first Monday"; empty where only the date, or nobody, says it."""
    ordinal = ORDINAL_WORDS.get(schedule.week_of_month or 0, "")
    # A week of the month needs a day beside it.
    weekday = weekday_of(schedule) if ordinal else schedule.weekday
    if weekday is None or _day_is_in_date(schedule):
        return ""
    return f"{ordinal} {DAY_WORDS[weekday]}".strip()


def write_time(value: time | None) -> str:
    """ "13:30" """
    return f"{value:%H:%M}" if value else ""


def write_date(value: date | None) -> str:
    """ "2026-12-12" """
    return value.isoformat() if value else ""


def read_breaks(text: str) -> tuple[BreakLine, ...]:
    """The breaks: days without sessions."""
    return tuple(_read_break(line) for line in split(text))


def write_breaks(breaks: Iterable[Break]) -> str:
    """The first day and the last of each, and why."""
    return joined(
        f"{line.starts_on} to {line.ends_on}{_in_brackets(line.reason)}" for line in breaks
    )


def read_concessions(text: str) -> tuple[PriceLine, ...]:
    """Reduced prices; one for each group of people."""
    prices = tuple(_read_concession(line) for line in split(text))
    if len({price.who for price in prices}) < len(prices):
        raise UnreadableCell(_("Somebody has two prices there. Keep one."))
    return prices


def write_concessions(concessions: Iterable[Concession]) -> str:
    """For whom, how much, and what they show for it."""
    return joined(
        f"{line.who}: {write_price(line.pence)}{_in_brackets(line.proof)}" for line in concessions
    )


def write_price(pence: int | None) -> str:
    """ "£3.50", "free"; "" for not stated."""
    if pence is None:
        return ""
    return f"£{pence // 100}.{pence % 100:02}" if pence else "free"


def read_access(text: str) -> tuple[Observation, ...]:
    """What somebody saw at a venue."""
    return tuple(_read_answer(line) for line in split(text))


def write_access(facts: Iterable[AccessFact]) -> str:
    """The facts as one cell, each with its answer and day, in the order of `AccessFact.Fact`."""
    known = {AccessFact.Fact(fact.fact): fact for fact in facts}
    return joined(_write_answer(fact, known[fact]) for fact in AccessFact.Fact if fact in known)


def _read_line(line: str) -> ScheduleLine:
    head, *parts = (part.strip() for part in line.split(","))
    often, _on, day = head.partition(" on ")
    frequency, rest = cells.read_frequency(often)
    if rest:
        raise _unreadable_line(line)
    fields: dict[str, Any] = {"frequency": frequency}
    if frequency == Frequency.ONCE and day:
        fields["starts_on"] = read_date(day)
        fields["weekday"] = fields["starts_on"].weekday()
    elif day:
        fields["weekday"], fields["week_of_month"] = cells.read_day(day)
    for part in parts:
        fields |= _read_part(part, line, taken=fields.keys())
    return ScheduleLine(**fields)


def _read_part(part: str, line: str, *, taken: Collection[str]) -> dict[str, Any]:
    """A piece between two commas: the times, the first date or the last."""
    word, _space, rest = part.partition(" ")
    if word == "from" and "starts_on" not in taken:
        return {"starts_on": read_date(rest)}
    if word == "until" and "ends_on" not in taken:
        return {"ends_on": read_date(rest)}
    times = TIMES.fullmatch(part)
    if times is None or not part or "start_time" in taken:
        raise _unreadable_line(line)
    return {
        "start_time": cells.read_time(times["start"].zfill(5)) if times["start"] else None,
        "end_time": cells.read_time(times["end"].zfill(5)) if times["end"] else None,
    }


def _write_line(schedule: Schedule | ScheduleLine) -> str:
    frequency = FREQUENCY_WORDS[Frequency(schedule.frequency)]
    is_once = schedule.frequency == Frequency.ONCE
    day = write_date(schedule.starts_on) if is_once else _with_article(write_day(schedule))
    end = f"–{write_time(schedule.end_time)}" if schedule.end_time else ""
    parts = [
        f"{frequency} on {day}" if day else frequency,
        f"{write_time(schedule.start_time)}{end}",
        f"from {schedule.starts_on}" if schedule.starts_on and not is_once else "",
        f"until {schedule.ends_on}" if schedule.ends_on else "",
    ]
    return ", ".join(part for part in parts if part)


def _with_article(day: str) -> str:
    """ "the first Monday", "Monday" """
    return f"the {day}" if " " in day else day


def _day_is_in_date(schedule: Schedule | ScheduleLine) -> bool:
    return schedule.frequency == Frequency.ONCE and schedule.starts_on is not None


def _read_break(line: str) -> BreakLine:
    # Longer than a break can be, which would also take long to look through.
    found = BREAK.fullmatch(line) if len(line) <= LONGEST_BREAK else None
    if found is None:
        raise UnreadableCell(_("Write each break like this: 2026-12-21 to 2027-01-03 (Christmas)."))
    first = read_date(found["start"])
    last = read_date(found["end"]) if found["end"] else first
    if last < first:
        raise UnreadableCell(_("A break ends before it begins. Correct one of its days."))
    return BreakLine(
        starts_on=first, ends_on=last, reason=read_words(found["reason"] or "", most=100)
    )


def _read_concession(line: str) -> PriceLine:
    found = PRICE.fullmatch(line)
    if found is None:
        raise UnreadableCell(_("Write each price like this: Over 65: £2.00 (bring your bus pass)."))
    return PriceLine(
        who=read_words(found["who"].strip(), most=100),
        pence=cells.read_cost(found["price"]).pence or 0,
        proof=read_words(found["proof"] or "", most=200),
    )


def _read_answer(line: str) -> Observation:
    found = ANSWER.fullmatch(line)
    if found is None:
        raise UnreadableCell(_("Write each answer like this: Step-free way in: yes (2026-10-01)."))
    return Observation(
        fact=AccessFact.Fact(read_choice(found["fact"], AccessFact.Fact)),
        is_there=read_yes_no(found["answer"]),
        checked_on=read_past_date(found["day"]),
    )


def _write_answer(fact: AccessFact.Fact, known: AccessFact) -> str:
    label = write_choice(fact, AccessFact.Fact)
    return f"{label}: {write_yes_no(known.is_there)} ({known.checked_on})"


def _unreadable_line(line: str) -> UnreadableCell:
    return UnreadableCell(
        _("“%(line)s” should look like this: Every week on Tuesday, 10:00–11:00.") % {"line": line}
    )


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""
