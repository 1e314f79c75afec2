"""What becomes of a row: frozen values, from which nothing can be saved by mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hereabouts.imports.models import ImportRow

Outcome = ImportRow.Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file as a decider knows it: its headings, and what a person said of it as a whole."""

    headings: tuple[str, ...]
    # Heading → column.
    columns: Mapping[str, str]
    # Question about the whole file → answer.
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading_of(self) -> dict[str, str]:
        """Column → the file's own name for it."""
        return {column: heading for heading, column in self.columns.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row as a decider knows it. It may have more cells than the file has headings."""

    number: int
    cells: tuple[str, ...]
    # Column → text, of the columns that are in the file.
    by_column: Mapping[str, str]
    # What a person chose for it in the preview; empty for nothing yet.
    choice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of one row. An importer adds the new values that its record gets.

    Frozen, and without any model: a preview is made of it and cannot save. `reasons` say why it is
    left out, `needs` what a draft still lacks, `remarks` what else a person should know; all of
    them sentences. `changed` are the columns that change a record that is here already.
    """

    outcome: ImportRow.Outcome
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()
    # The record that the row is about, where it is here already.
    record_id: int | None = None

    @property
    def is_problem(self) -> bool:
        """Is something wrong with the row, or missing?"""
        return bool(self.reasons or self.needs)

    @property
    def wants_a_look(self) -> bool:
        """Is there something in the row for a person to look at: a problem, a remark, a change?"""
        return self.outcome == Outcome.UPDATED or self.is_problem or bool(self.remarks)

    @property
    def writes(self) -> bool:
        """Does saving the import write anything for it?"""
        return self.outcome not in {Outcome.REJECTED, Outcome.UNCHANGED}
