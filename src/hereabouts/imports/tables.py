"""An importer for records that one table of columns describes whole, known by identifier or name.

What is here keeps what it says: a file adds records, and fills in what nobody has said of one.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from hereabouts.accounts.models import User
from hereabouts.imports.changes import Change, File, Outcome, Row
from hereabouts.imports.columns import ColumnSpec, format_cells, means_another, parse_cells
from hereabouts.imports.importers import Importer, PreviewLine

# A model with an identifier (`core.models.Published`) and a version (`Versioned`).
Record = TypeVar("Record", bound=Any)


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownRecord:
    """A record that is here, with what an export says of it."""

    pk: int
    version: int
    public_id: UUID
    cells: Mapping[str, str]


@dataclass(kw_only=True, slots=True)
class KnownRecords:
    """The records that are here, and the numbers of the rows that named one already."""

    headings: Mapping[str, str]
    by_name: Mapping[str, Sequence[KnownRecord]]
    by_identifier: Mapping[UUID, KnownRecord]
    rows: dict[UUID | str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableChange(Change):
    """What becomes of one row, and the fields that it fills."""

    cells: Mapping[str, str]
    fields: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


class TableImporter(Importer[KnownRecords, TableChange], Generic[Record]):
    """Declares a table of columns, how names are compared, and the action that saves."""

    table: ClassVar[Mapping[str, ColumnSpec[Any]]]
    synonyms: ClassVar[Mapping[str, tuple[str, ...]]]
    # The column of our own identifier.
    identifier: ClassVar[str]
    missing_name: ClassVar[StrOrPromise]
    # A sentence with the number of the row that named the same record before.
    same_as_row: ClassVar[StrOrPromise]

    @abstractmethod
    def records(self) -> Iterable[Record]:
        """Every record that is here."""

    @abstractmethod
    def new(self) -> Record:
        """A record that is not saved yet."""

    @abstractmethod
    def compared(self, name: str) -> str:
        """A name as it is compared with others; empty for what is no name."""

    @abstractmethod
    def save(self, record: Record, *, by: User | None, at: datetime) -> Record:
        """Save a new or changed record by its context's action."""

    def names(self) -> Mapping[str, Iterable[str]]:
        return {
            column: (self._label(column), *synonyms) for column, synonyms in self.synonyms.items()
        }

    def known(self, file: File, rows: Sequence[Row]) -> KnownRecords:
        records = [self._known(record) for record in self.records()]
        by_name: dict[str, list[KnownRecord]] = {}
        for record in records:
            by_name.setdefault(self.compared(record.cells[self.required]), []).append(record)
        return KnownRecords(
            headings={column: self._label(column) for column in self.table} | file.heading_of,
            by_name=by_name,
            by_identifier={record.public_id: record for record in records},
        )

    def decide(self, row: Row, known: KnownRecords) -> TableChange:
        values, reasons = parse_cells(row.by_column, self.table, headings=known.headings)
        name = self.compared(values[self.required])
        if not name:
            reasons.append(str(self.missing_name))
        if reasons:
            return self.leave_out(row, reasons)
        identified = known.by_identifier.get(values[self.identifier])
        candidates = [identified] if identified else known.by_name.get(name, ())
        if len(candidates) > 1:
            reason = _(
                "More than one here has this name. Write the identifier of the one that you "
                "mean in the row: it is in our export."
            )
            return self.leave_out(row, [reason])
        was = candidates[0] if candidates else None
        identifier = was.public_id if was else values[self.identifier]
        # A new one is known by its name and by the identifier that the row gives it.
        keys = [identifier] if was else [key for key in (identifier, name) if key]
        earlier = [known.rows[key] for key in keys if key in known.rows]
        if earlier:
            return self.leave_out(row, [str(self.same_as_row) % {"number": earlier[0]}])
        known.rows.update(dict.fromkeys(keys, row.number))
        return self._added(row, values) if was is None else self._filled(row, values, was)

    def leave_out(self, row: Row, reasons: Sequence[str]) -> TableChange:
        return TableChange(outcome=Outcome.REJECTED, reasons=tuple(reasons), cells=row.by_column)

    @contextmanager
    def applying(self, *, by: User | None, at: datetime) -> Iterator[Callable[[TableChange], int]]:
        saved = {record.pk: record for record in self.records()}

        def apply(change: TableChange) -> int:
            record = self.new() if change.record_id is None else saved[change.record_id]
            # Decided on that version: somebody who saved it since is not overwritten.
            record.version = change.version or record.version
            for name, value in change.fields.items():
                setattr(record, name, value)
            key: int = self.save(record, by=by, at=at).pk
            return key

        yield apply

    def preview(
        self, row: Row, change: TableChange, known: KnownRecords, *, on: date
    ) -> PreviewLine:
        """The name, and beside it everything else that the row says."""
        others = (text for column, text in change.cells.items() if column != self.required and text)
        return PreviewLine(
            title=change.cells.get(self.required, "") or _("No name"), aside=", ".join(others)
        )

    def _known(self, record: Record) -> KnownRecord:
        return KnownRecord(
            pk=record.pk,
            version=record.version,
            public_id=record.public_id,
            cells=format_cells(record, self.table),
        )

    def _added(self, row: Row, values: Mapping[str, Any]) -> TableChange:
        fields = {spec.field: values[column] for column, spec in self.table.items() if spec.field}
        if values[self.identifier]:
            fields["public_id"] = values[self.identifier]
        return TableChange(outcome=Outcome.PUBLISHED, cells=row.by_column, fields=fields)

    def _filled(self, row: Row, values: Mapping[str, Any], was: KnownRecord) -> TableChange:
        differing = {
            column
            for column, text in was.cells.items()
            if row.by_column.get(column) and means_another(self.table[column], text, values[column])
        }
        filled = {column for column in differing if not was.cells[column]}
        kept = ", ".join(
            f"“{column.label}”" for column in self.columns if column in differing - filled
        )
        remark = _("Not changed, as it is said here already: %(columns)s. Change it on its page.")
        return TableChange(
            outcome=Outcome.UPDATED if filled else Outcome.UNCHANGED,
            remarks=(remark % {"columns": kept},) if kept else (),
            changed=frozenset(filled),
            record_id=was.pk,
            cells=row.by_column,
            fields={self.table[column].field: values[column] for column in filled},
            version=was.version,
        )

    def _label(self, column: str) -> str:
        return str(self.columns(column).label)
