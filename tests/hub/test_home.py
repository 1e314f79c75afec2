"""The home page and the page about it."""

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.activities import queries
from hereabouts.hub import views
from tests import make
from tests.pages import Page

pytestmark = pytest.mark.django_db


def page_of(client: Client, name: str = "home") -> Page:
    return Page.get(client, reverse(name))


def test_home_has_one_box_that_asks_the_finder(client: Client) -> None:
    page = page_of(client)

    assert len(page.parts('[name="near"]')) == 1
    assert page.parts(f'form[action="{reverse("activities:find")}"]')


@pytest.mark.parametrize("level", ["GREEN", "ORANGE", "RED", "NONE"])
def test_home_leads_to_the_finder_with_each_level_chosen(client: Client, level: str) -> None:
    page = page_of(client)

    assert f"{reverse('activities:find')}?level={level}" in page.links


def test_home_says_how_much_was_checked_lately(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = queries.ListingCounts(published=1312, checked_lately=1268)
    monkeypatch.setattr(views, "listing_counts", lambda today: counts)

    page = page_of(client)

    assert "activities on our list 1312" in page.text
    assert "checked in the last eight weeks 1268" in page.text


def test_home_says_so_when_nothing_is_listed_yet(client: Client) -> None:
    page = page_of(client)

    assert "Nothing is on our list yet." in page.text
    assert "activities on our list" not in page.text


def test_home_offers_to_talk_once_the_partnership_is_set_up(client: Client) -> None:
    before = page_of(client)
    make.partnership()
    after = page_of(client)

    assert "Rather talk?" not in before.text
    assert before.phones == set()
    assert "Rather talk?" in after.text
    assert after.phones == {"tel:+441154960142"}


@pytest.mark.parametrize("name", ["home", "about"])
def test_looking_puts_no_cookie_on_the_device(client: Client, name: str) -> None:
    client.get(reverse(name))

    assert not client.cookies


def test_about_says_who_runs_this_and_how_to_reach_them(client: Client) -> None:
    make.partnership(name="Heath and Vale Place Partnership")

    page = page_of(client, "about")

    assert "Heath and Vale Place Partnership runs this site for Heath and Vale." in page.text
    assert "mailto:hello@heathandvale.example" in page.links


def test_about_names_every_cookie_that_we_set(client: Client) -> None:
    page = page_of(client, "about")

    named = {code.text for code in page.parts("code")}
    assert {"sessionid", "csrftoken", "messages"} <= named


def test_about_works_before_the_partnership_is_set_up(client: Client) -> None:
    page = page_of(client, "about")

    assert "Nobody has written yet who runs it." in page.text
