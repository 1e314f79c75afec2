"""A real browser for journeys: the machine's own Chromium, driven by Playwright.

A journey fails when the browser's console complains, a script breaks, or a file does not arrive.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Site
from wagtail.models import Page as EditorialPage

# Playwright runs an event loop beside Django's synchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NO_BROWSER = "no Chromium on this machine, so no journeys. Debian, Ubuntu: apt install chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    # Chromium's own errands, which would look for hosts outside.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps are drawn without a graphics card.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
NewPage = Callable[..., Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Everything in this folder is a journey."""
    item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; each journey gets a fresh profile in it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What the browser complained of. A journey that means to cause some clears the list."""
    troubles: list[str] = []
    yield troubles
    assert troubles == []


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer, troubles: list[str]) -> Iterator[NewPage]:
    """Opens a page in a profile of its own: `new_page(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": live_server.url, "locale": "en-GB", "timezone_id": "Europe/London"}
            | options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        _listen(page, troubles)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A desktop browser."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """The narrowest phone we promise: 320 pixels wide, touched and not clicked."""
    return new_page(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)


@pytest.fixture
def no_javascript(new_page: NewPage) -> Page:
    """A desktop browser with scripts switched off."""
    return new_page(java_script_enabled=False)


@pytest.fixture
def editorial_root(transactional_db: None) -> EditorialPage:
    """Wagtail's language, first page and site, which the last journey's clearing-up took away."""
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    root: EditorialPage = EditorialPage.get_first_root_node() or EditorialPage.add_root(
        instance=EditorialPage(title="Root", slug="root")
    )
    Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": root}
    )
    return root


# Drawing without a graphics card is slow, and Chromium says so. Who ticks a second box before the
# first is answered has the first question taken back: htmx says so.
EXPECTED = ("WebGL", "htmx:sendAbort", "htmx:afterRequest")
# What the browser itself takes back: a question that another has overtaken, or what a page was
# still fetching when its reader went on to the next.
TAKEN_BACK = "net::ERR_ABORTED"


def _listen(page: Page, troubles: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        is_expected = any(words in message.text for words in EXPECTED)
        if message.type in {"error", "warning"} and not is_expected:
            troubles.append(f"console: {message.text}")

    def not_loaded(request: Request) -> None:
        if request.failure != TAKEN_BACK:
            troubles.append(f"not loaded: {request.url} ({request.failure})")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("requestfailed", not_loaded)
