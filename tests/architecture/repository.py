"""The repository as these tests read it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "hereabouts"


def committed() -> list[Path]:
    """The files that git keeps here, or would with the next commit."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone, so nobody can tell what is committed")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def python_files() -> list[Path]:
    """Our modules, without migrations, which are written by Django."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def needs_browser_assets() -> None:
    """Skip the test that calls this where what browsers load was not copied yet."""
    if not (ROOT / "assets" / "built" / ".made").exists():
        pytest.skip("browser assets are not built: make test builds them")


def named(path: Path) -> str:
    """`path` as a failing test shows it."""
    return str(path.relative_to(ROOT))
