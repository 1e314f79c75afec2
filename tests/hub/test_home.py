"""The home page and the page about it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.activities import queries
from hereabouts.hub import views
from tests import make

pytestmark = pytest.mark.django_db


def page(client: Client, name: str = "home") -> str:
    return client.get(reverse(name)).content.decode()


def test_home_has_one_box_that_asks_the_finder(client: Client) -> None:
    html = page(client)

    assert html.count('name="near"') == 1
    assert f'action="{reverse("activities:find")}"' in html


@pytest.mark.parametrize("level", ["GREEN", "ORANGE", "RED", "NONE"])
def test_home_leads_to_the_finder_with_each_level_chosen(client: Client, level: str) -> None:
    html = page(client)

    assert f'href="{reverse("activities:find")}?level={level}"' in html


def test_home_says_how_much_was_checked_lately(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = queries.ListingCounts(published=1312, checked_lately=1268)
    monkeypatch.setattr(views, "listing_counts", lambda today: counts)

    html = page(client)

    assert re.search(r"<dt>activities on our list</dt>\s*<dd>1312</dd>", html)
    assert re.search(r"<dt>checked in the last eight weeks</dt>\s*<dd>1268</dd>", html)


def test_home_says_so_when_nothing_is_listed_yet(client: Client) -> None:
    html = page(client)

    assert "Nothing is on our list yet." in html
    assert "on our list</dt>" not in html


def test_home_offers_to_talk_once_the_partnership_is_set_up(client: Client) -> None:
    before = page(client)
    make.partnership()
    after = page(client)

    assert "Rather talk?" not in before
    assert "tel:" not in before
    assert "Rather talk?" in after
    assert 'href="tel:+441154960142"' in after


@pytest.mark.parametrize("name", ["home", "about"])
def test_looking_puts_no_cookie_on_the_device(client: Client, name: str) -> None:
    client.get(reverse(name))

    assert not client.cookies


def test_about_says_who_runs_this_and_how_to_reach_them(client: Client) -> None:
    make.partnership(name="Heath and Vale Place Partnership")

    html = page(client, "about")

    assert "Heath and Vale Place Partnership runs this site for Heath and Vale." in html
    assert "mailto:hello@heathandvale.example" in html


def test_about_names_every_cookie_that_we_set(client: Client) -> None:
    html = page(client, "about")

    for name in ("sessionid", "csrftoken", "messages"):
        assert f"<code>{name}</code>" in html


def test_about_works_before_the_partnership_is_set_up(client: Client) -> None:
    html = page(client, "about")

    assert "Nobody has written yet who runs it." in html
