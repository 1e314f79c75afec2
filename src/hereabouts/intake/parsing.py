"""A row of activities, parsed, and what is known: the input of `deciding`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hereabouts.activities.columns.headings import Column
from hereabouts.imports.changes import File, Row
from hereabouts.intake import provenance
from hereabouts.intake.known import ActivityValues
from hereabouts.intake.matching import pins
from hereabouts.intake.matching.duplicates import DuplicateIndex
from hereabouts.intake.matching.kinds import KindIndex
from hereabouts.intake.matching.providers import ProviderResolver
from hereabouts.intake.matching.venue_resolver import VenueResolver
from hereabouts.intake.rows import Cells, RowValues, key_of, read_row


@dataclass(kw_only=True, slots=True)
class Known:
    """What is here already that rows may mean, and what earlier rows of the file said.

    `keys` are those of all rows of the file, `by_key` the activities of earlier imports.
    """

    file: File
    keys: Collection[str]
    by_key: dict[str, ActivityValues]
    by_identifier: Mapping[UUID, ActivityValues]
    venues: VenueResolver
    kinds: KindIndex
    providers: ProviderResolver
    duplicates: DuplicateIndex
    # Row numbers, by the row's key and by the activity that it is about.
    rows_by_key: dict[str, int] = field(default_factory=dict)
    rows_by_activity: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedRow:
    """A row, read. `remembered` is what its activity keeps of it for the next import."""

    row: Row
    cells: Cells
    values: RowValues
    kinds: tuple[int, ...]
    key: str
    remembered: Mapping[str, Any]

    @property
    def identifier(self) -> UUID | None:
        """Our own identifier of the activity, where the row has it."""
        identifier: UUID | None = self.values.values[Column.IDENTIFIER]
        return identifier


def parse(row: Row, known: Known) -> ParsedRow | list[str]:
    """The row, read; or the reasons why it is left out."""
    cells = cells_of(row, known.file)
    colour = cells.get(Column.PIN, "")
    if known.file.answers.get(colour) == pins.Meaning.LEAVE_OUT:
        names = {"colour": pins.name_of(colour), "code": colour}
        return [_("%(colour)s pins (%(code)s) are left out, as chosen.") % names]
    values = read_row(cells, headings=known.file.heading_of)
    if not isinstance(values, RowValues):
        return values
    kinds = known.kinds.find(values.values[Column.KINDS])
    if isinstance(kinds, str):
        return [kinds]
    return ParsedRow(
        row=row,
        cells=cells,
        values=values,
        kinds=kinds,
        key=key_of(cells),
        remembered=provenance.remember(
            headings=known.file.headings,
            cells=row.cells,
            columns=known.file.columns,
            level_of_pin=_level_of_pin(row.by_column, known.file),
        ),
    )


def cells_of(row: Row, file: File) -> Cells:
    """Column → what the row says there; its level may be said by its pin."""
    level = _level_of_pin(row.by_column, file)
    return {**row.by_column, Column.LEVEL: level} if level else row.by_column


def _level_of_pin(cells: Cells, file: File) -> str:
    """What the level column would say by the colour or the layer; empty where it says it itself."""
    if cells.get(Column.LEVEL) or not {Column.PIN, Column.LAYER} & cells.keys():
        return ""
    return pins.level_cell(
        meanings=file.answers,
        colour=cells.get(Column.PIN, ""),
        layer=cells.get(Column.LAYER, ""),
    )
