"""Everything that changes an import, and the saving of its rows."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User
from hereabouts.audit import trail
from hereabouts.core.refusals import Refusal
from hereabouts.files import spreadsheets
from hereabouts.imports import importers, queries
from hereabouts.imports.headings import guess
from hereabouts.imports.models import ImportBatch, ImportRow

State = ImportBatch.State


class NoColumnForName(Refusal):
    """No heading was matched with the column that no row can do without."""


class ColumnMatchedTwice(Refusal):
    """Two headings were matched with one column."""


class AlreadySaved(Refusal):
    """The rows of this import were saved, or are being saved."""


class SomebodyElses(Refusal):
    """Who may not change records by hand may save only what they uploaded themselves."""


@transaction.atomic
def upload(
    *, kind: str, file_name: str, content: bytes, by: User | None, at: datetime
) -> ImportBatch:
    """Keep what is in a file, its columns as matched the last time or else guessed.

    So with the answers to questions about the whole file. Raises `UnreadableFile`.
    """
    importer = importers.get(kind)
    names = importer.names()
    sheet = spreadsheets.read(
        file_name=file_name,
        content=content,
        is_heading=lambda cell: bool(guess([cell], names)),
        reserved=importer.reserved_headings,
    )
    last = queries.last_like(kind, sheet.headings)
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=file_name[:255],
        headings=list(sheet.headings),
        columns=last.columns if last else guess(sheet.headings, names),
        shapes_left_out=sheet.shapes_left_out,
        uploaded_by=by,
        uploaded_at=at,
    )
    ImportRow.objects.bulk_create(
        (ImportRow(batch=batch, number=number, cells=cells) for number, cells in sheet.rows),
        batch_size=500,
    )
    questions = importer.file_questions(queries.file_of(batch), queries.rows_of(batch))
    guessed = {
        question.key: option.value
        for question in questions
        for option in question.options
        if option.is_chosen
    }
    batch.answers = guessed | (last.answers if last else {})
    batch.save(update_fields=["answers"])
    trail.record(instance=batch, action="hereabouts.create", by=by)
    return batch


@transaction.atomic
def match_columns(
    *, batch: ImportBatch, columns: Mapping[str, str], answers: Mapping[str, str] | None = None
) -> None:
    """Say which heading means which column; the other headings are only kept to show.

    `answers` are those to questions about the whole file; left out, they stay as they are. Raises
    `NoColumnForName`, `ColumnMatchedTwice`, `AlreadySaved`.
    """
    _refuse_saved(batch)
    importer = importers.get(batch.kind)
    if importer.required not in columns.values():
        raise NoColumnForName(str(importer.required_error))
    if len(set(columns.values())) < len(columns):
        raise ColumnMatchedTwice(_("Two headings are matched with the same thing. Choose one."))
    batch.columns = {heading: str(column) for heading, column in columns.items()}
    if answers is not None:
        batch.answers = {key: str(answer) for key, answer in answers.items()}
    batch.state = State.MATCHED
    batch.save(update_fields=["columns", "answers", "state"])


@transaction.atomic
def choose(*, batch: ImportBatch, choices: Mapping[int, str]) -> None:
    """Keep what a person chose for rows of the preview, by the row's key. Raises `AlreadySaved`."""
    _refuse_saved(batch)
    rows = list(batch.rows.filter(pk__in=choices))
    for row in rows:
        row.choice = choices[row.pk]
    ImportRow.objects.bulk_update(rows, ["choice"], batch_size=200)


@transaction.atomic
def start(*, batch: ImportBatch, at: datetime) -> None:
    """Note that saving begins. Idempotent: an interrupted run wrote nothing.

    Raises `AlreadySaved`, and `NoColumnForName` for an import whose columns nobody matched.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.DONE:
        raise AlreadySaved(_("This import is saved. Upload the file again to import it anew."))
    if locked.state == State.UPLOADED:
        raise NoColumnForName(_("Match the columns first."))
    batch.state, batch.started_at, batch.failure = State.RUNNING, at, ""
    batch.save(update_fields=["state", "started_at", "failure"])


@transaction.atomic
def save_rows(*, batch: ImportBatch, by: User | None, at: datetime) -> None:
    """Save every good row, or, if anything goes wrong, none.

    Does nothing for an import that is saved already. Raises `SomebodyElses`.
    """
    if by is not None and not queries.open_to(by, batch.kind).filter(pk=batch.pk).exists():
        raise SomebodyElses(_("Somebody else uploaded this file. Ask them to save it."))
    # Lock all that are being saved, not only this one: two imports of one file must not both find
    # that its records are new.
    running = ImportBatch.objects.select_for_update().filter(state=State.RUNNING)
    if batch.pk not in {locked.pk for locked in running.order_by("pk")}:
        return
    rows = {row.pk: row for row in batch.rows.all()}
    with importers.get(batch.kind).applying(by=by, at=at) as apply:
        for decision in queries.preview(batch).decisions:
            row, change = rows[decision.key], decision.change
            row.record_id = apply(change) if change.writes else change.record_id
            row.outcome, row.reasons = change.outcome, list(change.reasons)
    ImportRow.objects.bulk_update(
        rows.values(), ["outcome", "reasons", "record_id"], batch_size=200
    )
    batch.state, batch.finished_at = State.DONE, at
    batch.save(update_fields=["state", "finished_at"])
    trail.record(instance=batch, action="hereabouts.import", by=by)


@transaction.atomic
def stop(*, batch: ImportBatch, failure: str, at: datetime) -> None:
    """Note that saving stopped with nothing saved, and why, in a sentence.

    Leaves alone an import that another worker has saved meanwhile.
    """
    # One statement that compares and writes: of two workers, one comes second.
    running = ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING)
    running.update(state=State.FAILED, failure=failure, finished_at=at)
    batch.refresh_from_db()


def _refuse_saved(batch: ImportBatch) -> None:
    # As it is now, whatever the page was built from; and until we have written nobody saves it.
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in {State.RUNNING, State.DONE}:
        raise AlreadySaved(
            _("The rows are being saved or are saved. Upload the file again to change something.")
        )
