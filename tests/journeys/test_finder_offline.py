"""A list that does not come is never mistaken for one that did."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests import make
from tests.journeys.steps import assert_accessible

ASKED = re.compile(r"/find/\?.*level=")
FAILED = "That did not load. Check your connection and try again."


@pytest.fixture(autouse=True)
def two_classes(transactional_db: None) -> None:
    """One green, one chair-based."""
    make.partnership()
    make.activity(name="Gentle moves", is_low_impact=True)
    make.activity(name="Sit and stretch", is_chair_based=True)


def _is_cut_off(route: Route) -> None:
    route.abort()


def _is_broken(route: Route) -> None:
    route.fulfill(status=500, body="")


@pytest.mark.parametrize("fails", [_is_cut_off, _is_broken])
def test_a_tick_that_fails_says_so_and_can_be_tried_again(
    phone: Page, troubles: list[str], fails: Callable[[Route], None]
) -> None:
    phone.goto("/find/?near=NG20+8PA")
    phone.route(ASKED, fails)
    phone.get_by_text("Narrow the list").first.click()
    phone.get_by_label(re.compile("Green: low-impact")).first.check()

    expect(phone.locator("#finder-status")).to_have_text(FAILED)
    again = phone.get_by_role("button", name="Try again")
    expect(again).to_be_in_viewport(ratio=1)
    expect(phone.get_by_text(FAILED).last).to_be_in_viewport()
    assert_accessible(phone)

    again.click()
    expect(phone.locator("#finder-status")).to_have_text(FAILED)
    troubles.clear()

    phone.unroute(ASKED)
    again.click()
    expect(phone.locator(".card__title")).to_have_text(["Gentle moves"])
    expect(again).to_be_hidden()
    expect(phone.locator("#results-heading")).to_be_focused()
