"""One row of a spreadsheet: its values, or the reasons why it cannot be saved."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.activities.imports import cells
from hereabouts.activities.imports.approaches import named_approaches
from hereabouts.activities.imports.columns import Column
from hereabouts.activities.levels import Approach
from hereabouts.activities.models import Activity, Schedule
from hereabouts.places.postcodes import Located

Cells = Mapping[Column, str]

# What makes two rows the same session, as they are given, besides the place: its town or, where
# none is given, the first half of its postcode.
IDENTITY = (Column.NAME, Column.ORGANISATION, Column.VENUE, Column.DAY, Column.START)

EXAMPLE_NAME = "EXAMPLE (made up): Gentle exercise at Millbeck Hall"
EXAMPLE: Cells = {
    Column.NAME: EXAMPLE_NAME,
    Column.ORGANISATION: "Heath End Movers (made up)",
    Column.VENUE: "Millbeck Hall (made up)",
    Column.STREET: "1 Mill Lane",
    Column.TOWN: "Shirebrook",
    Column.POSTCODE: "NG20 8PA",
    Column.DAY: "Thursday",
    Column.START: "13:30",
    Column.END: "14:30",
    Column.FREQUENCY: "weekly",
    Column.FIRST_DATE: "",
    Column.LAST_DATE: "",
    Column.LEVEL: "chair-based",
    Column.SUMMARY: "Exercise on and around a chair, for people who want to feel steadier.",
    Column.WHAT: "We warm up, make legs and arms stronger, and finish with tea.",
    Column.FOR_WHOM: "People over 65",
    Column.COST: "£3.50",
    Column.JOINING: "Just turn up",
    Column.PHONE: "0115 496 0142",
    Column.EMAIL: "hello@example.org",
    Column.WEBSITE: "https://example.org",
    Column.NOTES: "Delete this row before you upload the file.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RowValues:
    """What a row says, read. Empty text and None mean: not stated."""

    name: str
    organisation: str
    venue: str
    street: str
    town: str
    located: Located | None
    weekday: int | None
    week_of_month: int | None
    start_time: time | None
    end_time: time | None
    frequency: Schedule.Frequency
    starts_on: date | None
    ends_on: date | None
    approaches: frozenset[Approach]
    summary: str
    description: str
    for_whom: str
    cost_pence: int | None
    cost_note: str
    joining: Activity.Joining
    joining_note: str
    phone: str
    email: str
    website: str
    # What was understood in a way that the reader may want to look at, in sentences.
    remarks: tuple[str, ...]


def read_row(given: Cells, *, headings: Mapping[Column, str]) -> RowValues | list[str]:
    """The values of a row, or why it is left out: one sentence for each thing that is wrong.

    `headings` are the file's own names of the columns, for the sentences.
    """
    if given.get(Column.NAME) == EXAMPLE_NAME:
        return [_("This is the made-up example from the template. Delete it.")]
    reasons: list[str] = []
    read = _Reader(given=given, headings=headings, reasons=reasons)
    name = read(Column.NAME, _most(200), "")
    if not given.get(Column.NAME):
        reasons.append(_("There is no name. Give the activity one."))
    weekday, week_of_month = read(Column.DAY, cells.read_day, (None, None))
    frequency, rest = read(Column.FREQUENCY, cells.read_frequency, (Schedule.Frequency.WEEKLY, ""))
    approaches = read(Column.LEVEL, _level, frozenset())
    cost = read(Column.COST, _cost, cells.Cost(pence=None, note=""))
    joining, joining_note = read(Column.JOINING, _joining, (Activity.Joining.NOT_STATED, ""))
    start_time = read(Column.START, cells.read_time, None)
    end_time = read(Column.END, cells.read_time, None)
    starts_on = read(Column.FIRST_DATE, cells.read_date, None)
    values = RowValues(
        name=name,
        organisation=read(Column.ORGANISATION, _most(200), ""),
        venue=read(Column.VENUE, _most(200), ""),
        street=read(Column.STREET, _most(200), ""),
        town=read(Column.TOWN, _most(100), ""),
        located=read(Column.POSTCODE, cells.read_postcode, None),
        weekday=starts_on.weekday() if _is_one_day(frequency, starts_on, weekday) else weekday,
        week_of_month=week_of_month,
        start_time=start_time,
        end_time=end_time,
        frequency=frequency,
        starts_on=starts_on,
        ends_on=read(Column.LAST_DATE, cells.read_date, None),
        approaches=approaches,
        summary=read(Column.SUMMARY, _most(300), ""),
        description=read(Column.WHAT, _most(5000), ""),
        for_whom=read(Column.FOR_WHOM, _most(2000), ""),
        cost_pence=cost.pence,
        cost_note=cost.note,
        joining=joining,
        joining_note=joining_note,
        phone=read(Column.PHONE, cells.read_phone, ""),
        email=read(Column.EMAIL, cells.read_email, ""),
        website=read(Column.WEBSITE, cells.read_website, ""),
        remarks=_remarks(given, rest),
    )
    reasons += contradictions(values)
    return reasons or values


def key_of(given: Cells) -> str:
    """What the session is known by in every later import: a hash of the cells that name it.

    Case, spacing and marks do not count.
    """
    place = given.get(Column.TOWN, "") or given.get(Column.POSTCODE, "").strip()[:-3]
    told = [*(given.get(column, "") for column in IDENTITY), place]
    parts = ("".join(_letters(text)) for text in told)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def keys_before(given: Cells) -> list[str]:
    """What the session was known by while its time, or its day and time, were not stated yet."""
    untimed = {**given, Column.START: ""}
    undated = {**untimed, Column.DAY: ""}
    keys = dict.fromkeys((key_of(untimed), key_of(undated)))
    return [key for key in keys if key != key_of(given)]


def _letters(text: str) -> Sequence[str]:
    return [char for char in text.casefold() if char.isalnum()]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Reads cells one by one; what cannot be read becomes a reason."""

    given: Cells
    headings: Mapping[Column, str]
    reasons: list[str]

    def __call__(self, column: Column, read: Callable[[str], Any], missing: Any) -> Any:
        text = self.given.get(column, "")
        if not text:
            return missing
        try:
            return read(text)
        except cells.Unreadable as unreadable:
            self.reasons.append(
                _("“%(heading)s” says “%(text)s”. %(advice)s")
                % {
                    "heading": self.headings.get(column, column.label),
                    "text": text if len(text) <= 60 else f"{text[:60]}…",
                    "advice": unreadable,
                }
            )
            return missing


def _most(letters: int) -> Callable[[str], str]:
    return lambda text: cells.read_words(text, most=letters)


def _level(text: str) -> frozenset[Approach]:
    approaches = named_approaches(text)
    if approaches is None:
        raise cells.Unreadable(
            _("Write green (low-impact), orange (chair-based or Otago), red (FaME) or none.")
        )
    return approaches


def _cost(text: str) -> cells.Cost:
    cost = cells.read_cost(text)
    cells.read_words(cost.note, most=300)
    return cost


def _joining(text: str) -> tuple[Activity.Joining, str]:
    joining, note = cells.read_joining(text)
    return joining, cells.read_words(note, most=300)


def _is_one_day(frequency: Schedule.Frequency, starts_on: date | None, weekday: int | None) -> bool:
    return frequency == Schedule.Frequency.ONCE and starts_on is not None and weekday is None


def _remarks(given: Cells, frequency_rest: str) -> tuple[str, ...]:
    remarks = []
    if frequency_rest:
        remarks.append(_("Kept as a note: “%(text)s”.") % {"text": frequency_rest})
    if given.get(Column.DAY) and not given.get(Column.FREQUENCY):
        remarks.append(_("How often is not stated, so it is taken as every week."))
    return tuple(remarks)


def contradictions(when: "RowValues | Schedule") -> list[str]:
    """What cannot all be true of the times and dates of a row, or of a line of a timetable."""
    found = []
    if when.start_time and when.end_time and when.end_time <= when.start_time:
        found.append(
            _("It ends at %(end)s, which is not after %(start)s. Correct one of the two times.")
            % {"end": f"{when.end_time:%H:%M}", "start": f"{when.start_time:%H:%M}"}
        )
    if when.starts_on and when.ends_on and when.ends_on < when.starts_on:
        found.append(_("The last date is before the first date. Correct one of the two."))
    is_once = when.frequency == Schedule.Frequency.ONCE
    if is_once and when.starts_on is None:
        found.append(_("It happens once, so it needs the date. Write it as the first date."))
    if is_once and when.starts_on and when.weekday != when.starts_on.weekday():
        found.append(_("The date is on another day of the week. Correct the day or the date."))
    return found
