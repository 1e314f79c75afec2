"""How our own tests are shaped."""

from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, named

LONGEST_FILE = 400
TEST_FILES = sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", TEST_FILES, ids=named)
def test_a_file_of_tests_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE, (
        "split it by what is tested; what two halves share is a module beside them"
    )
