"""Saving an import in the background, and what is said when it fails."""

from datetime import datetime

import pytest
from django.db import DatabaseError

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.core.refusals import Refusal
from hereabouts.imports import actions, tasks
from hereabouts.imports.models import ImportBatch
from tests.intake.timetables import csv_of, matched, row

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("failure", [DatabaseError("disk full"), TypeError("a mistake of ours")])
def test_a_failure_is_told_to_the_person_and_to_the_log(
    failure: Exception, batch: ImportBatch, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: object) -> None:
        raise failure

    monkeypatch.setattr(actions, "save_rows", fail)

    with pytest.raises(type(failure)):
        tasks.save_import.call(batch.pk, manager.pk)

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.FAILED
    assert "Try again" in batch.failure
