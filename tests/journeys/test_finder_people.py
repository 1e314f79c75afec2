"""The finder as people use it: eyes that tire, hands that shake, a keyboard, no scripts."""

import re
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from hereabouts.activities.shown import address_of
from hereabouts.activities.vocabularies import Form
from tests import make
from tests.journeys.conftest import NewPage
from tests.journeys.steps import assert_accessible

KINDS = (
    *("tai-chi", "yoga", "pilates", "running", "hiking", "football", "netball", "tennis"),
    *("cricket", "hockey", "golf", "rowing", "angling", "climbing"),
)


@pytest.fixture(autouse=True)
def around_shirebrook(transactional_db: None) -> None:
    """A partnership, and what one may go to around one village."""
    make.partnership()
    hall = make.venue(name="Millbeck Hall", has=["STEP_FREE", "PARKING"])
    library = make.venue(name="Larkfield Library", latitude=53.21, has=["STEP_FREE"])
    make.activity(
        name="Gentle moves to music",
        at_venue=library,
        is_low_impact=True,
        cost_pence=400,
        concessions=[make.concession(who="over 65s", pence=200, proof="your bus pass")],
        purposes=["STRENGTH_AND_BALANCE"],
    )
    make.activity(
        name="Sit and stretch",
        at_venue=hall,
        is_chair_based=True,
        purposes=["STRENGTH_AND_BALANCE"],
        schedules=[make.schedule(weekday=1, start_time=time(10), end_time=time(11))],
    )
    make.activity(
        name="Something of everything",
        at_venue=make.venue(name="Sports Hall", latitude=53.215),
        kinds=[make.kind(code) for code in KINDS],
    )
    make.activity(name="Bowls club", at_venue=library, form=Form.CLUB, cost_pence=250)
    make.open_space(name="Carr Wood", at_venue=make.venue(name="Carr Wood", latitude=53.205))
    make.activity(
        name="Far away", at_venue=make.venue(latitude=53.30, has=["HEARING_LOOP"]), is_fame=True
    )


@pytest.mark.parametrize("width", [320, 360])
def test_somebody_of_eighty_finds_a_class_on_a_small_phone_in_large_letters(
    new_page: NewPage, width: int
) -> None:
    phone = new_page(
        viewport={"width": width, "height": 640}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    phone.goto("/")
    phone.get_by_label("Your postcode").fill("ng20 8pa")
    phone.get_by_role("button", name="Find").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Activity near NG20 8PA")
    # Half as large again, as a phone is set for tired eyes.
    phone.evaluate("document.documentElement.style.fontSize = '150%'")
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)

    phone.locator("summary", has_text="Narrow the list").tap()
    phone.get_by_label("Step-free way in").check()
    phone.get_by_role("button", name="Show results").tap()

    expect(phone.locator(".card__title")).to_have_count(3)
    expect(phone.locator(".filters-box")).not_to_have_attribute("open", "")
    expect(
        phone.get_by_text("£4, or £2 for over 65s (please bring: your bus pass)")
    ).to_be_visible()
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)
    expect(phone.get_by_role("link", name="0115 496 0142").first).to_have_attribute(
        "href", "tel:+441154960142"
    )


def test_a_keyboard_keeps_its_place_while_the_filters_change(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA")
    page.wait_for_load_state()
    tab_to(page, "level-ORANGE")
    page.keyboard.press("Space")

    expect(page.locator(".card__title")).to_have_text(["Sit and stretch"])
    expect(page.locator("#level-ORANGE")).to_be_focused()
    expect(page.locator("#level-ORANGE")).to_be_checked()
    expect(page.locator("#filter-level-tag")).to_have_text("1 on")
    expect(page.locator("label", has=page.locator("#within-1"))).to_have_text("1 mile (1)")

    # On with the next one, from where one was.
    page.keyboard.press("Tab")
    expect(page.locator("#level-RED")).to_be_focused()


def test_what_was_opened_stays_open_while_the_filters_change(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA")
    page.wait_for_load_state()
    section = page.locator("#filter-kind")
    tab_until(page, "document.activeElement.parentElement.id", "filter-kind")
    page.keyboard.press("Enter")
    more = section.locator(".filters__more")
    tab_until(page, "document.activeElement.parentElement.className", "filters__more")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Space")

    expect(page.locator("#finder-status")).to_have_text("1 activity within about 5 miles")
    expect(section).to_have_attribute("open", "")
    expect(page.locator(f"#{focused}")).to_be_focused()
    expect(page.locator(f"#{focused}")).to_be_checked()
    # It has moved among those that always show; what is left of the others is still open.
    expect(more).to_have_attribute("open", "")
    assert_accessible(page)


def test_what_changed_is_told_and_going_back_brings_it_back(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA")
    page.wait_for_load_state()
    page.get_by_label("Orange: chair-based").check()
    expect(page.locator("#finder-status")).to_have_text("1 activity within about 5 miles")
    expect(page).to_have_url(re.compile(r"/find/\?near=NG20\+8PA&level=ORANGE$"))
    expect(page).to_have_title(re.compile("Orange chair-based classes near NG20 8PA"))

    page.go_back()

    expect(page.locator(".card__title")).to_have_count(5)
    expect(page.get_by_label("Orange: chair-based")).not_to_be_checked()
    page.get_by_label("Orange: chair-based").check()
    expect(page.locator(".card__title")).to_have_count(1)


def test_every_filter_works_without_scripts(no_javascript: Page) -> None:
    page = no_javascript
    page.goto("/find/")
    expect(page.get_by_role("button", name="Use my location")).to_be_hidden()
    page.get_by_label("Near").fill("NG20 8PA")
    page.get_by_label("What (any words)").fill("strength")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".card__title")).to_have_count(2)
    page.locator("summary", has_text="Day and time").click()
    page.get_by_label("Tuesday").check()
    page.get_by_role("button", name="Show results").click()

    expect(page.locator(".card__title")).to_have_text(["Sit and stretch"])
    expect(page.get_by_label("What (any words)")).to_have_value("strength")
    page.get_by_role("link", name="Tuesday , take off").click()
    expect(page.locator(".card__title")).to_have_count(2)
    page.get_by_role("link", name="Show the soonest first").click()
    expect(page.get_by_text("Soonest first.")).to_be_visible()
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".card__title")).to_have_count(5)


def test_an_empty_list_becomes_a_full_one_with_one_press(phone: Page) -> None:
    phone.goto("/find/?near=NG20+8PA&need=HEARING_LOOP")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing yet for all of that")
    expect(phone.get_by_role("heading", name="Let us look for you")).to_be_visible()
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)
    phone.get_by_role("link", name="Without asking for: Hearing loop 5 activities").tap()

    expect(phone.locator(".card__title")).to_have_count(5)


def test_somebody_lets_the_phone_say_where_they_are(new_page: NewPage) -> None:
    phone = new_page(
        viewport={"width": 360, "height": 640},
        geolocation={"latitude": 53.20014999, "longitude": -1.23238888},
        permissions=["geolocation"],
    )
    phone.goto("/find/")
    phone.get_by_role("button", name="Use my location").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Activity near where you are now")
    expect(phone).to_have_url(re.compile(r"near=53\.200%2C\+-1\.232$|near=53\.200%2C\+-1\.232&"))
    assert_accessible(phone)


def test_nobody_is_asked_where_they_are_and_a_no_is_explained(new_page: NewPage) -> None:
    page = new_page(permissions=[])
    page.goto("/find/")
    expect(page.locator("[data-locate-status]")).to_be_empty()
    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_text("Type your postcode instead.")).to_be_visible()
    expect(page.get_by_label("Near")).to_have_value("")
    expect(page.get_by_role("button", name="Use my location")).to_be_focused()
    assert_accessible(page)


def test_a_word_without_end_stays_on_the_page(phone: Page) -> None:
    phone.goto(f"/find/?near=NG20+8PA&what={'a' * 95}")

    expect(phone.locator(".chip").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_something_wrong_is_told_beside_its_box(page: Page) -> None:
    page.goto("/find/?near=nowhere-at-all&need=STAIRS&level=RED")

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Near")).to_have_value("nowhere-at-all")
    expect(page.get_by_label("Red: FaME falls class")).to_be_checked()
    assert_accessible(page)
    page.get_by_role("link", name="We do not know that place.").click()
    expect(page.get_by_label("Near")).to_be_focused()


def assert_nothing_sticks_out(page: Page) -> None:
    """The page is no wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def tab_to(page: Page, element_id: str) -> None:
    tab_until(page, "document.activeElement.id", element_id)


def tab_until(page: Page, reading: str, wanted: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate(reading) == wanted:
            return
    raise AssertionError(f"the Tab key never reached {wanted!r}")


# As many letters to a line as on a phone of 320 pixels with text enlarged by a half, and to double.
@pytest.mark.parametrize("width", [213, 160])
def test_enlarged_text_on_a_phone_need_not_be_moved_sideways(new_page: NewPage, width: int) -> None:
    address = address_of(make.red_class(name="Strength, steadiness and balance"))
    page = new_page(viewport={"width": width, "height": 640}, has_touch=True)

    near = "?near=NG20+8PA"
    for path in ("/", f"/find/{near}", f"{address}{near}", f"/find/print/{near}", "/about/"):
        page.goto(path)

        assert page.evaluate("document.documentElement.scrollWidth") == width, path
