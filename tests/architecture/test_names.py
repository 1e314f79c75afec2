"""Variables and parameters are named after what they hold."""

import ast
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, SOURCE, named

EMPTY_WORDS = {"one", "told", "said", "given", "what", "thing"}
# Fields named as a parameter of public URLs.
IN_URLS = {"src/hereabouts/activities/finding/forms.py": {"what"}}


def names(code: str) -> set[str]:
    """The variables that `code` assigns, and the parameters of its functions."""
    nodes = list(ast.walk(ast.parse(code)))
    stored = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return stored | {node.arg for node in nodes if isinstance(node, ast.arg)}


def files() -> list[Path]:
    """Every module of the repository."""
    folders = (SOURCE, ROOT / "tests", ROOT / "bench")
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=named)
def test_a_name_says_what_it_holds(path: Path) -> None:
    assert names(path.read_text()) & EMPTY_WORDS <= IN_URLS.get(named(path), set())


def test_names_that_say_nothing_are_seen() -> None:
    code = "def show(told, *, thing=None):\n    [one for one in told]\n    what: str\n    said = 1"

    assert names(code) == {"told", "thing", "one", "what", "said"}
