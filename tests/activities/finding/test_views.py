"""The finder, as a browser asks for it."""

import re
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from tests import make
from tests.pages import ActivityPage, FinderPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_find_shows_what_is_near_with_the_nearest_first(client: Client) -> None:
    make.activity(name="Far", at_venue=make.venue(latitude=53.24))
    make.activity(name="Near")

    page = FinderPage.get(client, "/find/?near=ng208pa")

    assert page.names == ["Near", "Far"]
    assert "2 activities within about 5 miles" in page.text
    assert "Next: Thursday 26 November, 1:30 to 2:45 pm" in page.text


def test_find_asks_for_a_place_before_anything_is_typed(client: Client) -> None:
    page = FinderPage.get(client, "/find/")

    assert "Say where you are." in page.text
    assert page.problems == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("near=", "Type your postcode, for example NG20 8PA"),
        ("near=NG20+8PA&within=-5", "Choose how far from the list."),
        ("near=NG20+8PA&level=BLUE", "Choose from the list."),
        ("near=NG20+8PA&when=never", "Choose from the list."),
        ("near=%00", "There is a problem"),
    ],
)
def test_find_says_what_is_wrong(client: Client, query: str, sentence: str) -> None:
    page = FinderPage.get(client, f"/find/?{query}")

    assert sentence in page.text
    assert page.title.startswith("Error:")


def test_what_is_wrong_is_told_where_there_is_nothing_to_choose(client: Client) -> None:
    page = FinderPage.get(client, "/find/?near=NG20+8PA&need=STAIRS")

    assert "Choose from the list." in page.filter("need").text


def test_find_shows_what_it_can_beside_a_filter_that_cannot_be(client: Client) -> None:
    make.activity(name="Gentle moves")

    page = FinderPage.get(client, "/find/?near=NG20+8PA&within=abc&level=PINK")

    assert "Choose how far from the list." in page.text
    assert "Gentle moves" in page.text


@pytest.mark.parametrize("query", ["page=x", "page=9999", "order=cheapest", "view=photo"])
def test_find_takes_the_usual_for_what_nobody_types(client: Client, query: str) -> None:
    make.activity(name="Gentle moves")

    page = FinderPage.get(client, f"/find/?near=NG20+8PA&{query}")

    assert page.problems == []
    assert "Gentle moves" in page.text


def test_find_keeps_what_was_typed_beside_something_wrong(client: Client) -> None:
    page = FinderPage.get(
        client, "/find/?near=nowhere-at-all&what=tea&level=RED&within=walk-15&day=tue"
    )

    assert page.value("near") == "nowhere-at-all"
    assert page.value("what") == "tea"
    assert page.ticked == {"level-RED", "within-walk-15", "day-tue"}


def test_what_is_wrong_is_told_beside_its_box_and_leads_there(client: Client) -> None:
    make.activity(at_venue=make.venue(has=["STEP_FREE"]))

    page = FinderPage.get(client, "/find/?near=NG20+8PA&need=STAIRS")

    assert page.part(".error-summary a[href='#filter-need']").text == "Choose from the list."
    section = page.filter("need").text
    assert section.index("Choose from the list.") < section.index("Step-free way in")
    assert page.parts(".filters-box[open]")


def test_find_escapes_what_was_typed(client: Client) -> None:
    page = FinderPage.get(client, f"/find/?near={quote('<script>alert(1)</script>')}&what=<b>")

    assert "<script>alert" not in page.html
    assert page.value("near") == "<script>alert(1)</script>"
    assert page.value("what") == "<b>"


def test_find_offers_likely_places_as_links(client: Client) -> None:
    page = FinderPage.get(client, "/find/?near=NG20+8P")

    assert any(re.fullmatch(r"/find/\?near=NG20\+8\w\w", link) for link in page.links)


def test_the_list_is_offered_as_a_file_of_every_kind(client: Client) -> None:
    make.activity(name="Near", is_low_impact=True)
    make.activity(name="Other", is_chair_based=True)

    offered = FinderPage.get(client, "/find/?near=NG20+8PA&level=GREEN").exports

    assert [address.split("?")[0] for address in offered] == [
        f"/find/export.{kind}" for kind in ("csv", "xlsx", "kml", "geojson")
    ]
    table = b"".join(client.get(offered[0])).decode("utf-8-sig")
    assert "Near" in table
    assert "Other" not in table


@pytest.mark.parametrize("path", ["/find/", "/find/?near=NG20+8PA", "/find/print/?near=NG20+8PA"])
def test_a_link_checker_may_ask_for_the_head_alone(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200


def test_a_door_says_which_kinds_it_will_show(client: Client) -> None:
    page = FinderPage.get(client, "/find/?level=ORANGE")

    assert "You will see:" in page.text


def test_every_kind_ticked_is_the_same_as_none(client: Client) -> None:
    make.activity(name="Best foot forward", is_fame=True)

    page = FinderPage.get(
        client, "/find/?near=NG20+8PA&level=GREEN&level=ORANGE&level=RED&level=NONE"
    )

    assert page.names == ["Best foot forward"]


def test_the_red_list_says_what_it_leaves_out(client: Client) -> None:
    left_out = "whose leader we have not confirmed is not in this list"
    assert left_out not in FinderPage.get(client, "/find/?near=NG20+8PA&level=RED").text

    make.activity(is_fame=True)

    assert left_out in FinderPage.get(client, "/find/?near=NG20+8PA&level=RED").text


@pytest.mark.parametrize(
    "name", ["near", "what", "within", "level", "order", "view", "page", "when"]
)
@pytest.mark.parametrize("address", ["/find/", "/find/map/", "/find/print/"])
def test_what_no_text_holds_breaks_nothing(client: Client, address: str, name: str) -> None:
    make.activity()

    assert client.get(f"{address}?near=NG20+8PA&{name}=%00").status_code < 500


def test_a_card_leads_back_to_the_same_search(client: Client) -> None:
    activity = make.activity(is_low_impact=True)

    results = FinderPage.get(client, "/find/?near=NG20+8PA&level=GREEN&within=10")
    page = ActivityPage.get(client, address_of(activity) + "?near=NG20+8PA&within=10&level=GREEN")

    assert f"{address_of(activity)}?near=NG20+8PA&within=10&level=GREEN" in results.links
    assert "/find/?near=NG20+8PA&within=10&level=GREEN" in page.links


def test_a_card_says_how_to_join_when_one_cannot_just_turn_up(client: Client) -> None:
    make.activity(joining=Activity.Joining.REFERRAL)

    page = FinderPage.get(client, "/find/?near=NG20+8PA")

    assert "A health or care professional refers you" in page.text


def test_find_by_level_leaves_out_a_red_class_without_a_confirmed_leader(client: Client) -> None:
    make.activity(name="Confirmed", is_fame=True, **confirmed_on(date(2026, 11, 1)))
    make.activity(name="Not confirmed", is_fame=True)

    page = FinderPage.get(client, "/find/?near=NG20+8PA&level=RED")

    assert page.names == ["Confirmed"]


def test_find_says_what_two_numbers_in_its_box_are(client: Client) -> None:
    numbers = FinderPage.get(client, "/find/?near=53.200,-1.232")
    postcode = FinderPage.get(client, "/find/?near=NG20+8PA")

    assert "These two numbers are where you are now." in numbers.text
    assert "These two numbers" not in postcode.text


@pytest.mark.parametrize("query", ["", "&level=GREEN"])
def test_find_says_how_many_classes_no_kind_of_class_has(client: Client, query: str) -> None:
    make.activity(is_low_impact=True)
    make.red_class(confirmed_on=None)
    make.red_class(confirmed_on=None)

    page = FinderPage.get(client, f"/find/?near=NG20+8PA{query}")

    assert "There are also 2 classes whose leader is not confirmed." in page.text


def test_find_says_nothing_of_unconfirmed_classes_where_there_are_none(client: Client) -> None:
    make.activity(is_low_impact=True)

    page = FinderPage.get(client, "/find/?near=NG20+8PA")

    assert "whose leader is not confirmed" not in page.text


def test_find_leaves_out_drafts_and_what_was_taken_down(client: Client) -> None:
    make.draft(name="Draft")
    taken_down = make.activity(name="Gone")
    actions.retire(activity=taken_down, by=None, at=make.MONDAY)

    page = FinderPage.get(client, "/find/?near=NG20+8PA")

    assert "Nothing near here yet" in page.text
    assert page.names == []


def test_find_shows_twenty_and_leads_to_the_rest(client: Client) -> None:
    venue = make.venue()
    for number in range(21):
        make.activity(name=f"Class {number}", at_venue=venue)

    first = FinderPage.get(client, "/find/?near=NG20+8PA")
    second = FinderPage.get(client, "/find/?near=NG20+8PA&page=2")

    assert "/find/?near=NG20+8PA&page=2" in first.links
    assert first.parts("#result-20")
    assert second.parts("#result-21")
    assert "Showing 1 to 20 of 21" in first.text
    assert "Showing 21 to 21 of 21" in second.text


@pytest.mark.parametrize("path", ["/find/", "/find/print/"])
def test_the_number_of_queries_does_not_grow_with_the_results(client: Client, path: str) -> None:
    make.term()
    made = [full_activity(name) for name in ("One", "Two")]
    few = queries_of(client, f"{path}?near=NG20+8PA&condition=STROKE")
    made += [full_activity(f"Class {number}") for number in range(12)]

    many = queries_of(client, f"{path}?near=NG20+8PA&condition=STROKE")

    assert len(made) == 14
    assert many == few
    assert few <= 16


def full_activity(name: str) -> Activity:
    """An activity with everything that a card shows."""
    return make.activity(
        name=name,
        provider=make.organisation(name=f"Runs {name}"),
        at_venue=make.venue(has=["STEP_FREE"]),
        kinds=[make.kind("tai-chi")],
        concessions=[make.concession()],
        breaks=[make.days_without(date(2026, 12, 24))],
        cost_pence=400,
        conditions=["STROKE"],
    )


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def confirmed_on(day: date) -> dict[str, Any]:
    """The fields of a Postural Stability Instructor whose certificate was seen that day."""
    return {
        "leader_qualification": Activity.Qualification.POSTURAL_STABILITY,
        "leader_confirmed_on": day,
    }
