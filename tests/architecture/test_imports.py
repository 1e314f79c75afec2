"""Imports go down, and into another context only by its front doors."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.repository import ROOT

# Made for everyone.
SHARED = {"core", "files", "design"}
# What every context offers to those above it.
OFFERED = {"models", "actions", "queries"}
# What a context offers besides.
ALSO_OFFERED = {
    "accounts": {"permissions", "http"},
    "activities": {
        *("vocabularies", "kinds", "levels", "completeness", "recurrence"),
        *("columns", "shown", "staff_forms", "photos"),
    },
    "audit": {"trail", "edits", "log_actions"},
    "backoffice": {"forms", "viewsets"},
    "places": {"names", "points", "postcodes", "backoffice"},
}


def is_allowed(importer: str, imported: str) -> bool:
    """May `importer` import `imported`? Both are full module names."""
    _, ours, *_ = importer.split(".")
    _, theirs, *inside = imported.split(".")
    if ours in {theirs, "config"} or theirs in SHARED:
        return True
    # A name that is no module (`from hereabouts.places import points` before there is one).
    if not inside:
        return False
    return inside[0] in OFFERED | ALSO_OFFERED.get(theirs, set())


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
        ("hereabouts.activities.finding.views", "hereabouts.partners.points", False),
        ("hereabouts.config.urls", "hereabouts.activities.urls", True),
    ],
)
def test_a_front_door_is_open_and_any_other_is_shut(
    importer: str, imported: str, allowed: bool
) -> None:
    assert is_allowed(importer, imported) is allowed


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
