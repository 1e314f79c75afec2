"""What becomes of each row: decided on frozen values; nothing is read or written here.

Three cases, each a function: a row about nothing that is here (`decide_new`), about an activity
that an earlier file brought (`decide_known`), and one that our own export wrote (`decide_export`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.table import TABLE
from hereabouts.activities.columns.values import ScheduleLine
from hereabouts.activities.completeness import needs
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.recurrence import time_in_words
from hereabouts.activities.recurrence.dates import weekday_of
from hereabouts.imports.changes import File, Outcome, Row
from hereabouts.imports.columns import means_another
from hereabouts.intake import filling, protection, provenance
from hereabouts.intake.changes import ActivityChange
from hereabouts.intake.known import NEW_FIELDS, ActivityValues, VenueValues
from hereabouts.intake.matching.duplicates import KnownLine
from hereabouts.intake.matching.venue_resolver import may_be_made
from hereabouts.intake.parsing import Known, ParsedRow, cells_of, parse
from hereabouts.intake.rows import RowValues, contradictions, earlier_keys, wrong_order

State = Activity.State


class Described(NamedTuple):
    """The values of an activity that decide whether residents could really go."""

    name: str
    form: str
    venue: VenueValues | None


def decide(row: Row, known: Known) -> ActivityChange:
    """What becomes of one row."""
    parsed = parse(row, known)
    if not isinstance(parsed, ParsedRow):
        return leave_out(row, parsed, file=known.file)
    if parsed.key in known.rows_by_key:
        return _same_session(parsed, known.rows_by_key[parsed.key])
    known.rows_by_key[parsed.key] = row.number
    was = _activity_meant(parsed, known)
    if was is None:
        return decide_new(parsed, known)
    # Of two rows about one activity, one may name it by its identifier.
    if was.pk in known.rows_by_activity:
        return _same_session(parsed, known.rows_by_activity[was.pk])
    known.rows_by_activity[was.pk] = row.number
    is_export = was.public_id == parsed.identifier
    return (decide_export if is_export else decide_known)(parsed, was, known)


def decide_new(parsed: ParsedRow, known: Known) -> ActivityChange:
    """An activity that is not here yet: published when it has everything, else a draft."""
    values = parsed.values
    fields = filling.filled(NEW_FIELDS, values, columns=Column)
    schedules = _new_timetable(parsed)
    venue = known.venues.resolve(values, choice=parsed.row.choice)
    may_make_venue = may_be_made(values)
    missing = _needs(fields, venue, schedules, may_make_venue=may_make_venue)
    duplicate = _likely_duplicate(parsed, venue, schedules, known)
    if duplicate:
        # Residents would see one class twice, so a person looks before they do.
        missing = (*missing, _("Somebody to say whether it is here already."))
    return ActivityChange(
        outcome=Outcome.DRAFT if missing else Outcome.PUBLISHED,
        remarks=(*values.remarks, *([_remark_on(*duplicate)] if duplicate else [])),
        needs=missing,
        cells=parsed.cells,
        fields=fields,
        schedules=schedules,
        venue=venue,
        provider=known.providers.resolve(values),
        public_id=parsed.identifier,
        import_key=parsed.key,
        imported_values=parsed.remembered,
        may_make_venue=may_make_venue,
        publishes=not missing,
        **filling.details(values, parsed.kinds, columns=Column),
    )


def decide_known(parsed: ParsedRow, was: ActivityValues, known: Known) -> ActivityChange:
    """An activity of an earlier import: only what the row says anew; all else is the staff's."""
    if not provenance.says_something_new(was=was.imported_values, now=parsed.remembered):
        return _unchanged(parsed, was)
    columns = provenance.changed_columns(was=was.imported_values, now=parsed.remembered)
    return _changed(parsed, was, columns, known)


def decide_export(parsed: ParsedRow, was: ActivityValues, known: Known) -> ActivityChange:
    """A row that our own export wrote: what differs from what it would write now."""
    if not provenance.says_something_new(was=was.imported_values, now=parsed.remembered):
        return _unchanged(parsed, was)
    values = parsed.values.values
    columns = frozenset(
        column
        for column, text in was.cells.items()
        if column != Column.FINGERPRINT
        and parsed.cells.get(column, text) != text
        and means_another(TABLE[column], text, values[column])
    )
    return _changed(parsed, was, columns, known) if columns else _unchanged(parsed, was)


def leave_out(row: Row, reasons: Sequence[str], *, file: File | None = None) -> ActivityChange:
    """A row that cannot be taken in."""
    cells = cells_of(row, file) if file else row.by_column
    return ActivityChange(outcome=Outcome.REJECTED, reasons=tuple(reasons), cells=cells)


def _changed(
    parsed: ParsedRow, was: ActivityValues, columns: frozenset[Column], known: Known
) -> ActivityChange:
    """The activity with what the row says in these columns, but for what is protected."""
    if columns and protection.is_stale_export(parsed.cells, was):
        return _left_out(
            parsed,
            _(
                "It is not here any more as it was when this file was exported. Export it again, "
                "and make your change in the new file."
            ),
        )
    moved = _moved(parsed, was, columns, known)
    protected = protection.protected_columns(
        columns,
        parsed.cells,
        parsed.values,
        was=was,
        venue=moved.venue,
        provider=moved.provider,
    )
    columns -= protected
    remarks = [*parsed.values.remarks, *protection.explain_protected(protected)]
    if protected and not columns:
        return _unchanged(parsed, moved, remarks=remarks)
    if columns and protection.has_unknown_age(parsed.cells, parsed.values):
        remarks.append(protection.explain_overwriting(columns))
    return _filled(parsed, was, moved, columns, remarks)


def _filled(
    parsed: ParsedRow,
    was: ActivityValues,
    moved: ActivityValues,
    columns: frozenset[Column],
    remarks: Sequence[str],
) -> ActivityChange:
    """The new values of an activity that is here, unless they cannot be."""
    fields = filling.filled(was.fields, parsed.values, columns=columns)
    schedules = filling.filled_timetable(was.schedules, parsed.values, columns=columns)
    wrong = [reason for line in schedules for reason in contradictions(line)]
    # The other age, or the other day of the pause, may be one that staff gave.
    wrong += wrong_order(
        ages=(fields["age_from"], fields["age_to"]),
        pause=(fields["paused_on"], fields["paused_until"]),
    )
    lacks = _needs(fields, moved.venue, schedules)
    # Residents see it as it is; the file alone must not take from them what they need.
    if wrong or (lacks and was.state == State.PUBLISHED):
        return _left_out(parsed, *(wrong or lacks))
    lacked = _needs(was.fields, was.venue, was.schedules)
    # An export of an activity that came in another file is compared with that file again.
    is_remembered = was.public_id != parsed.identifier or was.import_key == parsed.key
    makes_venue = bool(columns & protection.VENUE_COLUMNS) and may_be_made(parsed.values)
    return ActivityChange(
        outcome=Outcome.UPDATED,
        remarks=tuple(remarks),
        needs=lacks,
        changed=frozenset(columns),
        record_id=was.pk,
        cells=parsed.cells,
        was=was,
        fields=fields,
        schedules=schedules,
        venue=moved.venue,
        provider=moved.provider,
        import_key=was.import_key,
        imported_values=parsed.remembered if is_remembered else was.imported_values,
        may_make_venue=makes_venue,
        # A complete draft is one on purpose; one that this file completes is not.
        publishes=was.state == State.DRAFT and bool(lacked) and not lacks,
        **filling.details(parsed.values, parsed.kinds, columns=columns),
    )


def _moved(
    parsed: ParsedRow, was: ActivityValues, columns: frozenset[Column], known: Known
) -> ActivityValues:
    """The activity with the venue and the organisation that the row says anew."""
    venue, provider = was.venue, was.provider
    if columns & protection.VENUE_COLUMNS:
        # A venue that staff gave it stays until the file names one that can be found.
        venue = known.venues.resolve(parsed.values, choice=parsed.row.choice) or venue
    # In a row without our identifier, another organisation would be another activity.
    is_export = was.public_id == parsed.identifier
    if is_export and columns & protection.PROVIDER_COLUMNS:
        provider = known.providers.resolve(
            parsed.values, is_by_name=Column.PROVIDER_IDENTIFIER not in columns
        )
    return replace(was, venue=venue, provider=provider)


def _activity_meant(parsed: ParsedRow, known: Known) -> ActivityValues | None:
    """The activity that the row is about: by our identifier, its key, or an earlier key."""
    named = known.by_identifier.get(parsed.identifier) if parsed.identifier else None
    return named or known.by_key.get(parsed.key) or _earlier_draft_for(parsed, known)


def _earlier_draft_for(parsed: ParsedRow, known: Known) -> ActivityValues | None:
    """The activity of an earlier import that did not say when, and that this row is about.

    It still is a draft, or staff have given it this very time meanwhile.
    """
    for key in earlier_keys(parsed.cells):
        activity = known.by_key.get(key)
        if activity is None or key in known.keys or not _may_be_at(activity, parsed.values):
            continue
        # Two rows cannot both be what had no time.
        del known.by_key[key]
        return replace(activity, import_key=parsed.key)
    return None


def _may_be_at(activity: ActivityValues, row: RowValues) -> bool:
    if activity.state == State.DRAFT:
        return True
    return any(
        (line.weekday, line.start_time) == (row.line.weekday, row.line.start_time)
        for line in activity.schedules
    )


def _new_timetable(parsed: ParsedRow) -> tuple[ScheduleLine, ...]:
    lines: tuple[ScheduleLine, ...] = parsed.values.values[Column.TIMETABLE]
    says_when = any(parsed.cells.get(column) for column in filling.LINE_FIELDS)
    return lines or ((parsed.values.line,) if says_when else ())


def _needs(
    fields: Mapping[str, Any],
    venue: VenueValues | None,
    schedules: Sequence[ScheduleLine],
    *,
    may_make_venue: bool = False,
) -> tuple[str, ...]:
    described = Described(name=fields["name"], form=fields["form"], venue=venue)
    return tuple(needs(described, schedules, may_make_venue=may_make_venue))


def _likely_duplicate(
    parsed: ParsedRow,
    venue: VenueValues | None,
    schedules: Sequence[ScheduleLine],
    known: Known,
) -> tuple[KnownLine, ScheduleLine] | None:
    # An identifier says that it is another one.
    if parsed.identifier:
        return None
    return known.duplicates.likely_duplicate(
        name=parsed.values.values[Column.NAME],
        venue_id=venue.pk if venue else None,
        schedules=schedules,
    )


def _remark_on(duplicate: KnownLine, line: ScheduleLine) -> str:
    weekday = weekday_of(line)
    # Without a day nothing is alike.
    assert weekday is not None
    return _(
        "There is one like this already: %(name)s, %(venue)s, %(when)s. If it is the same, leave "
        "this row out."
    ) % {
        "name": duplicate.name,
        "venue": duplicate.venue,
        "when": f"{Schedule.Weekday(weekday).label} {time_in_words(line.start_time, None)}",
    }


def _unchanged(
    parsed: ParsedRow, was: ActivityValues, *, remarks: Sequence[str] = ()
) -> ActivityChange:
    return ActivityChange(
        outcome=Outcome.UNCHANGED,
        remarks=tuple(remarks),
        record_id=was.pk,
        cells=parsed.cells,
        was=was,
        fields=was.fields,
        venue=was.venue,
    )


def _same_session(parsed: ParsedRow, number: int) -> ActivityChange:
    return _left_out(parsed, _("This is the same session as row %(number)s.") % {"number": number})


def _left_out(parsed: ParsedRow, *reasons: str) -> ActivityChange:
    return ActivityChange(outcome=Outcome.REJECTED, reasons=reasons, cells=parsed.cells)
