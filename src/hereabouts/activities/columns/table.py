"""One table of columns: how each is read from a file, and written into one.

Imports read by it, the template and every export are made of it, so that what an export says an
import reads back as the same. A photo is not in it: it is a file of its own, to be added by hand.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from django.db import models

from hereabouts.activities.columns import cells, choices, lists
from hereabouts.activities.columns.approaches import named_approaches, written_approaches
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import Ability, Condition, Form, Gender, Language, Purpose
from hereabouts.core.text import printable
from hereabouts.files.degrees import write_degrees
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue

Contact, Joining, Qualification = Activity.Contact, Activity.Joining, Activity.Qualification
Read: TypeAlias = Callable[[str], Any]
Write: TypeAlias = Callable[[Activity], str]
MOST_AGE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One column. `missing` is what an empty cell means.

    `fills` are the fields of the activity, or of its `of`, that it fills as it stands; none for
    what only makes sense with other columns.
    """

    read: Read
    write: Write
    missing: Any = ""
    fills: str = ""
    of: str = ""


def write(activity: Activity) -> dict[Column, str]:
    """What an export says of an activity, column by column; reads what `for_pages` fetched."""
    said = {column: _as_it_comes_back(entry.write(activity)) for column, entry in TABLE.items()}
    return said | {Column.FINGERPRINT: _fingerprint(said)}


def fill(record: Activity | Venue | Organisation, column: Column, value: Any) -> None:
    """Write the value of one column into what it fills, if it fills anything as it stands."""
    name = TABLE[column].fills if column in TABLE else ""
    if name:
        setattr(record, name, value)


def _as_it_comes_back(text: str) -> str:
    # Browsers send two characters at the end of a line, XML keeps one.
    return printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _fingerprint(said: Mapping[Column, str]) -> str:
    """A short code that is another one as soon as anything that an export says is."""
    digest = hashlib.sha256("\x1f".join(said.values()).encode()).digest()
    # Mostly letters: a spreadsheet would take many digits for a number, and write it anew.
    return base64.b32encode(digest[:10]).decode().lower()


def _of(activity: Activity, of: str) -> Any:
    return getattr(activity, of) if of else activity


def _text(fills: str, *, most: int = 0, read: Read | None = None, of: str = "") -> Entry:
    return Entry(
        read=read or partial(cells.read_words, most=most),
        write=lambda activity: str(getattr(_of(activity, of), fills, "")),
        fills=fills,
        of=of,
    )


def _choice(
    fills: str, among: type[models.TextChoices], missing: str = choices.NOT_STATED, of: str = ""
) -> Entry:
    def write_it(activity: Activity) -> str:
        record = _of(activity, of)
        return choices.write_choice(getattr(record, fills), among) if record else ""

    return Entry(
        read=partial(choices.read_choice, among=among),
        write=write_it,
        missing=missing,
        fills=fills,
        of=of,
    )


def _choices(fills: str, among: type[models.TextChoices]) -> Entry:
    return Entry(
        read=partial(choices.read_choices, among=among),
        write=lambda activity: choices.write_choices(getattr(activity, fills), among),
        missing=(),
        fills=fills,
    )


def _yes_no(fills: str, missing: bool | None = None) -> Entry:
    def write_it(activity: Activity) -> str:
        value = getattr(activity, fills)
        return choices.write_yes_no(None if value == missing else value)

    return Entry(read=choices.read_yes_no, write=write_it, missing=missing, fills=fills)


def _number(fills: str, *, most: int) -> Entry:
    def write_it(activity: Activity) -> str:
        value = getattr(activity, fills)
        return "" if value is None else str(value)

    return Entry(
        read=partial(choices.read_number, most=most), write=write_it, missing=None, fills=fills
    )


def _date(fills: str, *, read: Read = cells.read_date) -> Entry:
    return Entry(
        read=read,
        write=lambda activity: lists.write_date(getattr(activity, fills)),
        missing=None,
        fills=fills,
    )


def _own(fills: str, read: Read) -> Entry:
    """A number or address of its own, which its page shows only where it is the one to use."""
    return Entry(
        read=read,
        write=lambda activity: (
            str(getattr(activity, fills)) if activity.contact == Contact.OWN else ""
        ),
        fills=fills,
    )


def _when(read: Read, write_one: Callable[[Schedule], str], missing: Any = None) -> Entry:
    """Of the one line of a timetable; several are in a column of their own."""

    def write_it(activity: Activity) -> str:
        schedules = _timetable(activity)
        return write_one(schedules[0]) if len(schedules) == 1 else ""

    return Entry(read=read, write=write_it, missing=missing)


def _degrees(name: str) -> Entry:
    return Entry(
        read=choices.read_degrees,
        write=lambda activity: (
            write_degrees(getattr(activity.venue, name)) if activity.venue else ""
        ),
        missing=None,
    )


def _identifier(of: str = "") -> Entry:
    return Entry(
        read=choices.read_identifier,
        write=lambda activity: str(getattr(_of(activity, of), "public_id", "")),
        missing=None,
        of=of,
    )


def _timetable(activity: Activity) -> list[Schedule]:
    return sorted(activity.schedules.all(), key=lambda one: one.pk)


def _write_timetable(activity: Activity) -> str:
    schedules = _timetable(activity)
    return lists.write_timetable(schedules) if len(schedules) > 1 else ""


def _write_access(activity: Activity) -> str:
    return lists.write_access(activity.venue.access_facts.all()) if activity.venue else ""


def _read_level(text: str) -> Any:
    approaches = named_approaches(text)
    if approaches is None:
        raise cells.no_level()
    return approaches


TABLE: Mapping[Column, Entry] = {
    Column.NAME: _text("name", most=200),
    Column.ORGANISATION: _text("name", most=200, of="provider"),
    Column.VENUE: _text("name", most=200, of="venue"),
    Column.STREET: _text("street", most=200, of="venue"),
    Column.TOWN: _text("town", most=100, of="venue"),
    Column.POSTCODE: Entry(
        read=cells.read_postcode, write=lambda activity: activity.postcode, missing=None
    ),
    Column.DAY: _when(cells.read_day, lists.write_day, (None, None)),
    Column.START: _when(cells.read_time, lambda one: lists.write_time(one.start_time)),
    Column.END: _when(cells.read_time, lambda one: lists.write_time(one.end_time)),
    Column.FREQUENCY: _when(
        cells.read_frequency,
        lambda one: lists.FREQUENCY_WORDS[Schedule.Frequency(one.frequency)].lower(),
        (Schedule.Frequency.WEEKLY, ""),
    ),
    Column.FIRST_DATE: _when(cells.read_date, lambda one: lists.write_date(one.starts_on)),
    Column.LAST_DATE: _when(cells.read_date, lambda one: lists.write_date(one.ends_on)),
    Column.LEVEL: Entry(
        read=_read_level,
        write=lambda activity: written_approaches(activity.approaches),
        missing=frozenset(),
    ),
    Column.SUMMARY: _text("summary", most=300),
    Column.WHAT: _text("description", most=5000),
    Column.FOR_WHOM: _text("for_whom", most=2000),
    Column.COST: Entry(
        read=cells.read_cost,
        write=lambda activity: lists.write_price(activity.cost_pence),
        missing=cells.Cost(pence=None, note=""),
    ),
    Column.JOINING: Entry(
        read=cells.read_joining,
        write=lambda activity: choices.write_choice(activity.joining, Joining),
        missing=(Joining.NOT_STATED, ""),
    ),
    Column.PHONE: _own("phone", cells.read_phone),
    Column.EMAIL: _own("email", cells.read_email),
    Column.WEBSITE: _text("website", read=cells.read_website),
    Column.FORM: _choice("form", Form, missing=Form.SESSIONS),
    Column.KINDS: Entry(
        read=choices.split,
        write=lambda activity: choices.joined(sorted(one.name for one in activity.kinds.all())),
        missing=(),
    ),
    Column.PURPOSES: _choices("purposes", Purpose),
    Column.ADAPTED: _text("adapted", most=2000),
    Column.YOUNGEST: _number("age_from", most=MOST_AGE),
    Column.OLDEST: _number("age_to", most=MOST_AGE),
    Column.GENDER: _choice("gender", Gender),
    Column.ABILITY: _choice("ability", Ability),
    Column.CONDITIONS: _choices("conditions", Condition),
    Column.LANGUAGES: _choices("languages", Language),
    Column.CARERS: _yes_no("carers_welcome"),
    Column.LEADER: _choice("leader_qualification", Qualification),
    Column.LEADER_CONFIRMED: _date("leader_confirmed_on", read=choices.read_past_date),
    Column.COST_NOTE: Entry(
        read=partial(cells.read_words, most=300), write=lambda activity: activity.cost_note
    ),
    Column.FIRST_FREE: _yes_no("is_first_free"),
    Column.CONCESSIONS: Entry(
        read=lists.read_concessions,
        write=lambda activity: lists.write_concessions(
            sorted(activity.concessions.all(), key=lambda one: one.pk)
        ),
        missing=(),
    ),
    Column.PLACES: _number("places_per_session", most=30_000),
    Column.JOINING_NOTE: Entry(
        read=partial(cells.read_words, most=300), write=lambda activity: activity.joining_note
    ),
    Column.CONTACT: Entry(
        read=partial(choices.read_choice, among=Contact),
        write=lambda activity: choices.write_choice(activity.contact, Contact),
    ),
    Column.TIMETABLE: Entry(read=lists.read_timetable, write=_write_timetable, missing=()),
    Column.TERM_TIME: _yes_no("is_term_time_only", missing=False),
    Column.BREAKS: Entry(
        read=lists.read_breaks,
        write=lambda activity: lists.write_breaks(
            sorted(activity.breaks.all(), key=lambda one: one.pk)
        ),
        missing=(),
    ),
    Column.PAUSED_FROM: _date("paused_on"),
    Column.PAUSED_UNTIL: _date("paused_until"),
    Column.PAUSE_REASON: _text("pause_reason", most=200),
    Column.PROVIDER_PHONE: _text("phone", read=cells.read_phone, of="provider"),
    Column.PROVIDER_EMAIL: _text("email", read=cells.read_email, of="provider"),
    Column.PROVIDER_WEBSITE: _text("website", read=cells.read_website, of="provider"),
    Column.LATITUDE: _degrees("latitude"),
    Column.LONGITUDE: _degrees("longitude"),
    Column.VENUE_KIND: _choice("kind", Venue.Kind, missing=Venue.Kind.BUILDING, of="venue"),
    Column.VENUE_PHONE: _text("phone", read=cells.read_phone, of="venue"),
    Column.VENUE_EMAIL: _text("email", read=cells.read_email, of="venue"),
    Column.VENUE_WEBSITE: _text("website", read=cells.read_website, of="venue"),
    Column.GETTING_THERE: _text("getting_there", most=5000, of="venue"),
    Column.ACCESS: Entry(read=lists.read_access, write=_write_access, missing=()),
    Column.IDENTIFIER: _identifier(),
    Column.VENUE_IDENTIFIER: _identifier(of="venue"),
    Column.PROVIDER_IDENTIFIER: _identifier(of="provider"),
    # `write` has it from all the others.
    Column.FINGERPRINT: Entry(read=str, write=lambda _activity: ""),
}
