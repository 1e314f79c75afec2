"""Sign of life: the browser, the pages' files, and the rules for being read by everyone."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.partners.models import Partnership
from tests import make
from tests.journeys.steps import assert_accessible, sign_in


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return make.partnership()


def test_home_page_opens_for_everyone(page: Page) -> None:
    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)


def test_home_page_fits_the_narrowest_phone(phone: Page) -> None:
    phone.goto("/")

    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert_accessible(phone)


def test_home_page_works_without_scripts(no_javascript: Page) -> None:
    no_javascript.goto("/")

    expect(no_javascript.get_by_role("heading", level=1)).to_be_visible()


def test_home_page_loads_every_file_from_this_server(page: Page, live_server: LiveServer) -> None:
    arrived = []
    page.on("response", lambda response: arrived.append((response.url, response.status)))

    page.goto("/", wait_until="networkidle")

    assert len(arrived) > 1
    assert [answer for answer in arrived if not answer[0].startswith(live_server.url)] == []
    assert [answer for answer in arrived if answer[1] >= 400] == []


def test_signing_in_opens_the_back_office(
    page: Page, live_server: LiveServer, editorial_root: object
) -> None:
    sign_in(page, live_server, make.staff())

    page.goto("/staff/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/staff/")


def test_what_the_browser_complains_of_is_noted(page: Page, troubles: list[str]) -> None:
    page.goto("/")

    page.evaluate("console.error('a broken promise')")
    page.evaluate("setTimeout(() => { throw new Error('a broken script') })")
    page.evaluate("fetch('http://127.0.0.1:1/').catch(() => null)")
    page.wait_for_timeout(200)

    words = " ".join(troubles)
    assert "console: a broken promise" in words
    assert "script: a broken script" in words
    assert "127.0.0.1:1" in words
    troubles.clear()


def test_a_page_that_shuts_somebody_out_is_noted(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><input></body></html>")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
