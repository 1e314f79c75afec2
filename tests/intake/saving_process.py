"""One process that saves an import into a real database file, and may come to a sudden end.

Started by `test_interrupted.py`: `python -m tests.intake.saving_process STEP`.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

ROWS = 40
KILLED_AT = 25
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def prepare() -> None:
    """A migrated database with two imports of one file, both about to be saved."""
    from django.core.management import call_command

    from hereabouts.imports import actions
    from tests import make
    from tests.intake.timetables import csv_of, matched, row

    call_command("migrate", verbosity=0)
    manager = make.staff()
    content = csv_of([row(NAME=f"Class {number}") for number in range(ROWS)])
    for _time in range(2):
        actions.start(batch=matched(content, by=manager, at=NOW), at=NOW)


def save(place: int = 0) -> None:
    """Save the first import, or the one at `place`, as the background worker does."""
    from hereabouts.imports import tasks
    from hereabouts.imports.models import ImportBatch

    batch = ImportBatch.objects.order_by("pk")[place]
    assert batch.uploaded_by is not None
    tasks.save_import.call(batch.pk, batch.uploaded_by.pk)


def killed() -> None:
    """Save, and be killed while the rows are being written."""
    from hereabouts.activities import actions

    really_save, saved = actions.save_activity, []

    def save_until_killed(**arguments: Any) -> Any:
        saved.append(arguments)
        if len(saved) == KILLED_AT:
            os.kill(os.getpid(), signal.SIGKILL)
        return really_save(**arguments)

    actions.save_activity = save_until_killed
    save()


def full() -> None:
    """Save on a disk that is full after a few more pages."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
    save()


STEPS: dict[str, Callable[[], None]] = {
    "prepare": prepare,
    "save": save,
    "save_second": lambda: save(1),
    "killed": killed,
    "full": full,
}

if __name__ == "__main__":
    django.setup()
    STEPS[sys.argv[1]]()
