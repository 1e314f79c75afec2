"""What a row says, written into an activity and what belongs to it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.levels import Approach, level_for
from hereabouts.activities.models import Activity, Kind, Schedule
from hereabouts.intake.rows import RowValues

# What only together says something: column → what is filled, under the same names in `RowValues`.
TOGETHER: Mapping[Column, tuple[str, ...]] = {
    Column.COST: ("cost_pence", "cost_note"),
    Column.COST_NOTE: ("cost_note",),
    Column.JOINING: ("joining", "joining_note"),
    Column.JOINING_NOTE: ("joining_note",),
}
SCHEDULE_FIELDS: Mapping[Column, tuple[str, ...]] = {
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
OF_ACTIVITIES = frozenset(column for column, entry in table.TABLE.items() if not entry.of)


def fill(
    activity: Activity,
    schedules: Sequence[Schedule],
    values: RowValues,
    *,
    columns: Collection[Column],
) -> None:
    """Write what the row says in these columns into the activity and its first timetable line.

    Whom to ask changes with its own number only where nobody chose somebody else.
    """
    usual_before = _usual_contact(activity)
    for column in columns:
        if column in OF_ACTIVITIES:
            table.fill(activity, column, values.read[column])
        for field in TOGETHER.get(column, ()):
            setattr(activity, field, getattr(values, field))
        if not values.timetable:
            _fill_line(schedules, column, values)
    if Column.LEVEL in columns:
        _fill_level(activity, values)
    if Column.CONTACT in columns or activity.contact == usual_before:
        said = values.read[Column.CONTACT] if Column.CONTACT in columns else None
        activity.contact = said or _usual_contact(activity)


def timetable(
    saved: tuple[Schedule, ...], values: RowValues, columns: Collection[Column]
) -> tuple[Schedule, ...]:
    """The lines that the row leaves, to be filled where it gives a day and times."""
    if Column.TIMETABLE in columns:
        # Without a timetable of several lines there is one, if any, and it is all in the row.
        saved = values.timetable
    if not saved and not SCHEDULE_FIELDS.keys().isdisjoint(columns):
        return (Schedule(),)
    return saved


def says_when(schedule: Schedule) -> bool:
    """Is there anything in a line of a timetable? One whose cells are all emptied goes."""
    said = (schedule.weekday, schedule.starts_on, schedule.start_time, schedule.end_time)
    return any(one is not None for one in said)


def belongings(
    values: RowValues, kinds: tuple[Kind, ...], *, columns: Collection[Column]
) -> dict[str, Any]:
    """What belongs to an activity and is kept in rows of its own, where the row says it anew."""
    read = values.read
    said = {
        "kinds": (Column.KINDS, kinds),
        "breaks": (Column.BREAKS, tuple(read[Column.BREAKS])),
        "concessions": (Column.CONCESSIONS, tuple(read[Column.CONCESSIONS])),
        "seen": (Column.ACCESS, tuple(read[Column.ACCESS])),
    }
    return {name: value for name, (column, value) in said.items() if column in columns}


def _fill_level(activity: Activity, values: RowValues) -> None:
    for approach, field in APPROACH_FIELDS.items():
        setattr(activity, field, approach in values.approaches)
    activity.level = level_for(activity.approaches)


def _usual_contact(activity: Activity) -> Activity.Contact:
    """Whom to ask where nobody said: the activity's own number, if it has one."""
    has_own = bool(activity.phone or activity.email)
    return Activity.Contact.OWN if has_own else Activity.Contact.PROVIDER


def _fill_line(schedules: Sequence[Schedule], column: Column, values: RowValues) -> None:
    for field in SCHEDULE_FIELDS.get(column, ()):
        for schedule in schedules[:1]:
            setattr(schedule, field, getattr(values, field))
