"""Exports as spreadsheets: one row is one activity."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from hereabouts.activities.columns import table
from hereabouts.activities.exports.said import PAGE, SHOWN_AS, SOURCE, Edition
from hereabouts.activities.models import Activity
from hereabouts.files import spreadsheets

PIECE = 64 * 1024


def as_csv(activities: Iterable[Activity], edition: Edition) -> Iterator[bytes]:
    """A csv file, row by row."""
    return spreadsheets.csv_lines(_headings(), _rows(activities, edition))


def as_xlsx(activities: Iterable[Activity], edition: Edition) -> Iterator[bytes]:
    """An Excel workbook; on disk meanwhile, because none can be sent before it is whole."""
    with TemporaryFile() as file:
        spreadsheets.write_xlsx(file, _headings(), _rows(activities, edition))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _headings() -> list[str]:
    return [*(str(column.label) for column in table.TABLE), SHOWN_AS, PAGE, SOURCE]


def _rows(activities: Iterable[Activity], edition: Edition) -> Iterator[list[str]]:
    source = edition.source()
    for activity in activities:
        ours = (edition.shown_as(activity), edition.page_of(activity), source)
        yield [*table.write(activity).values(), *ours]
