"""An import is saved once, whoever saves it and however often; then it stays as it is."""

from datetime import datetime

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch, ImportRow
from tests.intake.timetables import (
    csv_of,
    everything,
    imported,
    matched,
    outcomes,
    row,
)

Outcome = ImportRow.Outcome


def test_saving_twice_saves_once(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)
    before = everything()

    actions.save_rows(batch=batch, by=manager, at=now)

    assert everything() == before
    assert outcomes(batch) == [Outcome.PUBLISHED]


def test_two_imports_of_one_file_do_not_double(manager: User, now: datetime) -> None:
    content = csv_of([row()])
    first, second = (matched(content, by=manager, at=now) for _time in range(2))
    for batch in (first, second):
        actions.start(batch=batch, at=now)

    for batch in (first, second):
        actions.save_rows(batch=batch, by=manager, at=now)

    assert outcomes(first) == [Outcome.PUBLISHED]
    assert outcomes(second) == [Outcome.UNCHANGED]
    assert Activity.objects.count() == 1


def test_what_another_worker_has_saved_is_not_stopped(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    actions.start(batch=batch, at=now)
    late = ImportBatch.objects.get(pk=batch.pk)
    actions.save_rows(batch=batch, by=manager, at=now)

    actions.stop(batch=late, failure="The worker was slow.", at=now)

    assert (late.state, late.failure) == (ImportBatch.State.DONE, "")


def test_a_saved_import_cannot_be_changed_or_begun_again(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    with pytest.raises(actions.AlreadySaved):
        actions.match_columns(batch=batch, columns={"Venue": Column.NAME})
    with pytest.raises(actions.AlreadySaved):
        actions.choose(batch=batch, choices={})
    with pytest.raises(actions.AlreadySaved):
        actions.start(batch=batch, at=now)


def test_what_was_saved_since_a_page_was_built_stays_saved(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    as_on_the_page = ImportBatch.objects.get(pk=batch.pk)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    with pytest.raises(actions.AlreadySaved):
        actions.match_columns(batch=as_on_the_page, columns={"Venue": Column.NAME})

    assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.DONE
