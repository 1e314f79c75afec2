"""One table of columns: how each is read from a file, and written into one.

Imports read by it, the template and every export are made of it, so that what an export says an
import reads back as the same. A photo is not in it: it is a file of its own, to be added by hand.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from django.db import models

from hereabouts.activities.columns import cells, lists
from hereabouts.activities.columns.approaches import named_approaches, written_approaches
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import Ability, Condition, Form, Gender, Language, Purpose
from hereabouts.files.degrees import write_degrees
from hereabouts.imports.cells import (
    NOT_STATED,
    joined,
    read_choice,
    read_choices,
    read_date,
    read_degrees,
    read_email,
    read_identifier,
    read_number,
    read_past_date,
    read_phone,
    read_website,
    read_words,
    read_yes_no,
    split,
    write_choice,
    write_choices,
    write_yes_no,
)
from hereabouts.imports.columns import ColumnSpec, fingerprint, format_cells
from hereabouts.places.models import Venue

Contact, Joining, Qualification = Activity.Contact, Activity.Joining, Activity.Qualification
Parse: TypeAlias = Callable[[str], Any]
Spec: TypeAlias = ColumnSpec[Activity]
MOST_AGE = 120


def write(activity: Activity) -> dict[Column, str]:
    """What an export says of an activity, column by column; reads what `for_pages` fetched."""
    texts = format_cells(activity, TABLE)
    return texts | {Column.FINGERPRINT: fingerprint(texts)}


def of_owner(owner: str) -> frozenset[Column]:
    """The columns about the activity itself (""), its "venue" or its "provider"."""
    return frozenset(column for column, spec in TABLE.items() if spec.owner == owner)


def fields(owner: str, values: Mapping[Column, Any]) -> dict[str, Any]:
    """Field → value, as a row's `values` fill the fields of that owner as they stand."""
    return {
        spec.field: values[column]
        for column, spec in TABLE.items()
        if spec.field and spec.owner == owner and column in values
    }


def _of(activity: Activity, owner: str) -> Any:
    return getattr(activity, owner) if owner else activity


def _text(field: str, *, most: int = 0, parse: Parse | None = None, owner: str = "") -> Spec:
    return ColumnSpec(
        parse=parse or partial(read_words, most=most),
        format=lambda activity: str(getattr(_of(activity, owner), field, "")),
        field=field,
        owner=owner,
    )


def _choice(
    field: str, among: type[models.TextChoices], empty: str = NOT_STATED, owner: str = ""
) -> Spec:
    def format_value(activity: Activity) -> str:
        record = _of(activity, owner)
        return write_choice(getattr(record, field), among) if record else ""

    return ColumnSpec(
        parse=partial(read_choice, among=among),
        format=format_value,
        empty=empty,
        field=field,
        owner=owner,
    )


def _choices(field: str, among: type[models.TextChoices]) -> Spec:
    return ColumnSpec(
        parse=partial(read_choices, among=among),
        format=lambda activity: write_choices(getattr(activity, field), among),
        empty=(),
        field=field,
    )


def _yes_no(field: str, empty: bool | None = None) -> Spec:
    def format_value(activity: Activity) -> str:
        value = getattr(activity, field)
        return write_yes_no(None if value == empty else value)

    return ColumnSpec(parse=read_yes_no, format=format_value, empty=empty, field=field)


def _number(field: str, *, most: int) -> Spec:
    def format_value(activity: Activity) -> str:
        value = getattr(activity, field)
        return "" if value is None else str(value)

    return ColumnSpec(
        parse=partial(read_number, most=most), format=format_value, empty=None, field=field
    )


def _date(field: str, *, parse: Parse = read_date) -> Spec:
    return ColumnSpec(
        parse=parse,
        format=lambda activity: lists.write_date(getattr(activity, field)),
        empty=None,
        field=field,
    )


def _own(field: str, parse: Parse) -> Spec:
    """A column of the activity's own phone or e-mail; empty where another is to be asked."""
    return ColumnSpec(
        parse=parse,
        format=lambda activity: (
            str(getattr(activity, field)) if activity.contact == Contact.OWN else ""
        ),
        field=field,
    )


def _when(parse: Parse, format_line: Callable[[Schedule], str], empty: Any = None) -> Spec:
    """A column of a timetable with one line; several lines are in `TIMETABLE`."""

    def format_value(activity: Activity) -> str:
        schedules = _timetable(activity)
        return format_line(schedules[0]) if len(schedules) == 1 else ""

    return ColumnSpec(parse=parse, format=format_value, empty=empty)


def _degrees(field: str) -> Spec:
    return ColumnSpec(
        parse=read_degrees,
        format=lambda activity: (
            write_degrees(getattr(activity.venue, field)) if activity.venue else ""
        ),
        empty=None,
    )


def _identifier(owner: str = "") -> Spec:
    return ColumnSpec(
        parse=read_identifier,
        format=lambda activity: str(getattr(_of(activity, owner), "public_id", "")),
        empty=None,
        owner=owner,
    )


def _timetable(activity: Activity) -> list[Schedule]:
    return sorted(activity.schedules.all(), key=lambda schedule: schedule.pk)


def _format_timetable(activity: Activity) -> str:
    schedules = _timetable(activity)
    return lists.write_timetable(schedules) if len(schedules) > 1 else ""


def _format_access(activity: Activity) -> str:
    return lists.write_access(activity.venue.access_facts.all()) if activity.venue else ""


def _parse_level(text: str) -> Any:
    approaches = named_approaches(text)
    if approaches is None:
        raise cells.level_error()
    return approaches


TABLE: Mapping[Column, Spec] = {
    Column.NAME: _text("name", most=200),
    Column.ORGANISATION: _text("name", most=200, owner="provider"),
    Column.VENUE: _text("name", most=200, owner="venue"),
    Column.STREET: _text("street", most=200, owner="venue"),
    Column.TOWN: _text("town", most=100, owner="venue"),
    Column.POSTCODE: ColumnSpec(
        parse=cells.read_postcode, format=lambda activity: activity.postcode, empty=None
    ),
    Column.DAY: _when(cells.read_day, lists.write_day, (None, None)),
    Column.START: _when(cells.read_time, lambda line: lists.write_time(line.start_time)),
    Column.END: _when(cells.read_time, lambda line: lists.write_time(line.end_time)),
    Column.FREQUENCY: _when(
        cells.read_frequency,
        lambda line: lists.FREQUENCY_WORDS[Schedule.Frequency(line.frequency)].lower(),
        (Schedule.Frequency.WEEKLY, ""),
    ),
    Column.FIRST_DATE: _when(read_date, lambda line: lists.write_date(line.starts_on)),
    Column.LAST_DATE: _when(read_date, lambda line: lists.write_date(line.ends_on)),
    Column.LEVEL: ColumnSpec(
        parse=_parse_level,
        format=lambda activity: written_approaches(activity.approaches),
        empty=frozenset(),
    ),
    Column.SUMMARY: _text("summary", most=300),
    Column.WHAT: _text("description", most=5000),
    Column.FOR_WHOM: _text("for_whom", most=2000),
    Column.COST: ColumnSpec(
        parse=cells.read_cost,
        format=lambda activity: lists.write_price(activity.cost_pence),
        empty=cells.Cost(pence=None, note=""),
    ),
    Column.JOINING: ColumnSpec(
        parse=cells.read_joining,
        format=lambda activity: write_choice(activity.joining, Joining),
        empty=(Joining.NOT_STATED, ""),
    ),
    Column.PHONE: _own("phone", read_phone),
    Column.EMAIL: _own("email", read_email),
    Column.WEBSITE: _text("website", parse=read_website),
    Column.FORM: _choice("form", Form, empty=Form.SESSIONS),
    Column.KINDS: ColumnSpec(
        parse=split,
        format=lambda activity: joined(sorted(kind.name for kind in activity.kinds.all())),
        empty=(),
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
    Column.LEADER_CONFIRMED: _date("leader_confirmed_on", parse=read_past_date),
    Column.COST_NOTE: ColumnSpec(
        parse=partial(read_words, most=300), format=lambda activity: activity.cost_note
    ),
    Column.FIRST_FREE: _yes_no("is_first_free"),
    Column.CONCESSIONS: ColumnSpec(
        parse=lists.read_concessions,
        format=lambda activity: lists.write_concessions(
            sorted(activity.concessions.all(), key=lambda price: price.pk)
        ),
        empty=(),
    ),
    Column.PLACES: _number("places_per_session", most=30_000),
    Column.JOINING_NOTE: ColumnSpec(
        parse=partial(read_words, most=300), format=lambda activity: activity.joining_note
    ),
    Column.CONTACT: ColumnSpec(
        parse=partial(read_choice, among=Contact),
        format=lambda activity: write_choice(activity.contact, Contact),
    ),
    Column.TIMETABLE: ColumnSpec(parse=lists.read_timetable, format=_format_timetable, empty=()),
    Column.TERM_TIME: _yes_no("is_term_time_only", empty=False),
    Column.BREAKS: ColumnSpec(
        parse=lists.read_breaks,
        format=lambda activity: lists.write_breaks(
            sorted(activity.breaks.all(), key=lambda line: line.pk)
        ),
        empty=(),
    ),
    Column.PAUSED_FROM: _date("paused_on"),
    Column.PAUSED_UNTIL: _date("paused_until"),
    Column.PAUSE_REASON: _text("pause_reason", most=200),
    Column.PROVIDER_PHONE: _text("phone", parse=read_phone, owner="provider"),
    Column.PROVIDER_EMAIL: _text("email", parse=read_email, owner="provider"),
    Column.PROVIDER_WEBSITE: _text("website", parse=read_website, owner="provider"),
    Column.LATITUDE: _degrees("latitude"),
    Column.LONGITUDE: _degrees("longitude"),
    Column.VENUE_KIND: _choice("kind", Venue.Kind, empty=Venue.Kind.BUILDING, owner="venue"),
    Column.VENUE_PHONE: _text("phone", parse=read_phone, owner="venue"),
    Column.VENUE_EMAIL: _text("email", parse=read_email, owner="venue"),
    Column.VENUE_WEBSITE: _text("website", parse=read_website, owner="venue"),
    Column.GETTING_THERE: _text("getting_there", most=5000, owner="venue"),
    Column.ACCESS: ColumnSpec(parse=lists.read_access, format=_format_access, empty=()),
    Column.IDENTIFIER: _identifier(),
    Column.VENUE_IDENTIFIER: _identifier(owner="venue"),
    Column.PROVIDER_IDENTIFIER: _identifier(owner="provider"),
    # `write` adds it, from all the others.
    Column.FINGERPRINT: ColumnSpec(parse=str, format=lambda _activity: ""),
}
