"""Reading imports, and what saving one would do."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User
from hereabouts.imports import importers
from hereabouts.imports.cells import MOST_CHARACTERS
from hereabouts.imports.changes import Change, File, Row
from hereabouts.imports.importers import Importer
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.imports.reserved import EXTRA_CELL_PREFIX, REASON_HEADING, extra_cell_heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A row and what becomes of it; `key` is that of its `ImportRow`."""

    key: int
    row: Row
    change: Change


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What saving a whole import would do, and what its rows may mean."""

    decisions: tuple[Decision, ...]
    known: Any


def preview(batch: ImportBatch) -> Preview:
    """What saving `batch` now would do to each of its rows; writes nothing.

    A fixed number of queries. Whoever uploaded it decides what it may do, by what they may do now.
    """
    importer, file = importers.get(batch.kind), file_of(batch)
    rows = {row.pk: _row(row, file) for row in batch.rows.order_by("number")}
    known = importer.known(file, list(rows.values()))
    decide = _decider(importer, file, known, is_restricted=not _may_uploader_change(batch))
    return Preview(
        decisions=tuple(
            Decision(key=key, row=row, change=decide(row)) for key, row in rows.items()
        ),
        known=known,
    )


def file_of(batch: ImportBatch) -> File:
    """The file as a decider knows it."""
    return File(headings=tuple(batch.headings), columns=batch.columns, answers=batch.answers)


def rows_of(batch: ImportBatch) -> list[Row]:
    """The rows of the file, in its order."""
    file = file_of(batch)
    return [_row(row, file) for row in batch.rows.order_by("number")]


def open_to(user: User, kind: str) -> QuerySet[ImportBatch]:
    """The imports of that kind that somebody may open: all, or else only their own.

    There may be people's numbers in them.
    """
    batches = ImportBatch.objects.filter(kind=kind)
    return batches if importers.get(kind).may_change(user) else batches.filter(uploaded_by=user)


def last_like(kind: str, headings: Sequence[str]) -> ImportBatch | None:
    """The last saved file of that kind with these headings.

    Whoever sends a file every term matches it once, and a record keeps the key it is known by.
    """
    saved = ImportBatch.objects.filter(
        kind=kind, state=ImportBatch.State.DONE, headings=list(headings)
    )
    return saved.order_by("pk").last()


def outcomes(batch: ImportBatch) -> dict[ImportRow.Outcome, int]:
    """How many rows of a saved import had each outcome; outcomes of none are not in it."""
    counts = batch.rows.values("outcome").order_by("outcome").annotate(count=Count("pk"))
    return {ImportRow.Outcome(count["outcome"]): count["count"] for count in counts}


def record_ids(batch: ImportBatch) -> Collection[int]:
    """The keys of the records that came of it."""
    keys = batch.rows.values_list("record_id", flat=True)
    return {key for key in keys if key is not None}


def with_counts(batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """Imports with how many rows they have, and how many of those were left out."""
    return batches.annotate(
        row_count=Count("rows"),
        left_out_count=Count("rows", filter=Q(rows__outcome=ImportRow.Outcome.REJECTED)),
    )


def left_out(batch: ImportBatch) -> tuple[list[str], list[list[str]]]:
    """Headings and rows that were left out, as they came, with the reasons in a last column.

    A cell beyond the headings gets a heading of ours: it may be just what has to be put right.
    """
    rows = list(batch.rows.left_out())
    width = max((len(row.cells) for row in rows), default=0)
    extra = range(len(batch.headings) + 1, width + 1)
    headings = [*batch.headings, *map(extra_cell_heading, extra)]
    # The file may have been left out and corrected once before.
    kept = [index for index, heading in enumerate(headings) if heading != REASON_HEADING]
    cells = [
        [*("".join(row.cells[index : index + 1]) for index in kept), " ".join(row.reasons)]
        for row in rows
    ]
    return [*(headings[index] for index in kept), REASON_HEADING], cells


def _row(row: ImportRow, file: File) -> Row:
    by_heading = dict(zip(file.headings, row.cells, strict=False))
    return Row(
        number=row.number,
        cells=tuple(row.cells),
        by_column={column: by_heading[heading] for heading, column in file.columns.items()},
        choice=row.choice,
    )


def _decider(
    importer: Importer[Any, Any], file: File, known: Any, *, is_restricted: bool
) -> Callable[[Row], Change]:
    def decide(row: Row) -> Change:
        damage = list(_damage(row, file))
        change: Change = importer.leave_out(row, damage) if damage else importer.decide(row, known)
        return importer.restricted(change) if is_restricted else change

    return decide


def _may_uploader_change(batch: ImportBatch) -> bool:
    # Asked again, not of the batch: a role may have been taken away since it was loaded.
    uploaders = User.objects.filter(pk__in=[batch.uploaded_by_id])
    return any(map(importers.get(batch.kind).may_change, uploaders))


def _damage(row: Row, file: File) -> Iterator[str]:
    """What went wrong in the file itself, whatever its cells say: the first kind of it."""
    if len(row.cells) > len(file.headings):
        yield _(
            "The row has %(cells)s cells but there are %(headings)s headings. Perhaps a text with "
            "a comma in it lacks its quotation marks."
        ) % {"cells": len(row.cells), "headings": len(file.headings)}
        return
    cells = list(zip_longest(file.headings, row.cells, fillvalue=""))
    misplaced = [
        heading for heading, cell in cells if cell and heading.startswith(EXTRA_CELL_PREFIX)
    ]
    for heading in misplaced:
        yield _(
            "There is text below “%(heading)s”. Perhaps a text with a comma in it lacks its "
            "quotation marks. Move each text below its own heading, and empty this cell."
        ) % {"heading": heading}
    for heading, cell in cells:
        if not misplaced and len(cell) > MOST_CHARACTERS:
            yield _("“%(heading)s” has more than 32,767 letters. Shorten it.") % {
                "heading": heading
            }
