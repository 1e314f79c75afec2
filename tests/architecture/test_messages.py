"""Every sentence that is to be translated can be: `make messages` finds it."""

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Template as DjangoTemplate
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from jinja2 import Environment, nodes

from hereabouts.design import jinja
from tests.architecture.repository import ROOT, SOURCE, named, python_files

JINJA_TEMPLATES = sorted([*SOURCE.rglob("*.jinja"), *SOURCE.rglob("templates/**/*.txt")])
DJANGO_TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
MODULES_WITH_GETTEXT = {"django.utils.translation", "hereabouts.core.languages"}
# What Python modules call the functions; `gettext_lazy` keeps its name where both are needed.
NAMES = {"gettext": {"_"}, "gettext_lazy": {"_", "gettext_lazy"}}
# Function → which of its arguments are the context, the singular and the plural.
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}


class Message(NamedTuple):
    """What a catalogue knows a sentence by."""

    context: str | None
    singular: str
    plural: str | None = None


@cache
def catalogue() -> frozenset[Message]:
    """What `make messages` collects, by the very command of the Makefile."""
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    found = re.search(r"\$\(BIN\)/pybabel -q (extract .*)", makefile)
    assert found is not None
    with TemporaryDirectory() as folder:
        written = Path(folder) / "django.pot"
        subprocess.run(
            [
                *(Path(sys.executable).parent / "pybabel", "-q"),
                *shlex.split(found[1].replace("locale/django.pot", str(written))),
            ],
            cwd=ROOT,
            env={"PYTHONPATH": "src", "PYTHONUTF8": "1"},
            check=True,
        )
        messages = list(read_po(BytesIO(written.read_bytes())))
    return frozenset(
        Message(message.context, *message.id)
        if isinstance(message.id, tuple)
        else Message(message.context, str(message.id))
        for message in messages
        if message.id
    )


class Call(NamedTuple):
    """A call of gettext in a module: `message` is None where it is not a literal."""

    line: int
    message: Message | None


def names_of_gettext(tree: ast.Module) -> dict[str, str]:
    """The name in this module → gettext, gettext_lazy, ngettext, …"""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES_WITH_GETTEXT
        for alias in node.names
        if "gettext" in alias.name
    }


def calls(tree: ast.Module) -> Iterator[Call]:
    """Every call of a gettext function, by whatever name the module gave it."""
    functions = names_of_gettext(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in functions:
            name = functions[called.id]
        elif isinstance(called, ast.Attribute) and plain(called.attr) in SHAPES:
            name = called.attr
        else:
            continue
        yield Call(node.lineno, message_of(name, node.args))


def plain(function: str) -> str:
    """gettext for gettext_lazy and gettext_noop."""
    return function.removesuffix("_lazy").removesuffix("_noop")


def message_of(function: str, arguments: list[ast.expr]) -> Message | None:
    shape = SHAPES[plain(function)]
    texts = [
        argument.value if isinstance(argument, ast.Constant) else None for argument in arguments
    ]
    context, singular, plural = (None if index is None else texts[index] for index in shape)
    wanted = [index for index in shape if index is not None]
    if not all(isinstance(texts[index], str) for index in wanted):
        return None
    return Message(*cast(tuple[str | None, str, str | None], (context, singular, plural)))


def calls_of(path: Path) -> list[Call]:
    return list(calls(ast.parse(path.read_text())))


def not_collected(messages: list[Message]) -> list[Message]:
    return sorted(set(messages) - catalogue())


def test_every_sentence_of_a_module_is_collected() -> None:
    messages = [call.message for path in python_files() for call in calls_of(path) if call.message]

    assert len(messages) > 500
    assert not_collected(messages) == []


def test_nothing_but_our_own_sentences_is_looked_up() -> None:
    """What somebody typed is shown as it was typed, whatever a catalogue may say of it."""
    looked_up = [
        f"{named(path)}:{call.line}"
        for path in python_files()
        for call in calls_of(path)
        if call.message is None
    ]

    assert looked_up == []


@pytest.mark.parametrize("path", python_files(), ids=named)
def test_gettext_has_one_name(path: Path) -> None:
    imported = names_of_gettext(ast.parse(path.read_text()))

    assert {
        name: function
        for name, function in imported.items()
        if name not in NAMES.get(function, {function})
    } == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "We are not sure which place you mean. Is it one of these?",
        "We do not know that place. Please type your postcode, for example NG20 8PA.",
        (
            "We cover England, Scotland and Wales. We do not cover Northern Ireland, "
            "the Isle of Man or the Channel Islands."
        ),
        "Give its postcode: without it nobody can find the venue.",
        "The OpenActive list has no kind of that name.",
        "The OpenActive list has no kind of that name. Did you mean: %s?",
        "the partnership",
        "the organiser",
    ],
)
def test_sentences_that_were_once_left_out_are_collected(sentence: str) -> None:
    assert Message(None, sentence) in catalogue()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from django.utils.translation import gettext as now\nnow('a')", [Message(None, "a")]),
        ("from hereabouts.core.languages import gettext as _\n_(name)", [None]),
        ("from django.utils.translation import gettext as _\n_(f'{a}')", [None]),
        (
            "from django.utils.translation import ngettext_lazy\nngettext_lazy('a', 'b', 'n')",
            [Message(None, "a", "b")],
        ),
        ("from django.utils import translation\ntranslation.gettext('a')", [Message(None, "a")]),
        ("for _ in range(3): _(1)", []),
    ],
)
def test_calls_of_gettext_are_seen(source: str, expected: list[Message | None]) -> None:
    assert [call.message for call in calls(ast.parse(source))] == expected


# ── Templates ──


@cache
def environment() -> Environment:
    return jinja.environment(extensions=["jinja2.ext.i18n"])


def messages_in_jinja(source: str) -> list[Message | None]:
    """Every sentence that Jinja will look up, as it will: `{% trans %}` is such a call too."""
    tree = environment().parse(source)
    functions = {"_": "gettext", **{name: name for name in SHAPES}}
    return [
        constant_message(functions[node.node.name], node.args)
        for node in tree.find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and node.node.name in functions
    ]


def constant_message(function: str, arguments: list[nodes.Expr]) -> Message | None:
    shape = SHAPES[function]
    wanted = [index for index in shape if index is not None]
    if not all(isinstance(arguments[index], nodes.Const) for index in wanted):
        return None
    texts = (None if index is None else arguments[index].as_const() for index in shape)
    return Message(*cast(tuple[str | None, str, str | None], tuple(texts)))


@pytest.mark.parametrize("path", JINJA_TEMPLATES, ids=named)
def test_every_sentence_of_a_jinja_template_is_collected(path: Path) -> None:
    messages = messages_in_jinja(path.read_text())

    assert None not in messages, "what somebody typed is not looked up"
    assert not_collected([message for message in messages if message]) == []


def messages_in_django(source: str) -> list[Message]:
    """Every sentence that Django will look up, as it will."""
    template = DjangoTemplate(source, engine=cast(DjangoTemplates, engines["django"]).engine)
    short: list[Any] = template.nodelist.get_nodes_by_type(TranslateNode)
    long: list[Any] = template.nodelist.get_nodes_by_type(BlockTranslateNode)
    return [
        *(Message(None, node.filter_expression.var.literal.replace("%", "%%")) for node in short),
        *(Message(None, *texts_of(node)) for node in long),
    ]


def texts_of(node: Any) -> Iterator[str]:
    for tokens in (node.singular, node.plural):
        if tokens:
            yield node.render_token_list(tokens)[0]


@pytest.mark.parametrize("path", DJANGO_TEMPLATES, ids=named)
def test_every_sentence_of_a_django_template_is_collected(path: Path) -> None:
    assert not_collected(messages_in_django(path.read_text())) == []


def test_sentences_of_templates_are_seen() -> None:
    in_jinja = messages_in_jinja(
        "{% trans %}\n  Two\n  lines{% endtrans %}{{ _('one') }}{{ _(typed) }}"
        "{% trans count=n %}{{ count }} day{% pluralize %}{{ count }} days{% endtrans %}"
    )
    in_django = messages_in_django(
        "{% load i18n %}{% translate '5 % off' %}{% blocktranslate with name=user.name %}Hello "
        "{{ name }}{% endblocktranslate %}{% blocktranslate count left=left %}{{ left }} draft"
        "{% plural %}{{ left }} drafts{% endblocktranslate %}"
    )

    assert in_jinja == [
        Message(None, "Two lines"),
        Message(None, "one"),
        None,
        Message(None, "%(count)s day", "%(count)s days"),
    ]
    assert in_django == [
        Message(None, "5 %% off"),
        Message(None, "Hello %(name)s"),
        Message(None, "%(left)s draft", "%(left)s drafts"),
    ]
