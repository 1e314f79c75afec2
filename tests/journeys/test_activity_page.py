"""Somebody looks at one activity before they go, on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hereabouts.accounts.permissions import Role
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from tests import make
from tests.journeys.steps import assert_accessible, sign_in


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> None:
    make.partnership()


@pytest.fixture
def falls_class() -> Activity:
    """A red class of which everything is known, and a green one near it."""
    actions.ensure_filterable_kinds()
    today = timezone.localdate()
    hall = make.venue(
        has=["STEP_FREE", "ACCESSIBLE_TOILET", "PARKING", "BUS_STOP"], has_not=["HEARING_LOOP"]
    )
    hall.getting_there = "Bus 53 stops at the door."
    hall.save()
    made = make.red_class(
        name="Sure and Steady",
        confirmed_on=today,
        provider=make.organisation(),
        at_venue=hall,
        summary="A class to make your legs stronger and your balance better.",
        description="A cup of tea and a chat.\n\nThen strength work with bands.",
        for_whom="You worry about falling, or your balance is not as good as it was.",
        adapted="You can do any part sitting down.",
        kinds=[make.kind("falls-and-exercise-management")],
        purposes=["STRENGTH_AND_BALANCE"],
        age_from=65,
        gender="EVERYBODY",
        conditions=["ARTHRITIS", "PARKINSONS", "STROKE"],
        carers_welcome=True,
        cost_pence=300,
        is_first_free=True,
        concessions=[make.concession(who="people on Pension Credit", pence=150, proof="a letter")],
        places_per_session=15,
        joining="BOOK",
        breaks=[make.days_without(today + timedelta(days=20), today + timedelta(days=34))],
    )
    make.red_class(name="Stand tall", confirmed_on=today, at_venue=make.venue(latitude=53.22))
    actions.check(activity=made, checker="the class leader", by=None, at=timezone.now())
    return made


@pytest.mark.parametrize("device", ["page", "phone"])
def test_somebody_finds_out_whether_it_is_for_them(
    request: pytest.FixtureRequest, device: str, falls_class: Activity
) -> None:
    page: Page = request.getfixturevalue(device)

    page.goto(f"{address_of(falls_class)}?near=NG20+8PA")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sure and Steady")
    expect(page.get_by_text("For people aged 65 and over.")).to_be_visible()
    expect(page.get_by_text("£1.50 for: people on Pension Credit.")).to_be_visible()
    expect(page.get_by_role("link", name="Call 0115 496 0165")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(page)

    page.get_by_role("link", name="Stand tall").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand tall")


def test_somebody_puts_it_into_their_calendar(
    page: Page, falls_class: Activity, troubles: list[str]
) -> None:
    page.goto(address_of(falls_class))

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Add to my calendar").click()

    # For Chromium what becomes a download is a page that did not load.
    troubles.clear()
    download = downloading.value
    content = download.path().read_bytes()
    assert download.suggested_filename == "sure-and-steady.ics"
    assert [str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT")] == [
        "Sure and Steady"
    ]


def test_a_pause_is_the_first_thing_one_reads(phone: Page, falls_class: Activity) -> None:
    until = timezone.localdate() + timedelta(days=30)
    actions.pause(
        activity=falls_class,
        until=until,
        reason="the hall has a new floor",
        by=None,
        at=timezone.now(),
    )

    phone.goto(address_of(falls_class))

    expect(phone.get_by_text("the hall has a new floor.")).to_be_in_viewport()
    assert_accessible(phone)


def test_a_park_without_a_timetable_reads_well(phone: Page) -> None:
    park = make.open_space(description="A flat path round the lake.")

    phone.goto(address_of(park))

    expect(phone.get_by_text("No set times.")).to_be_visible()
    expect(phone.get_by_text("It has no postcode of its own.")).to_be_visible()
    assert_accessible(phone)


def test_the_longest_address_does_not_make_the_page_wider_than_a_phone(phone: Page) -> None:
    email = "info.chatsworth.community.hub@westhertsfordshireleisure.example"
    runs_it = make.organisation(phone="0115 496 0165", email=email)
    made = make.activity(name="Gentle moves", provider=runs_it)
    phone.goto(address_of(made))

    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    call = phone.get_by_role("link", name="Call 0115 496 0165").locator(".nowrap")
    box = call.bounding_box()
    assert box is not None
    assert box["height"] < 40


def test_it_prints_whole(page: Page, falls_class: Activity) -> None:
    page.goto(address_of(falls_class))

    page.emulate_media(media="print")

    contact = page.get_by_role("complementary")
    expect(contact.get_by_text("0115 496 0165")).to_be_visible()
    expect(page.locator(".facts .on-paper")).to_have_text("0115 496 0165")
    expect(page.locator(".facts .on-paper")).to_be_visible()
    expect(page.get_by_role("button", name="Show the map")).to_be_hidden()
    expect(page.get_by_role("link", name="Add to my calendar")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_javascript_nothing_is_missing_but_the_map(
    no_javascript: Page, falls_class: Activity
) -> None:
    no_javascript.goto(address_of(falls_class))

    expect(no_javascript.get_by_text("A map is shown here when")).to_be_visible()
    expect(no_javascript.get_by_text("For people aged 65 and over.")).to_be_visible()


def test_staff_pause_it_and_residents_read_why(
    page: Page, live_server: LiveServer, editorial_root: object, falls_class: Activity
) -> None:
    sign_in(page, live_server, make.staff(role=Role.MODERATOR))
    page.goto(reverse("activity:edit", args=[falls_class.pk]))
    assert_accessible(page)

    page.get_by_text("Pause it").click()
    page.get_by_label("Why?").fill("the hall has a new floor")
    page.get_by_role("button", name="Pause", exact=True).click()

    expect(page.get_by_role("button", name="It runs again")).to_be_visible()
    page.goto(address_of(falls_class))
    expect(page.get_by_text("Nobody knows yet until when: the hall has a new")).to_be_visible()
