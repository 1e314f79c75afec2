"""An import that is killed, runs out of disk, or runs twice at once: in processes of their own."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.intake.saving_process import ROWS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# All that an import writes, but for the import itself.
TABLES = (
    "activities_activity", "activities_schedule", "finder_entries",
    "partners_organisation", "places_venue",
)  # fmt: skip


def start(step: str, *, folder: Path) -> "subprocess.Popen[str]":
    """A process that takes one step with the database in `folder`."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hereabouts.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "HEREABOUTS_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'hereabouts.sqlite3'}",
    }
    command = [sys.executable, "-m", "tests.intake.saving_process", step]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """How the process ended, and what it complained of."""
    _output, complaint = process.communicate(timeout=120)
    return process.returncode, complaint


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which two imports of one file are about to be saved."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "postcodes.npy").symlink_to(settings.POSTCODES_FILE)
    assert finish(start("prepare", folder=folder)) == (0, "")
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of that folder, for one test."""
    return shutil.copytree(prepared, tmp_path / "var", symlinks=True)


def counts(folder: Path) -> dict[str, int]:
    """Table → number of rows."""
    with closing(sqlite3.connect(folder / "hereabouts.sqlite3")) as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }


def ask(folder: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "hereabouts.sqlite3")) as database:
        return list(database.execute(question))


def states(folder: Path) -> list[object]:
    rows = ask(folder, "SELECT state FROM imports_importbatch ORDER BY id")
    return [state for (state,) in rows]


NOTHING = dict.fromkeys(TABLES, 0)
EVERYTHING = {
    "activities_activity": ROWS,
    "activities_schedule": ROWS,
    "finder_entries": ROWS,
    "partners_organisation": 1,
    "places_venue": 1,
}


def test_an_import_killed_half_way_leaves_nothing_and_can_be_saved_again(folder: Path) -> None:
    code, _complaint = finish(start("killed", folder=folder))

    assert code == -signal.SIGKILL
    assert counts(folder) == NOTHING
    assert states(folder)[0] == "RUNNING"
    assert ask(folder, "SELECT DISTINCT outcome FROM imports_importrow") == [("WAITING",)]

    assert finish(start("save", folder=folder)) == (0, "")
    assert counts(folder) == EVERYTHING
    assert states(folder)[0] == "DONE"


def test_an_import_that_fills_the_disk_leaves_nothing_and_says_so(folder: Path) -> None:
    code, complaint = finish(start("full", folder=folder))

    assert code == 1
    assert "full" in complaint
    assert counts(folder) == NOTHING
    assert states(folder)[0] == "FAILED"


def test_two_imports_of_one_file_at_once_do_not_double(folder: Path) -> None:
    both = [start(step, folder=folder) for step in ("save", "save_second")]

    assert [finish(process) for process in both] == [(0, ""), (0, "")]
    assert counts(folder) == EVERYTHING
    outcomes = ask(
        folder,
        "SELECT outcome, count(*) FROM imports_importrow GROUP BY batch_id, outcome"
        " ORDER BY outcome",
    )
    assert outcomes == [("PUBLISHED", ROWS), ("UNCHANGED", ROWS)]
