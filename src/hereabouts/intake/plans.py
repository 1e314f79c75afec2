"""What saving an import would do, row by row: the preview shows it, the action carries it out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.lists import Seen
from hereabouts.activities.columns.reserved import BEYOND
from hereabouts.activities.completeness import needs
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.recurrence import time_in_words
from hereabouts.activities.recurrence.dates import weekday_of
from hereabouts.intake import changes, filling, provenance
from hereabouts.intake.matching import pins
from hereabouts.intake.matching.duplicates import Line, Twins
from hereabouts.intake.matching.kinds import KindIndex
from hereabouts.intake.matching.providers import Providers
from hereabouts.intake.matching.sites import Sites, may_be_made
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.intake.rows import (
    MOST_IN_A_CELL,
    Cells,
    RowValues,
    contradictions,
    key_of,
    keys_before,
    read_row,
    wrong_order,
)

Outcome = ImportRow.Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRow:
    """What becomes of one row. `activity` and what belongs to it are as they would be saved.

    Its venue and organisation may be new ones, not saved yet, shared between rows. None of what
    belongs to it means that the row says nothing new of that.
    """

    row: ImportRow
    outcome: ImportRow.Outcome
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    # Of an activity that we have: the columns that say something new of it.
    changed: frozenset[Column] = frozenset()
    given: Cells
    # Only for a row that can be saved.
    activity: Activity | None = None
    schedules: tuple[Schedule, ...] = ()
    kinds: tuple[Kind, ...] | None = None
    breaks: tuple[Break, ...] | None = None
    concessions: tuple[Concession, ...] | None = None
    # What somebody saw at its venue.
    seen: tuple[Seen, ...] = ()
    # It is known where its venue is and what it is called, so a new one could be made of it.
    may_make_venue: bool = False
    # Residents will see it, who do not now.
    publishes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What we have already that rows may mean: by the key of an earlier import, or identified."""

    by_key: Mapping[str, Activity]
    by_identifier: Mapping[UUID, Activity]
    sites: Sites
    kinds: KindIndex
    providers: Providers
    twins: Twins


class Planner:
    """Decides row by row; remembers what earlier rows of the file said.

    `keys` are those of all rows of the file.
    """

    def __init__(self, *, batch: ImportBatch, keys: Collection[str], known: Known) -> None:
        self._batch = batch
        self._known = dict(known.by_key)
        self._by_identifier = known.by_identifier
        self._keys = keys
        self._sites = known.sites
        self._kinds = known.kinds
        self._providers = known.providers
        self._twins = known.twins
        # Row numbers, by the row's key and by the activity that it is about.
        self._seen: dict[str, int] = {}
        self._seen_of: dict[int, int] = {}
        self._headings = {Column(column): heading for heading, column in batch.columns.items()}

    def plan(self, row: ImportRow) -> PlannedRow:
        """What becomes of `row`."""
        cells = cells_of(self._batch, row)
        values = self._read(row, cells)
        if not isinstance(values, RowValues):
            return _left_out(row, cells, values)
        kinds = self._kinds.find(values.read[Column.KINDS])
        if isinstance(kinds, str):
            return _left_out(row, cells, [kinds])
        key = key_of(cells)
        if key in self._seen:
            return _same_session(row, cells, as_row=self._seen[key])
        self._seen[key] = row.number
        told = _Told(row=row, cells=cells, values=values, kinds=kinds, key=key)
        activity = (
            self._by_identifier.get(values.identifier) if values.identifier else None
        ) or self._known.get(key)
        activity = activity or self._known_before(cells, values)
        if activity is None:
            return self._plan_new(told)
        # Of two rows about one activity, one may name it by its identifier.
        if activity.pk in self._seen_of:
            return _same_session(row, cells, as_row=self._seen_of[activity.pk])
        self._seen_of[activity.pk] = row.number
        return self._plan_known(told, activity)

    def _known_before(self, cells: Cells, values: RowValues) -> Activity | None:
        """The activity of an earlier import that did not say when, and that this row is about.

        It still is a draft, or staff have given it this very time meanwhile.
        """
        for key in keys_before(cells):
            activity = self._known.get(key)
            if activity is None or key in self._keys or not _may_be_at(activity, values):
                continue
            # Two rows cannot both be what had no time.
            del self._known[key]
            activity.import_key = key_of(cells)
            return activity
        return None

    def _read(self, row: ImportRow, cells: Cells) -> RowValues | list[str]:
        if len(row.cells) > len(self._batch.headings):
            return [
                _(
                    "The row has %(cells)s cells but there are %(headings)s headings. Perhaps a "
                    "text with a comma in it lacks its quotation marks."
                )
                % {"cells": len(row.cells), "headings": len(self._batch.headings)}
            ]
        misplaced = [
            _(
                "There is text below “%(heading)s”. Perhaps a text with a comma in it lacks its "
                "quotation marks. Move each text below its own heading, and empty this cell."
            )
            % {"heading": heading}
            for heading, cell in zip(self._batch.headings, row.cells, strict=True)
            if cell and heading.startswith(BEYOND)
        ]
        if misplaced:
            return misplaced
        too_long = [
            _("“%(heading)s” has more than 32,767 letters. Shorten it.") % {"heading": heading}
            for heading, cell in zip(self._batch.headings, row.cells, strict=True)
            if len(cell) > MOST_IN_A_CELL
        ]
        if too_long:
            return too_long
        colour = cells.get(Column.PIN, "")
        if self._batch.colours.get(colour) == pins.Meaning.LEAVE_OUT:
            return [
                _("%(colour)s pins (%(code)s) are left out, as chosen.")
                % {"colour": pins.name_of(colour), "code": colour}
            ]
        return read_row(cells, headings=self._headings)

    def _remembered(self, told: "_Told") -> dict[str, Any]:
        return provenance.remember(
            headings=self._batch.headings,
            cells=told.row.cells,
            columns=self._batch.columns,
            level_of_pin=_level_of_pin(self._batch, _as_given(self._batch, told.row)),
        )

    def _plan_new(self, told: "_Told") -> PlannedRow:
        values = told.values
        activity = Activity(import_key=told.key, imported_values=self._remembered(told))
        if values.identifier:
            activity.public_id = values.identifier
        says_when = any(told.cells.get(column) for column in filling.SCHEDULE_FIELDS)
        schedules = values.timetable or ((Schedule(),) if says_when else ())
        filling.fill(activity, schedules, values, columns=Column)
        activity.provider = self._providers.provider_of(values)
        activity.venue = self._sites.venue_of(told.row, values)
        may_make_venue = may_be_made(values)
        missing = tuple(needs(activity, schedules, may_make_venue=may_make_venue))
        # An identifier says that it is another one.
        twin = None if values.identifier else self._twins.twin_of(activity, schedules)
        if twin:
            # Residents would see one class twice, so a person looks before they do.
            missing = (*missing, _("Somebody to say whether it is here already."))
        return PlannedRow(
            row=told.row,
            outcome=Outcome.DRAFT if missing else Outcome.PUBLISHED,
            remarks=(*values.remarks, *([_remark_on(*twin)] if twin else [])),
            needs=missing,
            given=told.cells,
            activity=activity,
            schedules=schedules,
            may_make_venue=may_make_venue,
            publishes=not missing,
            **filling.belongings(values, told.kinds, columns=Column),
        )

    def _plan_known(self, told: "_Told", activity: Activity) -> PlannedRow:
        """Only what the row says anew; all else is the staff's."""
        remembered = self._remembered(told)
        is_new = provenance.says_something_new(was=activity.imported_values, now=remembered)
        is_exported = activity.public_id == told.values.identifier
        columns = (
            changes.changed_columns(
                told.cells, told.values, activity=activity, remembered=remembered
            )
            if is_new
            else frozenset()
        )
        if not columns and (is_exported or not is_new):
            return _unchanged(told, activity)
        if columns and changes.is_behind(told.cells, activity):
            return _left_out(
                told.row,
                told.cells,
                [
                    _(
                        "It is not here any more as it was when this file was exported. Export it "
                        "again, and make your change in the new file."
                    )
                ],
            )
        return self._plan_changed(told, activity, columns, remembered)

    def _plan_changed(
        self,
        told: "_Told",
        activity: Activity,
        columns: frozenset[Column],
        remembered: dict[str, Any],
    ) -> PlannedRow:
        values, is_exported = told.values, activity.public_id == told.values.identifier
        was_at, was_run_by = activity.venue, activity.provider
        schedules = tuple(sorted(activity.schedules.all(), key=lambda one: one.pk))
        lacked = needs(activity, schedules)
        self._move(told, activity, columns)
        left = changes.left_alone(
            columns, told.cells, values, activity=activity, was_at=was_at, was_run_by=was_run_by
        )
        columns -= left
        remarks = (*values.remarks, *changes.remarks_on(left))
        if left and not columns:
            return _unchanged(told, activity, remarks=remarks)
        if columns and changes.may_be_behind(told.cells, values):
            remarks = (*remarks, changes.remark_on_overwriting(columns))
        schedules = filling.timetable(schedules, values, columns)
        filling.fill(activity, schedules, values, columns=columns)
        schedules = tuple(one for one in schedules if filling.says_when(one))
        wrong = [reason for one in schedules for reason in contradictions(one)]
        # The other age, or the other day of the pause, may be one that staff gave.
        wrong += wrong_order(
            ages=(activity.age_from, activity.age_to),
            pause=(activity.paused_on, activity.paused_until),
        )
        if wrong:
            return _left_out(told.row, told.cells, wrong)
        if not is_exported or activity.import_key == told.key:
            # Else it came in another file, which will be compared with that again.
            activity.imported_values = remembered
        lacks = tuple(needs(activity, schedules))
        if lacks and activity.state == Activity.State.PUBLISHED:
            # Residents see it as it is; the file alone must not take from them what they need.
            return _left_out(told.row, told.cells, lacks)
        return PlannedRow(
            row=told.row,
            outcome=Outcome.UPDATED,
            remarks=remarks,
            needs=lacks,
            changed=columns,
            given=told.cells,
            activity=activity,
            schedules=schedules,
            may_make_venue=bool(columns & changes.VENUE_COLUMNS) and may_be_made(values),
            # A complete draft is one on purpose; one that this file completes is not.
            publishes=activity.state == Activity.State.DRAFT and bool(lacked) and not lacks,
            **filling.belongings(values, told.kinds, columns=columns),
        )

    def _move(self, told: "_Told", activity: Activity, columns: frozenset[Column]) -> None:
        """Give it the venue and the organisation that the row says anew."""
        if columns & changes.VENUE_COLUMNS:
            # A venue that staff gave it stays until the file names one that we can find.
            activity.venue = self._sites.venue_of(told.row, told.values) or activity.venue
        # In a row without our identifier, another organisation would be another activity.
        is_exported = activity.public_id == told.values.identifier
        if is_exported and columns & changes.PROVIDER_COLUMNS:
            activity.provider = self._providers.provider_of(
                told.values, is_by_name=Column.PROVIDER_IDENTIFIER not in columns
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One row, read."""

    row: ImportRow
    cells: Cells
    values: RowValues
    kinds: tuple[Kind, ...]
    key: str


def cells_of(batch: ImportBatch, row: ImportRow) -> dict[Column, str]:
    """Column of ours → what the row says there; its level may be said by its pin."""
    cells = _as_given(batch, row)
    level = _level_of_pin(batch, cells)
    return {**cells, Column.LEVEL: level} if level else cells


def _as_given(batch: ImportBatch, row: ImportRow) -> dict[Column, str]:
    by_heading = dict(zip(batch.headings, row.cells, strict=False))
    return {Column(column): by_heading[heading] for heading, column in batch.columns.items()}


def _level_of_pin(batch: ImportBatch, cells: Cells) -> str:
    """What the level column would say by the colour or the layer; empty where it says it itself."""
    if cells.get(Column.LEVEL) or not {Column.PIN, Column.LAYER} & cells.keys():
        return ""
    return pins.level_cell(
        meanings=batch.colours,
        colour=cells.get(Column.PIN, ""),
        layer=cells.get(Column.LAYER, ""),
    )


def _remark_on(twin: Line, line: Schedule) -> str:
    weekday = weekday_of(line)
    # Without a day nothing is alike.
    assert weekday is not None
    return _(
        "There is one like this already: %(name)s, %(venue)s, %(when)s. If it is the same, leave "
        "this row out."
    ) % {
        "name": twin.name,
        "venue": twin.venue,
        "when": f"{Schedule.Weekday(weekday).label} {time_in_words(line.start_time, None)}",
    }


def _unchanged(told: _Told, activity: Activity, *, remarks: Sequence[str] = ()) -> PlannedRow:
    return PlannedRow(
        row=told.row,
        outcome=Outcome.UNCHANGED,
        remarks=tuple(remarks),
        given=told.cells,
        activity=activity,
    )


def _same_session(row: ImportRow, cells: Cells, *, as_row: int) -> PlannedRow:
    reason = _("This is the same session as row %(number)s.") % {"number": as_row}
    return _left_out(row, cells, [reason])


def _left_out(row: ImportRow, cells: Cells, reasons: Sequence[str]) -> PlannedRow:
    return PlannedRow(row=row, outcome=Outcome.REJECTED, reasons=tuple(reasons), given=cells)


def _may_be_at(activity: Activity, values: RowValues) -> bool:
    if activity.state == Activity.State.DRAFT:
        return True
    return any(
        (line.weekday, line.start_time) == (values.weekday, values.start_time)
        for line in activity.schedules.all()
    )
