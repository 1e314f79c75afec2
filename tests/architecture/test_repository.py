"""What is committed, and what is not."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.repository import ROOT, committed, named

LARGEST_KILOBYTES = 300
LONGEST_DECISION = 60
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
ADDRESS = re.compile(r"https?://|git\+|file:")


def test_no_large_file_is_committed() -> None:
    large = [path for path in committed() if path.stat().st_size > LARGEST_KILOBYTES * 1024]

    assert [named(path) for path in large] == []


def test_nothing_that_others_publish_is_committed() -> None:
    """They are named in a lock file and fetched: their licences and updates stay theirs."""
    minified = [path for path in committed() if re.search(r"\.min\.(js|css)$|\.map$", path.name)]
    fonts = [path for path in committed() if path.suffix in {".woff", ".woff2", ".ttf", ".otf"}]
    copied = [path for path in committed() if {"vendor", "vendors"} & set(path.parts)]

    assert [named(path) for path in minified + fonts + copied] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_python_lock_file_names_no_address(name: str) -> None:
    assert [line for line in (ROOT / name).read_text().splitlines() if ADDRESS.search(line)] == []


def test_the_browser_lock_file_names_no_address_but_who_takes_donations() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())

    for package in lock["packages"].values():
        package.pop("funding", None)

    assert ADDRESS.findall(json.dumps(lock)) == []


def test_the_two_python_lock_files_agree() -> None:
    running, testing = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)(?=.*\\$)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert running
    assert running.items() <= testing.items()


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_fits_on_one_page(path: Path) -> None:
    text = path.read_text()

    assert len(text.splitlines()) <= LONGEST_DECISION
    assert re.match(r"\d{4}-[a-z0-9-]+\.md", path.name)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", ["README.md", "docs/running.md", "docs/architecture.md"])
def test_every_make_command_in_the_documents_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text()

    asked_for = re.findall(r"(?:`|^)make ([a-z-]+)", (ROOT / name).read_text(), re.MULTILINE)

    offered = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    assert set(asked_for) - set(offered) == set()


def test_the_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()

    assert "make demo" in readme
    assert "make test" in readme
    assert len(readme.splitlines()) <= 60, "one screen"


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=named
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []
