"""What holds for every method: what it imports, what it says, that its examples run, its page."""

import ast
import doctest
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import hereabouts.methods

SOURCE = Path(hereabouts.methods.__path__[0])
PAGES = Path(__file__).resolve().parents[2] / "docs" / "methods"
FILES = sorted(SOURCE.rglob("*.py"))
# A method is a module, or a package of the same name when it is longer.
METHODS = sorted(
    path.stem for path in SOURCE.iterdir() if path.stem != "__init__" and path.stem[0] not in "._"
)
MAY_IMPORT = {"numpy", "scipy"} | sys.stdlib_module_names
# A year of publication, a section, or the words themselves.
SAYS_WHERE_FROM = re.compile(r"\bsources?\b|\bshapes?\b|§|\b(?:1[89]|20)\d\d\b", re.IGNORECASE)
EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)
# Tables of evidence, and the inside of a method: what they do shows in the examples of its face.
WITHOUT_EXAMPLES = {
    "hereabouts.methods.falls.evidence",
    "hereabouts.methods.siting.capped",
    "hereabouts.methods.siting.exact",
    "hereabouts.methods.siting.relaxation",
}
LARGEST_PICTURE_BYTES = 20_000


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(("hereabouts.methods", *(part for part in parts if part != "__init__")))


MODULES = [module_name(path) for path in FILES]


def imported(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it that stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield node.module or ""


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def docstrings(path: Path) -> str:
    """All that a module says of itself and of what is in it."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    texts = (ast.get_docstring(node) for node in nodes if isinstance(node, documented))
    return "\n".join(text for text in texts if text)


def offered(method: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Of a package the functions that it offers; of a module all without an underscore."""
    named = getattr(import_module(f"hereabouts.methods.{method}"), "__all__", None)
    for path in FILES:
        if module_name(path).split(".")[2:3] == [method]:
            for function in public_functions(path):
                if named is None or function.name in named:
                    yield path, function


def test_there_are_methods() -> None:
    assert "networks" in METHODS
    assert {name.split(".")[2] for name in MODULES if name.count(".") > 1} == set(METHODS)


def test_every_module_that_can_be_imported_is_looked_at() -> None:
    below = pkgutil.walk_packages(hereabouts.methods.__path__, "hereabouts.methods.")

    assert {"hereabouts.methods", *(module.name for module in below)} == set(MODULES)


def test_every_page_and_picture_is_of_a_method() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*METHODS, "README"}
    assert {path.stem for path in PAGES.glob("*.svg")} == set(METHODS)


@pytest.mark.parametrize("path", FILES, ids=map(module_name, FILES))
def test_a_method_stands_on_numpy_and_scipy_alone(path: Path) -> None:
    foreign = {
        name
        for name in imported(path)
        if name.split(".")[0] not in MAY_IMPORT and not f"{name}.".startswith("hereabouts.methods.")
    }

    assert foreign == set()


@pytest.mark.parametrize("path", FILES, ids=map(module_name, FILES))
def test_a_module_and_its_public_functions_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [node.name for node in public_functions(path) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree)
    assert silent == []


@pytest.mark.parametrize("method", METHODS)
def test_a_public_function_stands_beside_its_source_or_its_shapes(method: str) -> None:
    package = SOURCE / method / "__init__.py"
    of_all = docstrings(package) if package.exists() else ""
    unsourced = [
        f"{path.name}: {function.name}"
        for path, function in offered(method)
        if not SAYS_WHERE_FROM.search(docstrings(path) + of_all)
    ]

    assert list(offered(method))
    assert unsourced == []


@pytest.mark.parametrize("method", METHODS)
def test_a_public_function_has_an_example(method: str) -> None:
    without = [
        f"{path.name}: {function.name}"
        for path, function in offered(method)
        if ">>> " not in (ast.get_docstring(function) or "")
    ]

    assert without == []


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    module = import_module(name)

    results = doctest.testmod(module)

    assert results.failed == 0
    assert results.attempted == len(EXAMPLE.findall(inspect.getsource(module)))
    assert results.attempted or hasattr(module, "__path__") or name in WITHOUT_EXAMPLES


@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_a_page_with_an_example_and_a_picture(method: str) -> None:
    page = (PAGES / f"{method}.md").read_text(encoding="utf-8")
    picture = (PAGES / f"{method}.svg").read_text(encoding="utf-8")

    assert f"({method}.svg)" in page
    assert EXAMPLE.search(page)
    assert "Source" in page
    assert "Limits" in page
    assert "<title" in picture
    assert "<desc" in picture
    assert len(picture.encode()) <= LARGEST_PICTURE_BYTES


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_the_examples_of_a_page_are_true(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    # A fence ends what an example prints.
    text = re.sub(r"^```.*$", "", page, flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, path.name, None, 0)

    results = doctest.DocTestRunner().run(examples)

    assert results.failed == 0
    assert results.attempted == len(EXAMPLE.findall(page))


@pytest.mark.parametrize("method", METHODS)
def test_the_index_lists_every_method_once(method: str) -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")

    assert index.count(f"]({method}.md)") == 1


def test_the_index_lists_nothing_else() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"\]\((\w+)\.md\)", index)) == set(METHODS)
