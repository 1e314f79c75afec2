"""Exports as spreadsheets: one row is one activity."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from hereabouts.activities.columns import table
from hereabouts.activities.exports.metadata import PAGE, SHOWN_AS, SOURCE, Export
from hereabouts.activities.models import Activity
from hereabouts.files import spreadsheets

PIECE = 64 * 1024


def as_csv(activities: Iterable[Activity], export: Export) -> Iterator[bytes]:
    """A csv file, line by line."""
    return spreadsheets.csv_lines(_headings(), _rows(activities, export))


def as_xlsx(activities: Iterable[Activity], export: Export) -> Iterator[bytes]:
    """An Excel workbook, written to disk first: its bytes are final only when it is closed."""
    with TemporaryFile() as file:
        spreadsheets.write_xlsx(file, _headings(), _rows(activities, export))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _headings() -> list[str]:
    return [*(str(column.label) for column in table.TABLE), SHOWN_AS, PAGE, SOURCE]


def _rows(activities: Iterable[Activity], export: Export) -> Iterator[list[str]]:
    source = export.source()
    for activity in activities:
        ours = (export.shown_as(activity), export.page_of(activity), source)
        yield [*table.write(activity).values(), *ours]
