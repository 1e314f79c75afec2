"""Declares how files of activities come in."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hereabouts.accounts.models import User
from hereabouts.activities.columns import headings
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports.changes import File, Row
from hereabouts.imports.importers import FileQuestion, Importer, Option, PreviewLine
from hereabouts.intake import apply, deciding, provenance, queries
from hereabouts.intake.changes import ActivityChange
from hereabouts.intake.matching import pins
from hereabouts.intake.matching.venue_resolver import LATER, NEW
from hereabouts.intake.parsing import Known
from hereabouts.intake.preview import preview_line
from hereabouts.intake.restricted import restricted
from hereabouts.intake.rows import EXAMPLE

# Longer than any key of a database.
LONGEST_KEY = 18
# What tells two drafts of one name apart.
DETAIL_COLUMNS = (Column.VENUE, Column.TOWN, Column.DAY, Column.START)
MOST_DRAFTS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDraft:
    """A draft that somebody may complete next; `details` tell it from others of its name."""

    pk: int
    name: str
    details: str


class ActivityImporter(Importer[Known, ActivityChange]):
    """Spreadsheets and maps of activities; who may not publish brings in drafts."""

    kind = "activities"
    label = _("Activity")
    aside_label = _("Venue")
    columns = Column
    required = Column.NAME
    required_error = _("Choose the heading under which the activities' names are.")
    usual = headings.USUAL
    only_in_maps = headings.OF_MAPS
    help = headings.HELP
    example = EXAMPLE
    reserved_headings = provenance.RESERVED
    import_permission = "imports.add_importbatch"
    change_permission = "activities.change_activity"
    templates = "intake/imports"
    download_name = "activities"

    def names(self) -> Mapping[str, Iterable[str]]:
        return headings.names()

    def known(self, file: File, rows: Sequence[Row]) -> Known:
        return queries.known(file, rows)

    def decide(self, row: Row, known: Known) -> ActivityChange:
        return deciding.decide(row, known)

    def leave_out(self, row: Row, reasons: Sequence[str]) -> ActivityChange:
        return deciding.leave_out(row, reasons)

    def restricted(self, change: ActivityChange) -> ActivityChange:
        return restricted(change)

    def applying(
        self, *, by: User | None, at: datetime
    ) -> AbstractContextManager[Callable[[ActivityChange], int]]:
        return apply.applying(by=by, at=at)

    def preview(self, row: Row, change: ActivityChange, known: Known, *, on: date) -> PreviewLine:
        return preview_line(row, change, known, on=on)

    def file_questions(self, file: File, rows: Iterable[Row]) -> list[FileQuestion]:
        """What the pins of each colour mean."""
        places = (
            (row.by_column.get(Column.PIN, ""), row.by_column.get(Column.LAYER, "")) for row in rows
        )
        return [_question(colour) for colour in pins.by_colour(places)]

    def accepts(self, choice: str) -> bool:
        is_key = choice.isascii() and choice.isdecimal() and len(choice) <= LONGEST_KEY
        return choice in {"", NEW, LATER} or is_key

    def result(self, record_ids: Collection[int]) -> Mapping[str, Any]:
        """The drafts that still wait for somebody."""
        drafts = queries.new_drafts(record_ids)[:MOST_DRAFTS]
        return {"drafts": [_shown_draft(draft) for draft in drafts]}


def _question(colour: pins.Pins) -> FileQuestion:
    return FileQuestion(
        key=colour.colour,
        label=colour.in_words(),
        options=tuple(
            Option(
                value=meaning.value,
                label=str(meaning.label),
                is_chosen=meaning == colour.guess,
            )
            for meaning in pins.Meaning
            if colour.has_layers or meaning != pins.Meaning.LAYER
        ),
    )


def _shown_draft(draft: Activity) -> ShownDraft:
    """Many have one name, so what the file says of where and when stands with it."""
    texts = provenance.by_column(draft.imported_values)
    parts = (texts.get(column, "") for column in DETAIL_COLUMNS)
    return ShownDraft(
        pk=draft.pk, name=draft.name, details=", ".join(part for part in parts if part)
    )


ACTIVITIES = ActivityImporter()
