"""What a journey does besides looking and clicking."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from hereabouts.accounts.models import User
from tests.clients import SignedInClient

# Everything WCAG 2.2 AA asks for that a machine can see, and axe's own advice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page) -> None:
    """Fails with axe's own words when the page, as it stands now, breaks one of its rules.

    Needs a page with scripts: without them axe waits for ever.
    """
    page.wait_for_load_state()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})

    assert results.violations_count == 0, results.generate_report()


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Gives the browser the session of `user`, in place of the code by e-mail and the second step.

    One journey walks that way for all the others.
    """
    client = SignedInClient()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
