"""Work in the background, and what is said when it fails."""

from datetime import datetime

import pytest
from django.db import DatabaseError

from hereabouts.accounts.models import User
from hereabouts.activities import tasks
from hereabouts.activities.imports import actions
from hereabouts.activities.models import Activity, ImportBatch
from hereabouts.core.refusals import Refusal
from tests.activities.imports.timetables import csv_of, matched, row


@pytest.fixture
def batch(manager: User, now: datetime) -> ImportBatch:
    """An import that is about to be saved."""
    batch = matched(csv_of([row()]), by=manager, at=now)
    actions.start(batch=batch, at=now)
    return batch


def test_an_import_is_saved(batch: ImportBatch, manager: User) -> None:
    tasks.save_import.call(batch.pk, manager.pk)

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DONE
    assert Activity.objects.published().count() == 1


def test_a_refused_import_says_why(
    batch: ImportBatch, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_arguments: object) -> None:
        raise Refusal("Somebody else saved it meanwhile.")

    monkeypatch.setattr(actions, "save_rows", refuse)

    tasks.save_import.call(batch.pk, manager.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (
        ImportBatch.State.FAILED,
        "Somebody else saved it meanwhile.",
    )


def test_a_failure_of_the_database_is_told_to_the_person_and_to_the_log(
    batch: ImportBatch, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(actions, "save_rows", fail)

    with pytest.raises(DatabaseError):
        tasks.save_import.call(batch.pk, manager.pk)

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.FAILED
    assert "Try again" in batch.failure
