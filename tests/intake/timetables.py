"""Timetables for tests: rows of a spreadsheet with sensible cells (made up)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import models
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Schedule
from hereabouts.files import spreadsheets
from hereabouts.finder.models import FinderEntry
from hereabouts.imports import actions, queries
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.intake.changes import ActivityChange
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue

KIND = "activities"
COMPLETE: Mapping[str, str] = {
    Column.NAME: "Gentle movers",
    Column.ORGANISATION: "Heath End Movers",
    Column.VENUE: "Millbeck Hall",
    Column.TOWN: "Shirebrook",
    Column.POSTCODE: "NG20 8PA",
    Column.DAY: "Thursday",
    Column.START: "13:30",
    Column.END: "14:30",
    Column.FREQUENCY: "weekly",
    Column.COST: "£3.50",
}


def row(**changed: str) -> dict[str, str]:
    """A row with everything that residents need, but for what is changed: `row(DAY="")`."""
    return {**COMPLETE, **{Column(name): text for name, text in changed.items()}}


def csv_of(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows below the headings of our template."""
    columns = [column for column in Column if any(column in cells for cells in rows)]
    headings = [str(column.label) for column in columns]
    table = [[cells.get(column, "") for column in columns] for cells in rows]
    return spreadsheets.as_csv(headings, table)


def uploaded(content: bytes, *, by: User, at: datetime, name: str = "timetable.csv") -> ImportBatch:
    """An import whose columns nobody has matched yet."""
    return actions.upload(kind=KIND, file_name=name, content=content, by=by, at=at)


def matched(content: bytes, *, by: User, at: datetime, name: str = "timetable.csv") -> ImportBatch:
    """An import whose columns are matched as they were guessed."""
    batch = uploaded(content, by=by, at=at, name=name)
    actions.match_columns(batch=batch, columns=batch.columns)
    return batch


def imported(content: bytes, *, by: User, at: datetime, name: str = "timetable.csv") -> ImportBatch:
    """An import that is saved."""
    batch = matched(content, by=by, at=at, name=name)
    actions.start(batch=batch, at=at)
    actions.save_rows(batch=batch, by=by, at=at)
    return batch


def decided(batch: ImportBatch) -> list[ActivityChange]:
    """What saving the import would do to each of its rows."""
    changes = [decision.change for decision in queries.preview(batch).decisions]
    assert all(isinstance(change, ActivityChange) for change in changes)
    return [change for change in changes if isinstance(change, ActivityChange)]


def activity_of(row: ImportRow) -> Activity:
    """The activity that came of a saved row."""
    assert row.record_id is not None
    return Activity.objects.get(pk=row.record_id)


def outcomes(batch: ImportBatch) -> list[str]:
    """The outcome of each row, in the order of the file."""
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


def reasons(batch: ImportBatch) -> list[str]:
    """The reasons why rows were left out, in the order of the file."""
    reasons_by_row = batch.rows.order_by("number").values_list("reasons", flat=True)
    return [reason for row_reasons in reasons_by_row for reason in row_reasons]


def everything() -> dict[str, list[dict[str, object]]]:
    """Model → every row of the tables that an import can write, but for the imports' own."""
    written: tuple[type[models.Model], ...] = (
        Activity, Schedule, FinderEntry, Organisation, Venue,
    )  # fmt: skip
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in written
    }


def logged_actions(activity: Activity) -> list[str]:
    """The actions in the activity's log, the oldest first."""
    entries = ModelLogEntry.objects.filter(
        object_id=str(activity.pk), content_type__model="activity"
    )
    return list(entries.order_by("pk").values_list("action", flat=True))
