"""One row of a file: its values, or the reasons why it cannot be saved."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hereabouts.activities.columns import cells, choices
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.table import TABLE
from hereabouts.activities.levels import Approach
from hereabouts.activities.models import Activity, Schedule
from hereabouts.intake import points
from hereabouts.places.points import Point, distance_between
from hereabouts.places.postcodes import Located

Cells = Mapping[Column, str]

# What makes two rows the same session, as they are given, besides the place: its town or, where
# none is given, the first half of its postcode, or else its point.
IDENTITY = (Column.NAME, Column.ORGANISATION, Column.VENUE, Column.DAY, Column.START)
# The simple columns of people's own timetables: one day and time.
ONE_LINE = (
    *(Column.DAY, Column.START, Column.END, Column.FREQUENCY),
    *(Column.FIRST_DATE, Column.LAST_DATE),
)
MOST_NOTE = 300
# As many letters as Excel has in a cell; our own lists stay below it.
MOST_IN_A_CELL = 32_767
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


@dataclass(frozen=True, kw_only=True, slots=True)
class RowValues:
    """What a row says, read. Empty text, None and nothing in a list mean: not stated."""

    # Every column as it was read, those below too.
    read: Mapping[Column, Any]
    name: str
    organisation: str
    venue: str
    located: Located | None
    point: Point | None
    weekday: int | None
    week_of_month: int | None
    start_time: time | None
    end_time: time | None
    frequency: Schedule.Frequency
    starts_on: date | None
    ends_on: date | None
    timetable: tuple[Schedule, ...]
    approaches: frozenset[Approach]
    cost_pence: int | None
    cost_note: str
    joining: Activity.Joining
    joining_note: str
    identifier: UUID | None
    venue_identifier: UUID | None
    provider_identifier: UUID | None
    # What was understood in a way that the reader may want to look at, in sentences.
    remarks: tuple[str, ...]

    @property
    def town(self) -> str:
        """Of the venue."""
        return str(self.read[Column.TOWN])


def read_row(given: Cells, *, headings: Mapping[Column, str]) -> RowValues | list[str]:
    """The values of a row, or why it is left out: one sentence for each thing that is wrong.

    `headings` are the file's own names of the columns, for the sentences.
    """
    if given.get(Column.NAME) == EXAMPLE_NAME:
        return [_("This is the made-up example from the template. Delete it.")]
    read, reasons = _read_cells(given, headings)
    if not given.get(Column.NAME):
        reasons.append(_("There is no name. Give the activity one."))
    weekday, week_of_month = read[Column.DAY]
    frequency, rest = read[Column.FREQUENCY]
    starts_on = read[Column.FIRST_DATE]
    cost, (joining, joining_note) = read[Column.COST], read[Column.JOINING]
    point, reason = _point(read)
    located = read[Column.POSTCODE]
    found = points.postcode_near(point, given.values()) if point and not located else None
    values = RowValues(
        read=read,
        name=read[Column.NAME],
        organisation=read[Column.ORGANISATION],
        venue=_venue_name(read),
        located=located or found,
        point=point,
        weekday=starts_on.weekday() if _is_one_day(frequency, starts_on, weekday) else weekday,
        week_of_month=week_of_month,
        start_time=read[Column.START],
        end_time=read[Column.END],
        frequency=frequency,
        starts_on=starts_on,
        ends_on=read[Column.LAST_DATE],
        timetable=tuple(read[Column.TIMETABLE]),
        approaches=read[Column.LEVEL],
        cost_pence=cost.pence,
        cost_note=_both(cost.note, read[Column.COST_NOTE]),
        joining=joining,
        joining_note=_both(joining_note, read[Column.JOINING_NOTE]),
        identifier=read[Column.IDENTIFIER],
        venue_identifier=read[Column.VENUE_IDENTIFIER],
        provider_identifier=read[Column.PROVIDER_IDENTIFIER],
        remarks=(*_remarks(given, rest), *_remarks_on_place(point, located, found)),
    )
    reasons += [reason] if reason else []
    reasons += _cannot_be(values, given)
    return reasons or values


def key_of(given: Cells) -> str:
    """What the session is known by in every later import: a hash of the cells that name it.

    Case, spacing and marks do not count. Our own identifier, where the row has it, says it all.
    """
    if given.get(Column.IDENTIFIER):
        return hashlib.sha256(_same_way(given[Column.IDENTIFIER]).encode()).hexdigest()
    told = [*(given.get(column, "") for column in IDENTITY), _place_of(given)]
    if given.get(Column.TIMETABLE):
        told.append(given[Column.TIMETABLE])
    parts = ("".join(_letters(text)) for text in told)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def keys_before(given: Cells) -> list[str]:
    """What the session was known by while its time, or its day and time, were not stated yet."""
    untimed = {**given, Column.START: "", Column.TIMETABLE: ""}
    undated = {**untimed, Column.DAY: ""}
    keys = dict.fromkeys((key_of(untimed), key_of(undated)))
    return [key for key in keys if key != key_of(given)]


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


def wrong_order(
    *, ages: tuple[int | None, int | None], pause: tuple[date | None, date | None]
) -> list[str]:
    """What cannot be of the youngest and the oldest age, and of a pause's first and last day."""
    found = []
    youngest, oldest = ages
    if youngest is not None and oldest is not None and oldest < youngest:
        found.append(_("The oldest age is below the youngest. Correct one of the two."))
    first, last = pause
    if last is not None and (first is None or last < first):
        found.append(_("A pause needs its first day, and must not end before it. Correct them."))
    return found


def _read_cells(
    given: Cells, headings: Mapping[Column, str]
) -> tuple[dict[Column, Any], list[str]]:
    """Every column read, and a sentence for each cell that cannot be."""
    read, reasons = {}, []
    for column, entry in TABLE.items():
        text = given.get(column, "")
        read[column] = entry.missing
        if not text:
            continue
        try:
            read[column] = entry.read(text)
        except cells.Unreadable as unreadable:
            reasons.append(
                _("“%(heading)s” says “%(text)s”. %(advice)s")
                % {
                    "heading": headings.get(column, column.label),
                    "text": text if len(text) <= 60 else f"{text[:60]}…",
                    "advice": unreadable,
                }
            )
    return read, reasons


def _place_of(given: Cells) -> str:
    """What tells two halls of one name apart; a pin that is moved a little stays the same."""
    outcode = given.get(Column.POSTCODE, "").strip()[:-3]
    if given.get(Column.TOWN) or outcode:
        return given.get(Column.TOWN, "") or outcode
    try:
        degrees = [choices.read_degrees(given[one]) for one in (Column.LATITUDE, Column.LONGITUDE)]
    except (KeyError, cells.Unreadable):
        return ""
    return "x".join(str(round(one * 1000)) for one in degrees)


def _same_way(identifier: str) -> str:
    """An identifier as we write it, however it is written."""
    try:
        return str(choices.read_identifier(identifier))
    except cells.Unreadable:
        return identifier.strip().lower()


def _letters(text: str) -> Sequence[str]:
    return [char for char in text.casefold() if char.isalnum()]


def _point(read: Mapping[Column, Any]) -> tuple[Point | None, str]:
    """Where the pin is, or what is wrong with that."""
    latitude, longitude = read[Column.LATITUDE], read[Column.LONGITUDE]
    if latitude is None and longitude is None:
        return None, ""
    wrong = points.wrong_with(latitude=latitude, longitude=longitude)
    return (None, wrong) if wrong else (Point(latitude=latitude, longitude=longitude), "")


def _venue_name(read: Mapping[Column, Any]) -> str:
    """Of the venue; a pin without one is at what its address begins with, or is the place."""
    venue = str(read[Column.VENUE])
    if venue or read[Column.LATITUDE] is None:
        return venue
    return read[Column.STREET].split(",")[0].strip() or str(read[Column.NAME])


def _both(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(text for text in (one, other) if text))


def _is_one_day(frequency: Schedule.Frequency, starts_on: date | None, weekday: int | None) -> bool:
    return frequency == Schedule.Frequency.ONCE and starts_on is not None and weekday is None


def _remarks(given: Cells, frequency_rest: str) -> list[str]:
    remarks = []
    if frequency_rest:
        remarks.append(_("Kept as a note: “%(text)s”.") % {"text": frequency_rest})
    if given.get(Column.DAY) and not given.get(Column.FREQUENCY):
        remarks.append(_("How often is not stated, so it is taken as every week."))
    return remarks


def _remarks_on_place(
    point: Point | None, located: Located | None, found: Located | None
) -> list[str]:
    if found is not None:
        return [_("The postcode %(code)s was found in its text.") % {"code": found.postcode}]
    if point and located and distance_between(point, located.point) > FAR_KM:
        return [
            _("Its point is %(km)d km from its postcode. One of the two is probably wrong.")
            % {"km": distance_between(point, located.point)}
        ]
    return []


def _cannot_be(values: RowValues, given: Cells) -> list[str]:
    """What each cell may say, but not all of them together."""
    found = contradictions(values)
    for line in values.timetable:
        found += contradictions(line)
    if values.timetable and any(given.get(column) for column in ONE_LINE):
        found.append(_("When it happens is said twice. Keep the timetable, or the day and times."))
    read = values.read
    if any(len(note) > MOST_NOTE for note in (values.cost_note, values.joining_note)):
        found.append(_("What is said about the cost or about joining is too long. Shorten it."))
    ages = (read[Column.YOUNGEST], read[Column.OLDEST])
    return found + wrong_order(
        ages=ages, pause=(read[Column.PAUSED_FROM], read[Column.PAUSED_UNTIL])
    )
