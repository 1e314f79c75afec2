"""What a row says, filled into an activity's fields and timetable: values in, values out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.values import ScheduleLine
from hereabouts.activities.levels import Approach, level_for
from hereabouts.activities.models import Activity
from hereabouts.intake.rows import RowValues

LINE_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.DAY: ("weekday", "week_of_month"),
    Column.START: ("start_time",),
    Column.END: ("end_time",),
    Column.FREQUENCY: ("frequency",),
    # What happens once may have its day from its date.
    Column.FIRST_DATE: ("starts_on", "weekday"),
    Column.LAST_DATE: ("ends_on",),
}
APPROACH_FIELDS: Mapping[Approach, str] = {
    Approach.LOW_IMPACT: "is_low_impact",
    Approach.CHAIR_BASED: "is_chair_based",
    Approach.OTAGO: "follows_otago",
    Approach.FAME: "is_fame",
}
OF_ACTIVITIES = table.of_owner("")


def filled(
    fields: Mapping[str, Any], row: RowValues, *, columns: Collection[Column]
) -> dict[str, Any]:
    """The activity's fields with what the row says in these columns.

    Whom to ask changes with its own number only where nobody chose somebody else.
    """
    usual_before = _usual_contact(fields)
    new = dict(fields)
    for column in columns:
        if column in OF_ACTIVITIES:
            new |= table.fields("", {column: row.values[column]})
        new |= row.together.get(column, {})
    if Column.LEVEL in columns:
        new |= _level_fields(row)
    if Column.CONTACT in columns or fields["contact"] == usual_before:
        contact = row.values[Column.CONTACT] if Column.CONTACT in columns else None
        new["contact"] = contact or _usual_contact(new)
    return new


def filled_timetable(
    schedules: Sequence[ScheduleLine], row: RowValues, *, columns: Collection[Column]
) -> tuple[ScheduleLine, ...]:
    """The lines of the timetable as the row leaves them; an emptied line goes.

    A timetable of several lines is all in the row; else the simple columns fill the first line.
    """
    if Column.TIMETABLE in columns:
        schedules = row.values[Column.TIMETABLE]
    if not schedules and not LINE_FIELDS.keys().isdisjoint(columns):
        schedules = (ScheduleLine(),)
    if schedules and not row.values[Column.TIMETABLE]:
        line, *others = schedules
        names = [name for column in columns for name in LINE_FIELDS.get(column, ())]
        line = replace(line, **{name: getattr(row.line, name) for name in names})
        schedules = (line, *others)
    return tuple(line for line in schedules if _says_when(line))


def details(
    row: RowValues, kinds: tuple[int, ...], *, columns: Collection[Column]
) -> dict[str, Any]:
    """What is kept in rows of its own, where the row says it anew, by the names of a change."""
    values = row.values
    stated = {
        "kinds": (Column.KINDS, kinds),
        "breaks": (Column.BREAKS, values[Column.BREAKS]),
        "concessions": (Column.CONCESSIONS, values[Column.CONCESSIONS]),
        "observations": (Column.ACCESS, values[Column.ACCESS]),
    }
    return {name: value for name, (column, value) in stated.items() if column in columns}


def _level_fields(row: RowValues) -> dict[str, Any]:
    approaches = row.values[Column.LEVEL]
    ticked = {field: approach in approaches for approach, field in APPROACH_FIELDS.items()}
    return ticked | {"level": level_for(approaches)}


def _usual_contact(fields: Mapping[str, Any]) -> Activity.Contact:
    """Whom to ask where nobody said: the activity's own number, if it has one."""
    has_own = bool(fields["phone"] or fields["email"])
    return Activity.Contact.OWN if has_own else Activity.Contact.PROVIDER


def _says_when(line: ScheduleLine) -> bool:
    """Is there anything in a line of a timetable? One whose cells are all emptied goes."""
    stated = (line.weekday, line.starts_on, line.start_time, line.end_time)
    return any(value is not None for value in stated)
