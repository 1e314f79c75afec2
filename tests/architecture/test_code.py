"""How our own files are shaped."""

import ast
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.architecture.repository import SOURCE, named, needs_browser_assets, python_files

LONGEST_MODULE = 400
LONGEST_CORE = 200
WIDEST_TEMPLATE = 120

TEMPLATES = sorted([*SOURCE.rglob("*.jinja"), *SOURCE.rglob("*.html")])
ACTION_MODULES = [
    path for path in python_files() if path.name == "actions.py" or path.parent.name == "actions"
]


@pytest.mark.parametrize("path", python_files(), ids=named)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE, (
        "make it a package of the same name, one file for each thing it does"
    )


def test_core_stays_small() -> None:
    lines = sum(len(path.read_text().splitlines()) for path in (SOURCE / "core").rglob("*.py"))

    assert lines <= LONGEST_CORE


@pytest.mark.parametrize("path", ACTION_MODULES, ids=named)
def test_an_action_takes_keywords_and_writes_all_or_nothing(path: Path) -> None:
    actions = [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert [action.name for action in actions if action.args.args or action.args.posonlyargs] == []
    assert [action.name for action in actions if not is_atomic(action)] == []
    assert [action.name for action in actions if not ast.get_docstring(action)] == []


def is_atomic(function: ast.FunctionDef) -> bool:
    """Is all of it in one transaction, or does its docstring say how its transactions go?"""
    decorated = any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    return decorated or "transaction" in (ast.get_docstring(function) or "")


def test_actions_that_break_the_rule_are_seen() -> None:
    loose = ast.parse("def publish(activity):\n    'Show it.'\n    activity.save()").body[0]
    whole = ast.parse("@transaction.atomic\ndef publish(*, activity): ...").body[0]

    assert isinstance(loose, ast.FunctionDef)
    assert isinstance(whole, ast.FunctionDef)
    assert not is_atomic(loose)
    assert is_atomic(whole)


def inline_code(markup: str) -> list[str]:
    """What the content security policy would refuse in a template: the browser would not run it."""
    markup = re.sub(r"\{#.*?#\}", "", markup, flags=re.DOTALL)
    scripts = re.findall(r"<script\b[^>]*>", markup)
    return [
        *(tag for tag in scripts if "nonce=" not in tag and "src=" not in tag),
        *re.findall(r"<style\b[^>]*>", markup),
        *re.findall(r"""\sstyle\s*=\s*["'{]""", markup),
        *re.findall(r"""\son[a-z]+\s*=\s*["'{]""", markup),
        *re.findall(r"javascript:", markup),
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    assert inline_code(path.read_text()) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        "<style>p{}</style>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_script_and_style_are_seen(markup: str) -> None:
    assert inline_code(markup)


# Elements that a browser begins on a line of their own, and those of a page's head.
BLOCK_LEVEL = frozenset(
    {
        *("article", "aside", "body", "caption", "datalist", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("head", "header", "hr", "html", "legend", "li", "link", "main", "meta", "nav", "ol"),
        *("option", "p", "pre", "script", "section", "select", "style", "summary", "symbol"),
        *("table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr"),
        "ul",
    }
)
# What decides and repeats. What writes a value, as `trans` and `url` do, is like an expression.
STATEMENTS = frozenset(
    {"block", "call", "extends", "for", "from", "if", "import", "include", "load"}
    | {"macro", "set", "with"}
)
OTHERWISE = frozenset({"elif", "else", "empty"})
NOT_CONTENT = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL)
ATTRIBUTES = re.compile(
    r"""(?<=<)(?P<tag>[a-z][a-z0-9]*)(?P<rest>(?:\{%.*?%\}|"[^"]*"|'[^']*'|[^>"'])*+)>""", re.DOTALL
)
BEGINNING = re.compile(r"\{%[-+]?\s*(?P<statement>\w+)|<(?P<tag>[a-z][a-z0-9]*)")


def blank(text: str) -> str:
    """As many lines, with nothing on them."""
    return "\n" * text.count("\n")


def begun(line: str) -> list[str]:
    """The block-level elements and the statements that begin on a line of a template.

    An `else` goes with the `if` of its own line: "{% if a %}yes{% else %}no{% endif %}" is one.
    """
    names = []
    open_here = 0
    for statement, tag in BEGINNING.findall(line):
        open_here += (statement in ("if", "for")) - (statement in ("endif", "endfor"))
        is_loose = statement in OTHERWISE and open_here < 1
        if tag in BLOCK_LEVEL or statement in STATEMENTS or is_loose:
            names.append(tag or statement)
    return names


def crowded_lines(markup: str) -> list[str]:
    """The lines of a template on which more than one tag begins, attributes left out."""
    content = NOT_CONTENT.sub(lambda found: blank(found[0]), markup)
    bare = ATTRIBUTES.sub(lambda found: f"{found['tag']}{blank(found['rest'])}>", content)
    return [
        line
        for line, without_attributes in zip(markup.split("\n"), bare.split("\n"), strict=True)
        if len(begun(without_attributes)) > 1
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_one_tag_a_line_and_no_long_line(path: Path) -> None:
    markup = path.read_text()

    assert [line for line in markup.split("\n") if len(line) > WIDEST_TEMPLATE] == []
    assert crowded_lines(markup) == []


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li>One</li></ul>",
        "<div class='a'></div><div class='b'></div>",
        "{% if rows %}<ul>",
        "<p>{% if usually %}{{ usually }}{% endif %}</p>",
        "{% else %}<p>None</p>",
        "{% endif %}{% if next %}{% include 'next.jinja' %}",
        "{% block head %}<link rel='icon' href='{{ icon }}'>{% endblock %}",
        "<td>{{ when }}</td>{# and #}<td>{{ where }}</td>",
    ],
)
def test_two_tags_on_a_line_are_seen(line: str) -> None:
    assert crowded_lines(f"<main>\n{line}\n</main>") == [line]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>One</p>",
        "<li><a href='/'><strong>Home</strong></a>, <em>where it begins</em></li>",
        "<p class='row{% if is_due %} due{% endif %}'{% if a > b %} hidden{% endif %}>Now</p>",
        "<p>{% trans name %}Hello {{ name }}{% endtrans %}</p>",
        "{% if is_due %}{{ _('Late') }}{% else %}{{ _('Soon') }}{% endif %}",
        "{% for field in fields %}{{ field }}{% endfor %}",
        "{# <ul><li>{% if rows %} #}",
        "<dd>\n  {% if near %}near{% endif %}\n</dd>",
        "<form method='post'\n  action='{% url 'add' %}'>\n  <p>One</p>\n</form>",
    ],
)
def test_one_tag_a_line_is_let_through(markup: str) -> None:
    assert crowded_lines(markup) == []


def test_every_static_file_that_is_named_is_there() -> None:
    needs_browser_assets()
    texts = "\n".join(path.read_text() for path in [*TEMPLATES, *python_files()])

    named_files = set(re.findall(r"""\bstatic(?:\(|\s+)["']([^"'{}]+)["']""", texts))

    assert "design/icon.svg" in named_files
    assert [name for name in sorted(named_files) if finders.find(name) is None] == []


def test_a_script_with_an_address_or_a_nonce_is_let_through() -> None:
    assert inline_code('<script src="/a.js"></script><script nonce="{{ n }}">1</script>') == []
