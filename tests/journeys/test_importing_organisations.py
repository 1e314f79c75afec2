"""A moderator brings in a register of organisations, and mends the row that was left out."""

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.partners.models import Organisation
from tests import make
from tests.journeys.steps import assert_accessible, sign_in

REGISTER = """Charity,Telephone,Sector
Heath End Movers (made up),0115 496 0142,Voluntary and community
Vale Walkers (made up),ask Joan,
"""


@pytest.fixture
def moderator(editorial_root: object) -> User:
    make.partnership()
    return make.staff(role=Role.MODERATOR, email="moderator@heathandvale.example")


def test_a_moderator_imports_a_register_of_organisations(
    page: Page, live_server: LiveServer, moderator: User
) -> None:
    sign_in(page, live_server, moderator)
    page.goto("/staff/organisations/import/")
    assert_accessible(page)
    page.set_input_files("input[type=file]", _file(REGISTER))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Here is what we can keep of an organisation.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("“Telephone” says “ask Joan”.")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Save").last.click()

    expect(page.get_by_text("1 was published, 1 was left out.")).to_be_visible()
    expect(page.get_by_role("link", name="csv", exact=True)).to_be_visible()
    assert_accessible(page)
    assert Organisation.objects.get().name == "Heath End Movers (made up)"


def _file(content: str) -> FilePayload:
    return {"name": "register.csv", "mimeType": "text/csv", "buffer": content.encode()}
