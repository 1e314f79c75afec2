"""What saving an import would do, row by row: the preview shows it, the action carries it out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.activities.completeness import needs
from hereabouts.activities.imports import given
from hereabouts.activities.imports.columns import Column
from hereabouts.activities.imports.rows import (
    Cells,
    RowValues,
    contradictions,
    key_of,
    keys_before,
    read_row,
)
from hereabouts.activities.imports.venues import VenueIndex, normalised
from hereabouts.activities.levels import Approach
from hereabouts.activities.models import Activity, ImportBatch, ImportRow, Schedule
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue

Outcome, VenueChoice = ImportRow.Outcome, ImportRow.VenueChoice

VENUE_COLUMNS = frozenset({Column.VENUE, Column.STREET, Column.TOWN, Column.POSTCODE})
# Column → what it fills, under the same names in `RowValues` and in the model.
ACTIVITY_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("name",),
    Column.SUMMARY: ("summary",),
    Column.WHAT: ("description",),
    Column.FOR_WHOM: ("for_whom",),
    Column.COST: ("cost_pence", "cost_note"),
    Column.JOINING: ("joining", "joining_note"),
    Column.PHONE: ("phone",),
    Column.EMAIL: ("email",),
    Column.WEBSITE: ("website",),
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


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRow:
    """What becomes of one row. `activity` and `schedules` are as they would be saved.

    Its venue and organisation may be new ones, not saved yet, shared between rows.
    """

    row: ImportRow
    outcome: ImportRow.Outcome
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    given: Cells
    # Only for a row that can be saved.
    activity: Activity | None = None
    schedules: tuple[Schedule, ...] = ()
    # Its postcode is real and its venue has a name, so a new venue could be made of it.
    may_make_venue: bool = False
    # Residents will see it, who do not now.
    publishes: bool = False


class Planner:
    """Decides row by row; remembers what earlier rows of the file said.

    `keys` are those of all rows of the file; `known` are the activities of earlier imports by
    their key.
    """

    def __init__(
        self,
        *,
        batch: ImportBatch,
        keys: Collection[str],
        known: Mapping[str, Activity],
        venues: VenueIndex,
        organisations: Iterable[Organisation],
    ) -> None:
        self._batch = batch
        self._known = dict(known)
        self._keys = keys
        self._venues = venues
        self._organisations = {normalised(one.name): one for one in organisations}
        self._made_venues: dict[tuple[str, str], Venue] = {}
        self._seen: dict[str, int] = {}
        self._headings = {Column(column): heading for heading, column in batch.columns.items()}

    def plan(self, row: ImportRow) -> PlannedRow:
        """What becomes of `row`."""
        cells = cells_of(self._batch, row)
        values = self._read(row, cells)
        if not isinstance(values, RowValues):
            return PlannedRow(row=row, outcome=Outcome.REJECTED, reasons=tuple(values), given=cells)
        key = key_of(cells)
        if key in self._seen:
            reason = _("This is the same session as row %(number)s.") % {"number": self._seen[key]}
            return PlannedRow(row=row, outcome=Outcome.REJECTED, reasons=(reason,), given=cells)
        self._seen[key] = row.number
        remembered = given.remember(
            headings=self._batch.headings, cells=row.cells, columns=self._batch.columns
        )
        activity = self._known.get(key) or self._known_before(cells, values)
        if activity is None:
            return self._plan_new(row, cells, values, key, remembered)
        return self._plan_known(row, cells, values, activity, remembered)

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
        return read_row(cells, headings=self._headings)

    def _plan_new(
        self,
        row: ImportRow,
        cells: Cells,
        values: RowValues,
        key: str,
        remembered: dict[str, Any],
    ) -> PlannedRow:
        activity = Activity(import_key=key, imported_values=remembered)
        says_when = any(cells.get(column) for column in SCHEDULE_FIELDS)
        schedules = (Schedule(),) if says_when else ()
        fill(activity, schedules, values, columns=Column)
        activity.provider = self._organisation(values.organisation)
        activity.venue = self._venue(row, values)
        missing = tuple(needs(activity, schedules))
        return PlannedRow(
            row=row,
            outcome=Outcome.DRAFT if missing else Outcome.PUBLISHED,
            remarks=values.remarks,
            needs=missing,
            given=cells,
            activity=activity,
            schedules=schedules,
            may_make_venue=_may_make_venue(values),
            publishes=not missing,
        )

    def _plan_known(
        self,
        row: ImportRow,
        cells: Cells,
        values: RowValues,
        activity: Activity,
        remembered: dict[str, Any],
    ) -> PlannedRow:
        """Only the cells that changed since the last import; all else is the staff's.

        The cells that it is known by are the same, but for case and marks: so is who runs it.
        """
        was = activity.imported_values
        if not given.says_something_new(was=was, now=remembered):
            return PlannedRow(row=row, outcome=Outcome.UNCHANGED, given=cells, activity=activity)
        columns = given.changed_columns(was=was, now=remembered)
        schedules = tuple(sorted(activity.schedules.all(), key=lambda one: one.pk))
        lacked = needs(activity, schedules)
        if not schedules and columns & SCHEDULE_FIELDS.keys():
            schedules = (Schedule(),)
        fill(activity, schedules, values, columns=columns)
        if columns & VENUE_COLUMNS:
            # A venue that staff gave it stays until the file names one that we can find.
            activity.venue = self._venue(row, values) or activity.venue
        wrong = [reason for one in schedules for reason in contradictions(one)]
        if wrong:
            return PlannedRow(row=row, outcome=Outcome.REJECTED, reasons=tuple(wrong), given=cells)
        activity.imported_values = remembered
        lacks = tuple(needs(activity, schedules))
        if lacks and activity.state == Activity.State.PUBLISHED:
            # Residents see it as it is; the file alone must not take from them what they need.
            return PlannedRow(row=row, outcome=Outcome.REJECTED, reasons=lacks, given=cells)
        return PlannedRow(
            row=row,
            outcome=Outcome.UPDATED,
            remarks=values.remarks,
            needs=lacks,
            given=cells,
            activity=activity,
            schedules=schedules,
            may_make_venue=bool(columns & VENUE_COLUMNS) and _may_make_venue(values),
            # A complete draft is one on purpose; one that this file completes is not.
            publishes=activity.state == Activity.State.DRAFT and bool(lacked) and not lacks,
        )

    def _organisation(self, name: str) -> Organisation | None:
        if not normalised(name):
            return None
        return self._organisations.setdefault(normalised(name), Organisation(name=name))

    def _venue(self, row: ImportRow, values: RowValues) -> Venue | None:
        """The venue a person named for this row, else the one that matches, else a new one.

        None leaves it for whoever completes the draft. A venue that looks like one we have is
        left too: only a person can say whether it is the same.
        """
        if row.venue_choice in {VenueChoice.KNOWN, VenueChoice.LATER}:
            return row.chosen_venue
        if row.venue_choice == VenueChoice.NEW:
            return self._new_venue(values)
        where = {
            "name": values.venue,
            "town": values.town,
            "postcode": values.located.postcode if values.located else "",
        }
        same = self._venues.same(**where)
        if same is not None or self._venues.looks_the_same(**where):
            return same
        return self._new_venue(values)

    def _new_venue(self, values: RowValues) -> Venue | None:
        if not _may_make_venue(values) or values.located is None:
            return None
        key = (normalised(values.venue), values.located.postcode)
        if key not in self._made_venues:
            self._made_venues[key] = Venue(
                name=values.venue,
                street=values.street,
                town=values.town,
                postcode=values.located.postcode,
                latitude=values.located.point.latitude,
                longitude=values.located.point.longitude,
            )
            self._venues.add(self._made_venues[key])
        return self._made_venues[key]


def cells_of(batch: ImportBatch, row: ImportRow) -> dict[Column, str]:
    """Column of ours → what the row says there."""
    by_heading = dict(zip(batch.headings, row.cells, strict=False))
    return {Column(column): by_heading[heading] for heading, column in batch.columns.items()}


def fill(
    activity: Activity,
    schedules: Sequence[Schedule],
    values: RowValues,
    *,
    columns: Collection[Column],
) -> None:
    """Write what the row says in these columns into the activity and its first timetable line."""
    for column in columns:
        for field in ACTIVITY_FIELDS.get(column, ()):
            setattr(activity, field, getattr(values, field))
        for field in SCHEDULE_FIELDS.get(column, ()):
            for schedule in schedules[:1]:
                setattr(schedule, field, getattr(values, field))
    if Column.LEVEL in columns:
        for approach, field in APPROACH_FIELDS.items():
            setattr(activity, field, approach in values.approaches)
    if {Column.PHONE, Column.EMAIL} & set(columns):
        has_own = bool(activity.phone or activity.email)
        activity.contact = Activity.Contact.OWN if has_own else Activity.Contact.PROVIDER


def _may_be_at(activity: Activity, values: RowValues) -> bool:
    if activity.state == Activity.State.DRAFT:
        return True
    return any(
        (line.weekday, line.start_time) == (values.weekday, values.start_time)
        for line in activity.schedules.all()
    )


def _may_make_venue(values: RowValues) -> bool:
    return bool(normalised(values.venue)) and values.located is not None
