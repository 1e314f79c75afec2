"""A moderator brings in the Google map that the partnership began with."""

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities.models import Activity
from tests import make
from tests.activities.imports.maps import my_map
from tests.journeys.steps import assert_accessible, sign_in


@pytest.fixture
def moderator(editorial_root: object) -> User:
    make.partnership()
    return make.staff(role=Role.MODERATOR, email="moderator@heathandvale.example")


def test_a_moderator_imports_a_map_and_says_what_its_colours_mean(
    page: Page, live_server: LiveServer, moderator: User
) -> None:
    sign_in(page, live_server, moderator)

    page.goto("/staff/activities/import/")
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

    expect(
        page.get_by_text("2 will be published, 1 becomes a draft, 1 is left out.")
    ).to_be_visible()
    expect(page.get_by_text("It will show “Leader not confirmed”")).to_be_visible()
    expect(page.get_by_text("Blue pins (#0288D1) are left out, as chosen.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Save the import").click()

    expect(page.get_by_text("2 were published, 1 became a draft, 1 was left out.")).to_be_visible()
    expect(page.get_by_role("link", name="Gentle movers")).to_be_visible()
    assert_accessible(page)
    assert dict(Activity.objects.values_list("name", "level")) == {
        "Sure and Steady": "ORANGE",
        "Falls class": "RED",
        "Gentle movers": "ORANGE",
    }

    page.goto("/find/?near=NG20+8PA")
    expect(page.get_by_role("link", name="Sure and Steady")).to_be_visible()
    expect(page.locator("#result-2").get_by_text("Leader not confirmed")).to_be_visible()
