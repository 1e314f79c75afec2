"""Where nothing is found: what the page says, and every change that it offers."""

import pytest
from django.test import Client

from hereabouts.activities import actions
from tests import make
from tests.activities.finding.searched import HERE
from tests.pages import FinderPage, PrintedPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


@pytest.mark.parametrize(
    "query",
    [
        "&within=1&level=GREEN&need=PARKING&day=tue",
        "&within=1&level=RED&need=PARKING",
        "&within=10&day=mon&part=eve",
        "&within=10&day=tue&day=wed&part=eve&level=ORANGE",
        "&within=1&when=sat-am&cost=FREE",
        "&within=1&part=eve&level=ORANGE&what=hall",
        "&within=10&what=hall&day=thu&part=am",
        "&within=10&condition=STROKE&condition=COPD&day=tue",
        "&within=walk-15&language=pl&age=OLDER",
        "&within=10&what=library&kind=yoga&purpose=COMPANY&form=CLUB",
        "&within=10&order=soonest&view=map&language=pl&part=pm",
    ],
)
@pytest.mark.usefixtures("a_village")
def test_each_change_that_is_offered_gives_what_it_says_the_most_first(
    client: Client, query: str
) -> None:
    page = FinderPage.get(client, HERE + query)

    offered = page.changes

    counts = [count for count, _address in offered.values()]
    assert page.total == 0
    assert 1 <= len(offered) <= 4
    assert counts == sorted(counts, reverse=True)
    for count, address in offered.values():
        assert FinderPage.get(client, address).total == count


def test_a_day_and_a_time_are_taken_off_together(client: Client) -> None:
    make.activity()

    offered = FinderPage.get(client, f"{HERE}&day=mon&part=eve").changes

    assert offered == {"Any day and time": (1, HERE)}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All near here is paused"),
        ("&what=steady&day=thu", "All of that is paused"),
        ("&within=1&level=GREEN", "All of that is paused"),
    ],
)
def test_where_all_is_paused_the_page_says_so_and_offers_it(
    client: Client, query: str, sentence: str
) -> None:
    hall = make.venue()
    for name in ("Sure and Steady", "Steady and sure"):
        paused = make.activity(name=name, at_venue=hall, is_low_impact=True)
        actions.pause(activity=paused, until=None, reason="", by=None, at=make.MONDAY)
    make.activity(at_venue=make.venue(latitude=53.30), is_chair_based=True)

    page = FinderPage.get(client, HERE + query)
    paper = PrintedPage.get(client, f"/find/print/?near=NG20+8PA{query}")

    *others, last = page.changes.items()
    assert last == ("Show also what is paused", (2, f"{HERE}{query}&paused=1"))
    assert FinderPage.get(client, last[1][1]).total == 2
    assert others
    assert page.heading == sentence
    assert paper.part(".paper__list li").text == f"{sentence}."


def test_what_is_paused_is_not_offered_beside_what_is_not(client: Client) -> None:
    hall = make.venue()
    paused = make.activity(at_venue=hall)
    actions.pause(activity=paused, until=None, reason="", by=None, at=make.MONDAY)
    make.activity(at_venue=hall)

    page = FinderPage.get(client, f"{HERE}&page=7")

    assert list(page.changes) == ["Start from the first"]
    assert "Show also what is paused" not in FinderPage.get(client, HERE).text


def test_only_the_first_step_farther_that_helps_is_offered(client: Client) -> None:
    make.activity(at_venue=make.venue(latitude=53.24))

    offered = FinderPage.get(client, f"{HERE}&within=1").changes

    assert list(offered) == ["Up to 5 miles away"]


def test_when_no_single_change_helps_all_filters_go(client: Client) -> None:
    make.activity(at_venue=make.venue(latitude=53.30), is_low_impact=True)

    offered = FinderPage.get(client, f"{HERE}&within=1&level=RED&need=PARKING").changes

    assert list(offered) == ["Everything up to 10 miles away"]
    assert FinderPage.get(client, offered["Everything up to 10 miles away"][1]).total == 1


def test_an_empty_page_says_what_was_looked_for_and_whom_to_ring(client: Client) -> None:
    make.partnership()

    page = FinderPage.get(client, f"{HERE}&level=RED&day=sat")

    assert "Nothing yet for all of that" in page.text
    assert (
        "We looked within about 5 miles of NG20 8PA for: Red: FaME falls class, Saturday."
        in page.text
    )
    assert "There is nothing on our list within about 30 miles of there." in page.text
    assert "0115 496 0142, Monday to Friday" in page.text


def test_a_page_past_the_end_leads_back_to_the_first(client: Client) -> None:
    make.activity()

    page = FinderPage.get(client, f"{HERE}&page=7")

    assert "That is past the end of the list" in page.text
    assert page.changes == {"Start from the first": (1, HERE)}
