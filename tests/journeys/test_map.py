"""The map beside the list: the same results, for whoever wants to see where they are."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Request, Route, expect

from hereabouts.activities.models import Activity
from tests import make
from tests.journeys.conftest import NewPage
from tests.journeys.steps import assert_accessible

FIND = "/find/?near=NG20+8PA"
LIBRARY = re.compile(r"maplibre-gl[^/]*\.mjs")
POINTS = re.compile(r"/find/map/")
FAILED = "The map did not load. The list has everything that is on it."


@pytest.fixture(autouse=True)
def thirty_activities(transactional_db: None) -> None:
    """Four at one hall, sixteen around it, then ten farther away, six of them in one place."""
    make.partnership()
    hall = make.venue(name="Millbeck Hall", latitude=53.2040, longitude=-1.2150)
    make.activity(name="Sit and stretch", at_venue=hall, is_chair_based=True)
    make.activity(name="Gentle moves", at_venue=hall, is_low_impact=True)
    make.activity(name="Nobody looked", at_venue=hall, is_fame=True)
    make.activity(
        name="Sure and Steady",
        at_venue=hall,
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=timezone.localdate() - timedelta(days=3),
    )
    for number in range(16):
        near = make.venue(latitude=53.198 - 0.0006 * number, longitude=-1.25 + 0.004 * number)
        make.activity(name=f"Stroll {number}", at_venue=near)
    centre = make.venue(name="Leisure centre", latitude=53.2350, longitude=-1.2150)
    for number in range(6):
        make.activity(name=f"Green {number}", at_venue=centre, is_low_impact=True)
    for number in range(4):
        far = make.venue(latitude=53.2420 + 0.002 * number, longitude=-1.2500)
        make.activity(name=f"Far {number}", at_venue=far, is_chair_based=True)


def pins(page: Page) -> Locator:
    return page.locator(".map__mark--pin")


def mark_of(page: Page, number: int) -> Locator:
    """Its pin, or the box that counts it where it has no room."""
    crowd = page.locator(f"[data-numbers~='{number}']")
    return page.locator(f".map__mark--pin[data-number='{number}']").or_(crowd).filter(visible=True)


def open_map(page: Page) -> None:
    page.get_by_role("button", name="Show the map").click()
    expect(pins(page).first).to_be_visible()


def test_the_map_has_the_numbers_of_the_list(page: Page) -> None:
    page.goto(FIND)
    open_map(page)

    expect(pins(page)).to_have_text([str(number) for number in range(1, 21)])
    names = page.locator(".card__title").all_inner_texts()
    for number, name in enumerate(names, start=1):
        label = pins(page).nth(number - 1).get_attribute("aria-label") or ""
        assert label.startswith(f"{number}, {name}. ")
        expect(mark_of(page, number)).to_have_count(1)
    expect(page.get_by_label("You searched here")).to_be_attached()
    assert_accessible(page)


def test_nothing_of_the_map_is_fetched_before_somebody_wants_it(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(FIND, wait_until="networkidle")

    assert [url for url in fetched if LIBRARY.search(url) or "find/map" in url] == []
    open_map(page)

    assert len([url for url in fetched if LIBRARY.search(url)]) >= 2


def test_the_map_asks_no_other_host(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{FIND}&view=map")
    expect(pins(page)).to_have_count(20)
    page.wait_for_load_state("networkidle")

    ours = page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((ours, "data:", "blob:"))] == []


def test_every_mark_of_a_hall_with_many_classes_can_be_pressed(page: Page) -> None:
    page.goto(FIND)
    open_map(page)

    for number in range(1, 21):
        mark_of(page, number).click(trial=True)


def test_on_a_phone_what_has_no_room_is_counted_near_its_place(phone: Page) -> None:
    phone.goto(f"{FIND}&view=map")
    expect(pins(phone)).to_have_count(20)
    crowds = phone.locator(".map__pins .map__mark--box")
    expect(crowds.first).to_be_visible()

    numbers = {int(text) for text in pins(phone).filter(visible=True).all_inner_texts()}
    for crowd in crowds.all():
        counted = (crowd.get_attribute("data-numbers") or "").split()
        assert crowd.inner_text() == str(len(counted))
        numbers |= {int(text) for text in counted}
    assert numbers == set(range(1, 21))
    leads = phone.locator(".map__leaders path").first.get_attribute("d") or ""
    shifts = re.findall(r"l(-?\d+) (-?\d+)", leads)
    assert max(abs(int(length)) for shift in shifts for length in shift) <= 48
    assert_accessible(phone)


def test_a_box_of_what_had_no_room_opens_to_its_pins(phone: Page) -> None:
    phone.goto(f"{FIND}&view=map")
    crowd = phone.locator(".map__pins .map__mark--box").first
    number = (crowd.get_attribute("data-numbers") or "").split()[0]
    pin = phone.locator(f".map__mark--pin[data-number='{number}']")
    expect(pin).to_be_hidden()
    at_pin = phone.locator(f"[data-numbers~='{number}']")
    listed = phone.locator(f".map__here a[href$='#result-{number}']")
    _press_until(phone, at_pin, pin.filter(visible=True).or_(listed))

    expect(pin.filter(visible=True).or_(listed)).to_be_visible()


def test_a_pin_leads_to_its_card_by_keyboard(page: Page) -> None:
    page.goto(FIND)
    open_map(page)
    # The map is where the focus is: its buttons, the map itself, then the pins.
    _tab_until(page, re.compile("^3, "))
    expect(page.locator("#result-3")).to_have_class(re.compile("is-marked"))
    page.keyboard.press("Enter")

    expect(page.locator("#result-3 .card__title a")).to_be_focused()
    expect(page.locator("#result-3")).to_be_in_viewport()


def test_a_box_says_what_is_in_it_and_opens(page: Page) -> None:
    page.goto(FIND)
    open_map(page)
    page.get_by_role("button", name="Zoom out").click()
    box = page.get_by_role("button", name="10 activities: 6 green, 4 orange. Show them")
    expect(box).to_have_count(1)
    assert_accessible(page)
    box.press("Enter")

    # Farther in there are others, and whoever uses keys is at one of them.
    expect(page.locator(".map__mark:focus")).to_have_accessible_name(re.compile("^[46] activities"))
    pin = page.get_by_role("link", name=re.compile(r"^Number \d+ in the list\. Orange"))
    _press_until(page, page.get_by_role("button", name=re.compile(r"\d orange\. Show them")), pin)
    expect(pin.first).to_have_attribute("href", re.compile(r"page=2.*#result-\d+$"))


def test_those_in_one_place_are_listed(page: Page) -> None:
    page.goto(FIND)
    open_map(page)
    listed = page.locator(".map__here").get_by_role("link")
    _press_until(page, page.get_by_role("button", name="6 activities: 6 green. Show them"), listed)

    expect(page.get_by_text("6 activities in one place:")).to_be_focused()
    expect(listed).to_have_count(6)
    assert_accessible(page)
    number = listed.first.inner_text().split(".")[0]
    listed.first.click()

    expect(page.locator(f"#result-{number}")).to_be_in_viewport()
    expect(pins(page).first).to_have_text("21")


def test_the_map_follows_the_list(page: Page) -> None:
    fetched: list[Request] = []
    page.on("request", lambda request: fetched.append(request))
    page.goto(FIND)
    open_map(page)
    page.get_by_label(re.compile("Green: low-impact")).first.check()

    expect(page.locator(".card__title")).to_have_count(7)
    expect(pins(page)).to_have_text([str(number) for number in range(1, 8)])
    expect(pins(page).first).to_have_accessible_name(re.compile("^1, Gentle moves. Green"))
    library = [request for request in fetched if request.url.endswith("maplibre-gl.mjs")]
    assert len(library) == 1


def test_going_back_brings_the_list_and_a_map_that_works(page: Page) -> None:
    page.goto(f"{FIND}&view=map")
    expect(pins(page)).to_have_count(20)
    page.get_by_label(re.compile("Green: low-impact")).first.check()
    expect(pins(page)).to_have_count(7)
    page.go_back()

    expect(page.locator(".card__title")).to_have_count(20)
    expect(pins(page)).to_have_count(20)


@pytest.mark.parametrize("missing", [LIBRARY, POINTS], ids=["library", "points"])
def test_without_network_the_list_stays_and_the_map_says_so(
    page: Page, troubles: list[str], missing: re.Pattern[str]
) -> None:
    page.goto(FIND)
    page.route(missing, lambda route: route.abort())
    page.get_by_role("button", name="Show the map").click()

    expect(page.get_by_text(FAILED)).to_be_visible()
    expect(page.locator(".card__title")).to_have_count(20)
    assert_accessible(page)
    assert [trouble for trouble in troubles if "ERR_FAILED" not in trouble] == []
    troubles.clear()

    page.unroute(missing)
    page.get_by_role("button", name="Try again").click()
    expect(pins(page)).to_have_count(20)
    expect(page.get_by_text(FAILED)).to_be_hidden()


def test_without_scripts_the_list_is_enough(no_javascript: Page) -> None:
    no_javascript.goto(f"{FIND}&view=map")

    expect(no_javascript.get_by_text("The list has everything that is on it.")).to_be_visible()
    expect(no_javascript.get_by_role("button", name="Show the map")).to_be_hidden()


def test_on_a_phone_the_page_scrolls_past_the_map(phone: Page) -> None:
    phone.goto(f"{FIND}&view=map")
    expect(pins(phone)).to_have_count(20)

    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    touch = phone.locator(".maplibregl-canvas").evaluate("e => getComputedStyle(e).touchAction")
    assert touch == "pan-x pan-y"
    assert_accessible(phone)


def test_the_map_is_dark_on_a_dark_page(new_page: NewPage) -> None:
    dark = new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    dark.goto(f"{FIND}&view=map")
    expect(pins(dark)).to_have_count(20)

    assert_accessible(dark)


def _tab_until(page: Page, name: re.Pattern[str]) -> None:
    """Press Tab until the focus is on something with that name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if name.search(label):
            return
    raise AssertionError(f"the Tab key never reached {name.pattern!r}")


def _press_until(page: Page, box: Locator, wanted: Locator) -> None:
    """Press the box, again after each zoom, until `wanted` is there."""
    for _ in range(12):
        if wanted.count():
            return
        # The box may go while it is looked for: it is pressed when it is there.
        box.evaluate_all("boxes => boxes[0]?.click()")
        page.wait_for_timeout(1000)
    raise AssertionError("the box never opened")


def test_the_map_of_a_phone_is_an_address_to_go_back_from(phone: Page) -> None:
    phone.goto(FIND)
    switch = phone.get_by_role("navigation", name="List or map")
    switch.get_by_role("link", name="Map").click()
    expect(pins(phone).first).to_be_attached()

    expect(phone).to_have_url(re.compile(r"view=map#map$"))
    expect(switch.locator("[aria-current]")).to_have_text("Map")
    phone.go_back()
    expect(phone).to_have_url(re.compile(re.escape(FIND) + "$"))
    expect(switch.locator("[aria-current]")).to_have_text("List")


def test_a_list_that_changes_while_the_map_is_loading_is_the_one_that_is_drawn(
    page: Page,
) -> None:
    waiting: list[Route] = []
    page.route(LIBRARY, lambda route: waiting.append(route))
    page.goto(FIND)
    page.get_by_role("button", name="Show the map").click()
    page.get_by_label(re.compile("Green: low-impact")).first.check()
    expect(page.locator(".card__title")).to_have_count(7)
    # What was held back goes on, and nothing more is.
    page.unroute(LIBRARY)

    expect(pins(page)).to_have_text([str(number) for number in range(1, 8)])


def test_what_is_listed_in_one_place_has_its_names_and_closes(page: Page) -> None:
    page.goto(f"{FIND}&level=GREEN")
    open_map(page)
    listed = page.locator(".map__here").get_by_role("link")
    crowd = page.locator(".map__pins .map__mark--box").filter(visible=True)
    _press_until(page, crowd, listed)
    expect(listed.first).to_have_text(re.compile(r"^\d\. .+\. Green: low-impact$"))

    page.keyboard.press("Escape")

    expect(listed).to_have_count(0)
    expect(page.locator(".map__mark:focus")).to_have_count(1)


def test_a_map_that_was_opened_is_there_when_one_comes_back(page: Page) -> None:
    page.goto(FIND)
    open_map(page)
    page.get_by_label(re.compile("Green: low-impact")).first.check()
    expect(page.locator(".card__title")).to_have_count(7)
    expect(page).to_have_url(re.compile("view=map"))
    page.locator(".card__title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gentle moves")

    page.go_back()

    expect(page.locator(".card__title")).to_have_count(7)
    expect(pins(page)).to_have_count(7)
