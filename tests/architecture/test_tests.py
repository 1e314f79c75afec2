"""How our own tests are shaped."""

from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, named

LONGEST_FILE = 400
# Being split by what they test.
TOO_LONG = {
    "tests/activities/finder/test_engine.py",
    "tests/intake/test_actions.py",
    "tests/intake/test_views.py",
    "tests/methods/test_accessibility.py",
    "tests/methods/test_falls.py",
    "tests/methods/test_inequality.py",
    "tests/methods/test_siting.py",
}
TEST_FILES = [
    path for path in sorted((ROOT / "tests").rglob("*.py")) if named(path) not in TOO_LONG
]


@pytest.mark.parametrize("path", TEST_FILES, ids=named)
def test_a_file_of_tests_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE, (
        "split it by what is tested; what two halves share is a module beside them"
    )
