"""Imports go down, and into another context only by its front doors."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.repository import ROOT, named, python_files

# Made for everyone.
SHARED = {"core", "files", "design"}
# What every context offers to those above it.
OFFERED = {"models", "actions", "queries"}
# What a context offers besides, each with all that is inside it.
ALSO_OFFERED = {
    "accounts": {"permissions", "http", "demo"},
    "activities": {
        *("columns", "shown", "staff.forms"),
        # Rules without a database.
        *("completeness", "kinds", "levels", "recurrence", "vocabularies"),
        "demo",
    },
    "audit": {"trail", "edits", "log_actions"},
    "backoffice": {"forms", "viewsets"},
    "imports": {
        *("cells", "changes", "columns", "headings", "reserved"),
        *("importers", "tables", "menus"),
    },
    # The package itself is its face: searching and declaring. Writing is in its actions.
    "finder": {""},
    "partners": {"demo"},
    "places": {"demo", "names", "points", "postcodes", "staff.viewsets"},
}


def is_allowed(importer: str, imported: str) -> bool:
    """May `importer` import `imported`? Both are full module names."""
    _, ours, *_ = importer.split(".")
    _, theirs, *inside = imported.split(".")
    if ours in {theirs, "config"} or theirs in SHARED:
        return True
    offered = OFFERED | ALSO_OFFERED.get(theirs, set())
    # The package itself only where it is offered: else `from hereabouts.places import points`
    # would be let through before there is such a module.
    if not inside:
        return "" in offered
    return any(".".join(inside[:depth]) in offered for depth in range(1, len(inside) + 1))


def test_another_context_is_entered_only_by_what_it_offers() -> None:
    graph = grimp.build_graph("hereabouts", cache_dir=None)

    pairs = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer != "hereabouts"
    ]

    assert pairs
    assert [pair for pair in sorted(pairs) if not is_allowed(*pair)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("hereabouts.activities.finding.views", "hereabouts.activities.finding.forms", True),
        ("hereabouts.activities.finding.views", "hereabouts.core.http", True),
        ("hereabouts.activities.actions", "hereabouts.places.models", True),
        ("hereabouts.activities.finding.views", "hereabouts.places.postcodes", True),
        ("hereabouts.activities.finding.views", "hereabouts.places.views", False),
        ("hereabouts.hub.views", "hereabouts.activities.entries", False),
        ("hereabouts.intake.drafts.forms", "hereabouts.activities.staff.forms.kinds", True),
        ("hereabouts.intake.drafts.views", "hereabouts.activities.staff.views", False),
        ("hereabouts.activities.finding.views", "hereabouts.partners.points", False),
        ("hereabouts.activities.finding.views", "hereabouts.finder", True),
        ("hereabouts.activities.entries", "hereabouts.finder.models", True),
        ("hereabouts.activities.finding.views", "hereabouts.finder.engine", False),
        ("hereabouts.activities.finding.views", "hereabouts.partners", False),
        ("hereabouts.config.urls", "hereabouts.activities.urls", True),
    ],
)
def test_a_front_door_is_open_and_any_other_is_shut(
    importer: str, imported: str, allowed: bool
) -> None:
    assert is_allowed(importer, imported) is allowed


def test_nothing_reads_the_audit_log() -> None:
    """Its history pages are Wagtail's. Whoever empties it must change nothing that is published."""
    imported = {
        (named(path), name.name)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in node.names
    }

    assert [pair for pair in sorted(imported) if "LogEntry" in pair[1]] == []


def test_every_package_has_its_place_in_the_layers_and_keeps_to_it() -> None:
    lint_imports = Path(sys.executable).parent / "lint-imports"

    checked = subprocess.run(
        [lint_imports, "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout
