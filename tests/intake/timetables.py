"""Timetables for tests: rows of a spreadsheet with sensible cells (made up)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.files import spreadsheets
from hereabouts.intake import actions
from hereabouts.intake.models import ImportBatch

COMPLETE: Mapping[Column, str] = {
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


def row(**changed: str) -> dict[Column, str]:
    """A row with everything that residents need, but for what is changed: `row(DAY="")`."""
    return {**COMPLETE, **{Column(name): text for name, text in changed.items()}}


def csv_of(rows: Sequence[Mapping[Column, str]]) -> bytes:
    """The rows below the headings of our template."""
    columns = [column for column in Column if any(column in one for one in rows)]
    headings = [str(column.label) for column in columns]
    cells = [[one.get(column, "") for column in columns] for one in rows]
    return spreadsheets.as_csv(headings, cells)


def matched(content: bytes, *, by: User, at: datetime, name: str = "timetable.csv") -> ImportBatch:
    """An import whose columns are matched as they were guessed."""
    batch = actions.upload(file_name=name, content=content, by=by, at=at)
    columns = {heading: Column(column) for heading, column in batch.columns.items()}
    actions.match_columns(batch=batch, columns=columns)
    return batch


def imported(content: bytes, *, by: User, at: datetime, name: str = "timetable.csv") -> ImportBatch:
    """An import that is saved."""
    batch = matched(content, by=by, at=at, name=name)
    actions.start(batch=batch, at=at)
    actions.save_rows(batch=batch, by=by, at=at)
    return batch
