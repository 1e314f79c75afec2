"""How pages look to people: small and large, light and dark, on screen and on paper."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from playwright.sync_api import Page, expect

from hereabouts.config import urls as real
from hereabouts.partners.models import Partnership
from tests import make
from tests.journeys.conftest import NewPage
from tests.journeys.steps import assert_accessible

pytestmark = pytest.mark.urls(__name__)

LIGHT, DARK = "rgb(253, 252, 251)", "rgb(23, 18, 26)"


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


handler403 = real.handler403
handler404 = real.handler404
handler500 = real.handler500
urlpatterns = [
    path("components/", include("hereabouts.design.urls")),
    path("broken/", fail),
    *real.urlpatterns,
]


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return make.partnership()


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_of_ours_can_be_read_by_everyone(
    new_page: NewPage, troubles: list[str], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

    for address in ("/", "/about/", "/components/", "/no-such-page/", "/broken/"):
        page.goto(address)
        # The browser notes the two error pages themselves; anything else is trouble.
        troubles[:] = [
            trouble for trouble in troubles if "the server responded with" not in trouble
        ]

        assert page.evaluate("document.documentElement.scrollWidth") == width, address
        assert_accessible(page)


def test_everything_that_folds_can_be_read_when_it_is_open(phone: Page) -> None:
    phone.goto("/components/")
    for folded in phone.locator("details").all():
        folded.evaluate("element => { element.open = true }")

    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert_accessible(phone)


def test_the_menu_opens_on_a_phone_and_closes_with_escape(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_text("Menu", exact=True).click()
    menu = phone.get_by_role("navigation", name="Menu")

    expect(menu.get_by_role("link", name="About")).to_be_visible()
    phone.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(phone.get_by_text("Menu", exact=True)).to_be_focused()


def test_the_page_follows_the_device_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, color_scheme="dark")

    page.goto("/about/")

    expect(page.locator("body")).to_have_css("background-color", DARK)
    expect(page.get_by_role("group", name="Light or dark")).to_be_hidden()


@pytest.mark.parametrize(
    ("device", "choice", "colour"), [("light", "Dark", DARK), ("dark", "Light", LIGHT)]
)
def test_a_choice_of_light_or_dark_holds_on_the_next_page(
    new_page: NewPage, device: str, choice: str, colour: str
) -> None:
    page = new_page(color_scheme=device)
    page.goto("/")
    page.get_by_label(choice, exact=True).check()

    page.goto("/about/")

    assert background(page) == colour
    expect(page.get_by_label(choice, exact=True)).to_be_checked()
    page.get_by_label("Same as my device").check()
    assert background(page) == (LIGHT if device == "light" else DARK)


def test_paper_stays_white_however_dark_the_screen_is(new_page: NewPage) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/")
    page.get_by_label("Dark", exact=True).check()

    page.emulate_media(media="print")

    assert background(page) == "rgb(255, 255, 255)"
    expect(page.get_by_text("Find", exact=True)).to_be_hidden()
    expect(page.locator(".head .call")).to_be_visible()


def test_a_keyboard_reaches_the_main_part_in_one_step(page: Page) -> None:
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
