"""A resident with a postcode finds something to go to, however they use the web."""

import re
from datetime import date, time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.activities.models import Activity
from tests import make
from tests.journeys.steps import assert_accessible, sign_in


@pytest.fixture(autouse=True)
def near_shirebrook(transactional_db: None) -> None:
    """A partnership with three classes: one confirmed red, one green, one chair-based farther."""
    make.partnership()
    runs_it = make.organisation(phone="0115 496 0165")
    hall = make.venue(name="Millbeck Hall", postcode="NG20 8PA")
    hall.access_facts.create(fact="STEP_FREE", is_there=True, checked_on=date(2026, 11, 3))
    make.activity(
        name="Sure and Steady",
        at_venue=hall,
        provider=runs_it,
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=timezone.localdate(),
        cost_pence=300,
    )
    make.activity(
        name="Gentle moves to music",
        at_venue=make.venue(name="Larkfield Library", latitude=53.21),
        is_low_impact=True,
        schedules=[make.schedule(weekday=1, start_time=time(10, 30), end_time=time(11, 30))],
    )
    make.activity(
        name="Sit and stretch",
        at_venue=make.venue(name="Thistle Lane Centre", latitude=53.30),
        is_chair_based=True,
    )


def test_a_resident_finds_a_class_and_prints_the_list(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("Your postcode").fill("ng2o 8pa")
    phone.get_by_role("button", name="Find").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Activity near NG20 8PA")
    names = phone.locator(".card__title").all_inner_texts()
    assert names == ["Sure and Steady", "Gentle moves to music"]
    assert_accessible(phone)

    phone.get_by_role("link", name="Sure and Steady").click()
    expect(phone.get_by_text("Every Thursday, 1:30 to 2:45 pm")).to_be_visible()
    expect(phone.get_by_role("link", name="Call 0115 496 0165")).to_have_attribute(
        "href", "tel:+441154960165"
    )
    assert_accessible(phone)

    phone.get_by_role("link", name="Near NG20 8PA").click()
    phone.get_by_role("link", name="Print it in large letters").click()
    expect(phone.get_by_role("button", name="Print")).to_be_visible()
    assert_accessible(phone)
    phone.emulate_media(media="print")
    expect(phone.get_by_text("0115 496 0165").first).to_be_visible()
    expect(phone.get_by_role("button", name="Print")).to_be_hidden()
    assert phone.pdf(format="A4").startswith(b"%PDF")


def test_the_list_itself_prints_with_a_number_for_each_class(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA")
    card = page.locator(".card").first
    order = page.get_by_role("link", name="Show the soonest first")
    expect(order).to_be_visible()

    page.emulate_media(media="print")

    expect(card.get_by_text("0115 496 0165").locator("visible=true")).to_have_count(1)
    expect(order).to_be_hidden()
    expect(page.get_by_text("Take this list with you")).to_be_hidden()


def test_the_same_without_javascript(no_javascript: Page) -> None:
    page = no_javascript
    page.goto("/")
    page.get_by_label("Your postcode").fill("NG20 8PA")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Orange: chair-based").check()
    page.get_by_label("10 miles").check()
    page.get_by_role("button", name="Show results").click()

    expect(page.locator(".card__title")).to_have_text(["Sit and stretch"])
    expect(page.get_by_label("Orange: chair-based")).to_be_checked()
    page.get_by_role("link", name=re.compile("Orange: chair-based")).click()
    expect(page.locator(".card__title")).to_have_count(3)
    page.get_by_role("link", name="Print it in large letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Activity near NG20 8PA")


def test_a_resident_narrows_the_list_without_waiting_for_a_page(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA")
    page.get_by_label("Green: low-impact").check()

    expect(page.locator(".card__title")).to_have_text(["Gentle moves to music"])
    expect(page).to_have_url(re.compile(r"level=GREEN"))
    expect(page.locator("#finder-status")).to_have_text("1 activity within about 5 miles")
    assert_accessible(page)

    page.reload()
    expect(page.locator(".card__title")).to_have_text(["Gentle moves to music"])


def test_an_empty_list_offers_one_change_that_helps(page: Page) -> None:
    page.goto("/find/?near=NG20+8PA&level=ORANGE&within=1")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing yet for all of that")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Up to 10 miles away")).click()

    expect(page.locator(".card__title")).to_have_text(["Sit and stretch"])


def test_a_wrong_postcode_is_explained_and_mended_with_one_press(page: Page) -> None:
    page.goto("/find/")
    page.get_by_label("Near").fill("GN20 8PA")
    page.get_by_role("button", name="Find").click()

    expect(
        page.get_by_role("link", name="We are not sure which place you mean. Is it one of these?")
    ).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="NG20 8PA").click()

    expect(page.locator(".card__title").first).to_have_text("Sure and Steady")


def test_the_places_that_may_be_meant_are_in_sight_on_a_phone(phone: Page) -> None:
    phone.goto("/find/?near=GN20+8PA")

    phone.get_by_role("link", name="Is it one of these?").click()
    first = phone.locator("#near-instead")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport(ratio=1)
    assert phone.locator(".field--error").get_by_role("link").count() > 0
    assert_accessible(phone)


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "near")
    page.keyboard.type("NG20 8PA")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Activity near NG20 8PA")
    # Scripts are there once all has loaded; before, the button below the filters does the same.
    page.wait_for_load_state()
    _tab_to_value(page, "GREEN")
    page.keyboard.press("Space")
    expect(page.locator(".card__title")).to_have_text(["Gentle moves to music"])
    _tab_to_text(page, "Gentle moves to music")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Gentle moves to music")


def test_an_organiser_says_that_it_still_runs(page: Page, live_server: LiveServer) -> None:
    activity = Activity.objects.get(name="Sure and Steady")
    assert activity.provider is not None
    sign_in(page, live_server, make.organiser_of(activity.provider))

    page.goto("/activities/yours/")
    expect(page.get_by_text("Not checked yet.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Yes, still running").click()

    expect(page.get_by_text("Thank you.")).to_be_visible()
    expect(page.get_by_text("by the organiser")).to_be_visible()


def _tab_to(page: Page, element_id: str) -> None:
    _tab_until(page, "document.activeElement.id", element_id)


def _tab_to_value(page: Page, value: str) -> None:
    _tab_until(page, "document.activeElement.value", value)


def _tab_to_text(page: Page, text: str) -> None:
    _tab_until(page, "document.activeElement.innerText", text)


def _tab_until(page: Page, reading: str, wanted: str) -> None:
    """Press Tab until the focus is there; every stop must show that it has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reading) == wanted:
            return
    raise AssertionError(f"the Tab key never reached {wanted!r}")
