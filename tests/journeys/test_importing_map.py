"""An analyst brings in the Google map that the partnership began with; a moderator publishes it."""

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities.models import Activity
from tests import make
from tests.files.maps import my_map
from tests.journeys.conftest import NewPage
from tests.journeys.steps import assert_accessible, sign_in


@pytest.fixture
def analyst(editorial_root: object) -> User:
    make.partnership()
    return make.staff(role=Role.ANALYST, email="analyst@heathandvale.example")


@pytest.fixture
def moderator(editorial_root: object) -> User:
    return make.staff(role=Role.MODERATOR, email="moderator@heathandvale.example")


def test_an_analyst_imports_a_map_and_a_moderator_publishes_it(
    page: Page, new_page: NewPage, live_server: LiveServer, analyst: User, moderator: User
) -> None:
    sign_in(page, live_server, analyst)
    upload_and_match(page)
    look_it_over_and_save(page)
    assert dict(Activity.objects.drafts().values_list("name", "level")) == {
        "Sure and Steady": "ORANGE",
        "Falls class": "RED",
        "Gentle movers": "ORANGE",
    }

    of_moderator = new_page()
    sign_in(of_moderator, live_server, moderator)
    publish_the_first_two(of_moderator)

    page.goto("/find/?near=NG20+8PA")
    expect(page.get_by_role("link", name="Sure and Steady")).to_be_visible()
    expect(page.locator("#result-2").get_by_text("Leader not confirmed")).to_be_visible()


def upload_and_match(page: Page) -> None:
    """As far as what the colours mean."""
    page.goto("/staff/")
    page.get_by_role("main").get_by_role("link", name="Import a spreadsheet").click()
    assert_accessible(page)
    file = FilePayload(name="Classes.kml", mimeType="application/octet-stream", buffer=my_map())
    page.set_input_files("input[type=file]", files=file)
    page.get_by_role("button", name="Upload").click()

    pins = page.get_by_role("group", name="What the colours of the pins mean")
    expect(pins.get_by_label("Orange pins (#F57C00): 1")).to_have_value("ORANGE")
    expect(pins.get_by_label("Red pins (#A52714): 1")).to_have_value("RED")
    expect(pins.get_by_label("Blue pins (#0288D1): 1")).to_have_value("NONE")
    expect(page.get_by_text("1 line or area of the map is left out")).to_be_visible()
    page.get_by_text("More that we can keep").click()
    expect(page.get_by_label("Languages spoken")).to_be_visible()
    assert_accessible(page)
    pins.get_by_label("Green pins (#0F9D58): 1").select_option("ORANGE")
    pins.get_by_label("Blue pins (#0288D1): 1").select_option("LEAVE_OUT")
    page.get_by_role("button", name="Look it over").click()


def look_it_over_and_save(page: Page) -> None:
    """What will happen, and what did."""
    expect(page.get_by_text("3 become drafts, 1 is left out.")).to_be_visible()
    expect(page.get_by_text("You may not publish, so it comes in as a draft.")).to_have_count(2)
    expect(page.get_by_text("It will show “Leader not confirmed”")).to_be_visible()
    expect(page.get_by_text("Blue pins (#0288D1) are left out, as chosen.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Save the import").click()

    expect(page.get_by_text("3 became drafts, 1 was left out.")).to_be_visible()
    expect(page.get_by_role("heading", name="Drafts that wait for a moderator")).to_be_visible()
    expect(page.get_by_role("link", name="Gentle movers")).to_be_visible()
    assert_accessible(page)


def publish_the_first_two(page: Page) -> None:
    """Those that lack nothing, one after the other from the queue."""
    for name in ("Sure and Steady", "Falls class"):
        page.goto("/staff/activities/drafts/")
        page.get_by_role("link", name=name).click()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text(f"{name} is published.")).to_be_visible()
