"""The page that every page extends, and the parts it is made of."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

import hereabouts.design
from hereabouts.accounts.models import User
from hereabouts.design import views
from hereabouts.design.jinja import language, tel
from hereabouts.design.sample import SampleForm
from tests import make

STATIC = Path(hereabouts.design.__file__).parent / "static" / "design"
PAGE = '{% extends "design/page.jinja" %}{% block title %}Here{% endblock %}'
# Where Django keeps the function of the language that is asked for now.
GETTEXT = "django.utils.translation._trans.gettext"
Render = Callable[..., str]


@pytest.fixture
def part() -> Render:
    """What one call of a macro of components.jinja writes."""

    def render(call: str, **context: object) -> str:
        name = call.split("(", maxsplit=1)[0]
        source = f'{{% from "design/components.jinja" import {name} %}}{{{{ {call} }}}}'
        html: str = engines["jinja2"].from_string(source).render(context)
        return html

    return render


@pytest.fixture
def page() -> Render:
    """A page without a request, as a failing site would draw it."""

    def render(source: str = PAGE, **context: object) -> str:
        html: str = engines["jinja2"].from_string(source).render(context)
        return html

    return render


@pytest.fixture
def component_page(db: None) -> str:
    return views.components(RequestFactory().get("/components/")).content.decode()


# ── Levels ──


@pytest.mark.parametrize(
    ("level", "word", "shape"),
    [
        ("GREEN", "Green: low-impact", "lv-green"),
        ("ORANGE", "Orange: chair-based", "lv-orange"),
        ("RED", "Red: FaME falls class", "lv-red"),
    ],
)
def test_a_level_has_its_word_and_its_shape(
    part: Render, level: str, word: str, shape: str
) -> None:
    badge = part("level_badge(level)", level=level)

    assert word in badge
    assert f'href="#{shape}"' in badge


def test_red_is_not_claimed_while_its_leader_is_not_confirmed(part: Render) -> None:
    badge = part('level_badge("RED", confirmed=false)')
    pin = part('marker(3, "RED", confirmed=false)')

    assert "Leader not confirmed" in badge
    assert 'href="#lv-unsure"' in badge
    assert "level--red" not in badge
    assert "mk-r" not in pin


def test_no_level_is_a_word_without_a_shape(part: Render) -> None:
    badge = part('level_badge("NONE")')

    assert "Other activity" in badge
    assert "<svg" not in badge


def test_a_level_follows_the_language_that_is_asked_for_now(
    part: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Welsh and Irish: no other page is asked for in them, so nothing is remembered.
    monkeypatch.setattr(
        GETTEXT, lambda text: f"[{translation.get_language()}: {text}]", raising=False
    )

    with translation.override("cy"):
        first = part('level_badge("GREEN")')
    with translation.override("ga"):
        second = part('level_badge("GREEN")')

    assert "[cy: Green: low-impact]" in first
    assert "[ga: Green: low-impact]" in second


# ── Parts ──


def test_yes_no_and_not_known_are_all_shown_and_said(part: Render) -> None:
    facts = [("Step-free way in", "yes"), ("Hearing loop", "no"), ("Parking", "ask")]

    html = part("access_list(facts)", facts=facts)

    assert re.findall(r'<li class="(\w+)"', html) == ["yes", "no", "ask"]
    assert "Step-free way in<span" in html
    assert "Hearing loop: no" in html
    assert "Parking: please ask" in html


def test_words_from_people_are_never_html(part: Render) -> None:
    script = "<script>alert(1)</script>"

    for call in (
        "state_line(words)",
        "tag(words)",
        "chip(words, words)",
        "option(words, words, words)",
        "card_line('pin', words)",
        "crumbs([(words, words), (words, none)])",
        "access_list([(words, 'no')])",
        "search_box(value=words)",
        "marker(words, 'GREEN')",
        "phone_link(words)",
    ):
        html = part(call, words=script)
        assert "<script>" not in html, call
        assert "alert(1)" in unescape(html), call


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("0115 496 0142", "tel:+441154960142"),
        ("(0115) 496-0142", "tel:+441154960142"),
        ("+44 (0)115 496 0142", "tel:+441154960142"),
        ("0115 496 0142 or 0115 496 0143", "tel:+441154960142"),
        ("0115 496 0142 / 0143", "tel:+441154960142"),
        ("+353 1 234 5678", "tel:+35312345678"),
        ("111", "tel:111"),
    ],
)
def test_a_phone_number_rings_however_it_is_written(written: str, address: str) -> None:
    assert tel(written) == address


@pytest.mark.parametrize(("code", "written"), [("en-gb", "en-GB"), ("pl", "pl")])
def test_the_language_of_a_page_is_written_as_html_wants_it(code: str, written: str) -> None:
    with translation.override(code):
        assert language() == written


# ── Page ──


def test_a_page_is_drawn_without_a_request(page: Render) -> None:
    html = page()

    assert html.startswith("<!doctype html>")
    assert "<title>Here – Hereabouts</title>" in html
    assert "tel:" not in html


def test_the_practice_strip_is_on_practice_copies_only(page: Render, settings: Settings) -> None:
    settings.PRACTICE_COPY = True
    practice = page()
    settings.PRACTICE_COPY = False
    real = page()

    assert "is made up." in practice
    assert "is made up." not in real


def test_the_menu_says_where_the_reader_is(page: Render) -> None:
    html = page("{% extends 'design/page.jinja' %}{% set here = 'activities:find' %}")

    entries = re.findall(r'<a href="([^"]+)" aria-current="true">', html)
    assert entries == ["/find/", "/find/"]


@pytest.mark.django_db
def test_the_back_office_is_offered_to_those_who_may_enter(page: Render, manager: User) -> None:
    assert "Back office" in page(user=manager)
    assert "Back office" not in page(user=make.user())
    assert "Back office" not in page()


def test_the_title_says_when_a_form_came_back(page: Render) -> None:
    assert "<title>Error: Here" in page(form=SampleForm({}))
    assert "<title>Here" in page(form=SampleForm())


def test_htmx_is_loaded_where_it_is_wanted_and_may_not_evaluate(page: Render) -> None:
    plain = page()
    with_htmx = page(PAGE + "{% set uses_htmx = true %}")

    assert "htmx" not in plain
    assert "django_htmx/htmx-2.min.js" in with_htmx
    assert '"allowEval": false' in with_htmx


def test_what_just_happened_is_said_once_and_escaped(page: Render) -> None:
    html = page(messages=[Message(constants.SUCCESS, "<b>Saved")])

    assert html.count("&lt;b&gt;Saved") == 1
    assert "<b>" not in html


# ── Against the strict policy, and against the macros' real HTML ──


def test_no_component_has_a_style_or_a_script_of_its_own(component_page: str) -> None:
    assert not re.search(r"<[^>]*\sstyle=", component_page)
    assert "<style" not in component_page
    assert not re.search(r"<[^>]*\son\w+=", component_page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", component_page)


def test_every_drawing_that_is_used_is_in_the_sprite(component_page: str) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', component_page))
    used = set(re.findall(r'<use href="#([^"]+)"', component_page))

    assert used == drawn


def test_the_bridge_has_rules_for_what_the_macros_really_write(component_page: str) -> None:
    css = (STATIC / "govuk-bridge.css").read_text()
    written = {
        name for names in re.findall(r'class="([^"]*)"', component_page) for name in names.split()
    }

    assert set(re.findall(r"\.(govuk-[\w-]+)", css)) <= written


@pytest.mark.parametrize("sheet", ["hereabouts.css", "govuk-bridge.css"])
def test_every_role_that_a_sheet_asks_for_exists(sheet: str) -> None:
    tokens = (STATIC / "tokens.css").read_text() + (STATIC / sheet).read_text()
    asked = set(re.findall(r"var\((--[\w-]+)\)", (STATIC / sheet).read_text()))

    assert asked <= set(re.findall(r"(--[\w-]+):", tokens))


def test_the_dark_page_changes_roles_that_exist() -> None:
    light = set(re.findall(r"(--[\w-]+):", (STATIC / "tokens.css").read_text()))
    dark = set(re.findall(r"(--[\w-]+):", (STATIC / "dark.css").read_text()))

    assert dark <= light
