"""One row of a file: what it says, or the reasons why it cannot be saved."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.table import TABLE
from hereabouts.activities.columns.values import ScheduleLine
from hereabouts.activities.models import Schedule
from hereabouts.imports.cells import UnreadableCell, letters_of, read_degrees, read_identifier
from hereabouts.imports.columns import parse_cells
from hereabouts.intake import points
from hereabouts.places.points import Point, distance_between
from hereabouts.places.postcodes import Located

Cells = Mapping[str, str]

# What makes two rows the same session, as they are written, besides the place: its town or, where
# none is stated, the first half of its postcode, or else its point.
IDENTITY = (Column.NAME, Column.ORGANISATION, Column.VENUE, Column.DAY, Column.START)
# The simple columns of people's own timetables: one day and time.
ONE_LINE = (
    *(Column.DAY, Column.START, Column.END, Column.FREQUENCY),
    *(Column.FIRST_DATE, Column.LAST_DATE),
)
MOST_NOTE = 300
# A pin that lies further from its postcode than this is probably in the wrong place.
FAR_KM = 5.0

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


class When(Protocol):
    """The times and dates of a row, or of a line of a timetable."""

    @property
    def frequency(self) -> str: ...
    @property
    def weekday(self) -> int | None: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def start_time(self) -> time | None: ...
    @property
    def end_time(self) -> time | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class RowValues:
    """What a row says. Empty text, None and an empty list mean: not stated.

    `values` is every column as it was read; the properties are what only several columns say
    together. `remarks` are sentences about what was understood in a way to look at.
    """

    values: Mapping[Column, Any]
    # Its postcode, or one that was found in its text.
    located: Located | None
    point: Point | None
    remarks: tuple[str, ...]

    @property
    def venue(self) -> str:
        """The venue's name; a pin without one has its address's first part, or is the place."""
        venue = str(self.values[Column.VENUE])
        if venue or self.values[Column.LATITUDE] is None:
            return venue
        street = self.values[Column.STREET].split(",")[0].strip()
        return street or str(self.values[Column.NAME])

    @property
    def line(self) -> ScheduleLine:
        """The one line that the simple columns give; what happens once may have its date's day."""
        weekday, week_of_month = self.values[Column.DAY]
        frequency, _rest = self.values[Column.FREQUENCY]
        starts_on = self.values[Column.FIRST_DATE]
        is_once = frequency == Schedule.Frequency.ONCE
        if is_once and starts_on is not None and weekday is None:
            weekday = starts_on.weekday()
        return ScheduleLine(
            frequency=frequency,
            weekday=weekday,
            week_of_month=week_of_month,
            starts_on=starts_on,
            ends_on=self.values[Column.LAST_DATE],
            start_time=self.values[Column.START],
            end_time=self.values[Column.END],
        )

    @property
    def together(self) -> dict[Column, dict[str, Any]]:
        """Column → the fields of the activity that it fills together with another column."""
        cost, (joining, note) = self.values[Column.COST], self.values[Column.JOINING]
        cost_note = _joined_notes(cost.note, self.values[Column.COST_NOTE])
        joining_note = _joined_notes(note, self.values[Column.JOINING_NOTE])
        return {
            Column.COST: {"cost_pence": cost.pence, "cost_note": cost_note},
            Column.COST_NOTE: {"cost_note": cost_note},
            Column.JOINING: {"joining": joining, "joining_note": joining_note},
            Column.JOINING_NOTE: {"joining_note": joining_note},
        }


def read_row(cells: Cells, *, headings: Mapping[str, StrOrPromise]) -> RowValues | list[str]:
    """What a row says, or why it is left out: one sentence for each mistake.

    `headings` are the file's own names of the columns, for the sentences.
    """
    if cells.get(Column.NAME) == EXAMPLE_NAME:
        return [_("This is the made-up example from the template. Delete it.")]
    values, reasons = parse_cells(
        cells, TABLE, headings={column: column.label for column in Column} | dict(headings)
    )
    if not cells.get(Column.NAME):
        reasons.append(_("There is no name. Give the activity one."))
    point, wrong = _point(values)
    stated = values[Column.POSTCODE]
    found = points.postcode_near(point, cells.values()) if point and not stated else None
    row = RowValues(
        values=values,
        located=stated or found,
        point=point,
        remarks=(*_remarks(cells, values), *_remarks_on_place(point, stated, found)),
    )
    reasons += [wrong] if wrong else []
    reasons += _contradictions_of(row, cells)
    return reasons or row


def key_of(cells: Cells) -> str:
    """What the session is known by in every later import: a hash of the cells that name it.

    Case, spacing and marks do not count. Our own identifier, where the row has it, says it all.
    """
    if cells.get(Column.IDENTIFIER):
        return hashlib.sha256(_normalised(cells[Column.IDENTIFIER]).encode()).hexdigest()
    texts = [*(cells.get(column, "") for column in IDENTITY), _place_of(cells)]
    if cells.get(Column.TIMETABLE):
        texts.append(cells[Column.TIMETABLE])
    parts = (letters_of(text) for text in texts)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def earlier_keys(cells: Cells) -> list[str]:
    """What the session was known by while its time, or its day and time, were not stated yet.

    For a row with a day and a time: the key of the same row without the time, then that without
    the day too.
    """
    untimed = {**cells, Column.START: "", Column.TIMETABLE: ""}
    undated = {**untimed, Column.DAY: ""}
    keys = dict.fromkeys((key_of(untimed), key_of(undated)))
    return [key for key in keys if key != key_of(cells)]


def contradictions(when: When) -> list[str]:
    """A sentence for each contradiction between the times and dates of a row, or of a line."""
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


def wrong_order(
    *, ages: tuple[int | None, int | None], pause: tuple[date | None, date | None]
) -> list[str]:
    """A sentence for each range that ends before it begins: of the ages, of the pause."""
    found = []
    youngest, oldest = ages
    if youngest is not None and oldest is not None and oldest < youngest:
        found.append(_("The oldest age is below the youngest. Correct one of the two."))
    first, last = pause
    if last is not None and (first is None or last < first):
        found.append(_("A pause needs its first day, and must not end before it. Correct them."))
    return found


def _place_of(cells: Cells) -> str:
    """What tells two halls of one name apart; a pin that is moved a little stays the same."""
    outcode = cells.get(Column.POSTCODE, "").strip()[:-3]
    if cells.get(Column.TOWN) or outcode:
        return cells.get(Column.TOWN, "") or outcode
    try:
        pair = [read_degrees(cells[column]) for column in (Column.LATITUDE, Column.LONGITUDE)]
    except (KeyError, UnreadableCell):
        return ""
    return "x".join(str(round(degrees * 1000)) for degrees in pair)


def _normalised(identifier: str) -> str:
    """An identifier as we write it, however it is written."""
    try:
        return str(read_identifier(identifier))
    except UnreadableCell:
        return identifier.strip().lower()


def _point(values: Mapping[Column, Any]) -> tuple[Point | None, str]:
    """Where the pin is, or what is wrong with that."""
    latitude, longitude = values[Column.LATITUDE], values[Column.LONGITUDE]
    if latitude is None and longitude is None:
        return None, ""
    wrong = points.wrong_with(latitude=latitude, longitude=longitude)
    return (None, wrong) if wrong else (Point(latitude=latitude, longitude=longitude), "")


def _joined_notes(*notes: str) -> str:
    """The notes that are not empty, each once: "tea included; bring change"."""
    return "; ".join(dict.fromkeys(note for note in notes if note))


def _remarks(cells: Cells, values: Mapping[Column, Any]) -> list[str]:
    remarks = []
    _frequency, rest = values[Column.FREQUENCY]
    if rest:
        remarks.append(_("Kept as a note: “%(text)s”.") % {"text": rest})
    if cells.get(Column.DAY) and not cells.get(Column.FREQUENCY):
        remarks.append(_("How often is not stated, so it is taken as every week."))
    return remarks


def _remarks_on_place(
    point: Point | None, stated: Located | None, found: Located | None
) -> list[str]:
    if found is not None:
        return [_("The postcode %(code)s was found in its text.") % {"code": found.postcode}]
    if point and stated and distance_between(point, stated.point) > FAR_KM:
        return [
            _("Its point is %(km)d km from its postcode. One of the two is probably wrong.")
            % {"km": distance_between(point, stated.point)}
        ]
    return []


def _contradictions_of(row: RowValues, cells: Cells) -> list[str]:
    """A sentence for each contradiction between cells that are right on their own."""
    values = row.values
    found = contradictions(row.line)
    for line in values[Column.TIMETABLE]:
        found += contradictions(line)
    if values[Column.TIMETABLE] and any(cells.get(column) for column in ONE_LINE):
        found.append(_("When it happens is said twice. Keep the timetable, or the day and times."))
    notes = (note for fields in row.together.values() for note in fields.values())
    if any(isinstance(note, str) and len(note) > MOST_NOTE for note in notes):
        found.append(_("What is said about the cost or about joining is too long. Shorten it."))
    return found + wrong_order(
        ages=(values[Column.YOUNGEST], values[Column.OLDEST]),
        pause=(values[Column.PAUSED_FROM], values[Column.PAUSED_UNTIL]),
    )
