"""The finder and the page of an activity, as a browser asks for them."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from tests import make
from tests.pages import ActivityPage, FinderPage, Page, PrintedPage

pytestmark = pytest.mark.django_db

# A Monday morning in November.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def on_a_monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


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


def test_find_gives_the_whole_page_to_somebody_who_goes_back(client: Client) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}

    page = FinderPage.get(client, "/find/?near=NG20+8PA", headers=headers)

    assert page.parts("html")


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


def test_find_answers_htmx_with_the_results_alone(client: Client) -> None:
    make.activity(name="Near")

    fragment = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    assert fragment.names == ["Near"]
    assert fragment.parts("html") == []
    status = fragment.part("#finder-status")
    assert status.tag["hx-swap-oob"] == "innerHTML"
    assert status.text.startswith("1 activity")


def test_htmx_puts_the_address_into_the_address_bar_as_one_would_share_it(client: Client) -> None:
    typed = "/find/?near=ng208pa&what=&within=5&level=RED&order=nearest"

    response = client.get(typed, headers=HTMX)

    assert response.headers["HX-Push-Url"] == "/find/?near=NG20+8PA&level=RED"


def test_asking_for_the_same_once_more_is_no_step_to_go_back_over(client: Client) -> None:
    address = "/find/?near=NG20+8PA&level=RED"
    here = {"HX-Current-URL": f"http://testserver{address}"}

    response = client.get(address, headers=HTMX | here)

    assert "HX-Push-Url" not in response.headers
    assert response.headers["HX-Replace-Url"] == address


def test_htmx_gets_what_stands_in_each_filter_but_not_the_filters(client: Client) -> None:
    whole = FinderPage.get(client, "/find/?near=NG20+8PA")
    fragment = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    ids = {str(part.tag["id"]) for part in whole.parts("[id^=filter]")}
    swapped = {str(part.tag["id"]) for part in fragment.parts("[id^=filter][hx-swap-oob=true]")}
    assert swapped == {name for name in ids if name.endswith(("-tag", "-options", "-on"))}
    assert fragment.parts(".filters-box") == []


def test_a_wrong_postcode_brings_htmx_the_whole_page(client: Client) -> None:
    response = client.get("/find/?near=NG20+8P", headers=HTMX)

    assert response.headers["HX-Redirect"] == "/find/?near=NG20+8P"


def test_ticking_before_a_postcode_is_typed_changes_nothing(client: Client) -> None:
    response = client.get("/find/?near=&level=RED", headers=HTMX | {"HX-Trigger": "filters"})

    assert response.status_code == 204


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


def test_without_any_number_the_partnerships_own_is_beside_the_warning(client: Client) -> None:
    make.partnership()
    make.activity(at_venue=make.venue(phone=""))

    results = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    assert results.text.index("Please phone before you go.") < results.text.index("0115 496 0142")


def test_find_is_not_cached_across_page_and_fragment(client: Client) -> None:
    response = client.get("/find/")

    assert "HX-Request" in response.headers["Vary"]


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


def test_find_shows_an_unconfirmed_red_class_as_leader_not_confirmed(client: Client) -> None:
    make.activity(name="Best foot forward", is_fame=True, **confirmed_on(date(2025, 1, 1)))

    results = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    assert "Leader not confirmed" in results.text
    assert "Red: FaME falls class" not in results.text


def test_find_leaves_out_drafts_and_what_was_taken_down(client: Client) -> None:
    make.draft(name="Draft")
    taken_down = make.activity(name="Gone")
    actions.retire(activity=taken_down, by=None, at=MONDAY)

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


def test_the_print_view_has_a_phone_number_for_each(client: Client) -> None:
    make.partnership()
    make.activity(provider=make.organisation(phone="0115 496 0165"))

    page = PrintedPage.get(client, "/find/print/?near=NG20+8PA")

    assert "0115 496 0165" in page.text
    assert "0115 496 0142" in page.text
    assert "Every Thursday, 1:30 to 2:45 pm" in page.text


def test_the_print_view_holds_more_than_one_screen(client: Client) -> None:
    venue = make.venue()
    for number in range(25):
        make.activity(name=f"Class {number}", at_venue=venue)

    page = PrintedPage.get(client, "/find/print/?near=NG20+8PA")

    assert len(page.names) == 25


def test_the_print_view_of_a_bad_search_leads_back_to_the_finder(client: Client) -> None:
    response = client.get("/find/print/?near=nowhere")

    assert response.status_code == 302
    assert response["Location"] == "/find/?near=nowhere"


def test_the_activity_page_shows_what_people_ask(client: Client) -> None:
    venue = make.venue()
    venue.access_facts.create(fact="STEP_FREE", is_there=True, checked_on=date(2026, 11, 3))
    activity = make.activity(at_venue=venue, cost_pence=250, for_whom="People over 65.")
    actions.check(activity=activity, checker="the class leader", by=None, at=MONDAY)

    page = ActivityPage.get(client, address_of(activity) + "?near=NG20+8PA")

    assert "Every Thursday, 1:30 to 2:45 pm" in page.text
    for day in ("26 November", "3 December", "10 December"):
        assert f"Thursday {day}, 1:30 to 2:45 pm" in page.text
    assert "£2.50" in page.text
    assert "People over 65." in page.text
    assert "Less than 0.1 miles, about 1 minute’s walk" in page.text
    assert "Checked on 23 November 2026 by the class leader" in page.text
    assert "Somebody looked on 3 November 2026." in page.text


def test_what_nobody_said_is_not_stated_and_never_no(client: Client) -> None:
    activity = make.activity()

    page = ActivityPage.get(client, address_of(activity))

    assert "Cost not stated" in page.text
    assert "Parking: please ask" in page.text
    assert "Parking: no" not in page.text
    assert "Not checked yet. Please phone before you go." in page.text


def test_an_activity_without_a_provider_shows_the_venue_as_contact_only(client: Client) -> None:
    activity = make.activity(at_venue=make.venue(phone="0115 496 0171"))

    page = ActivityPage.get(client, address_of(activity))

    assert page.phones == {"tel:+441154960171"}


def test_the_preferred_contact_comes_first(client: Client) -> None:
    activity = make.activity(
        provider=make.organisation(phone="0115 496 0165"), contact=Activity.Contact.VENUE
    )

    page = ActivityPage.get(client, address_of(activity))

    assert "Call 0115 496 0171" in page.text
    assert page.contacts == ["The venue", "Who runs it"]


def test_an_old_check_asks_people_to_phone_first(client: Client) -> None:
    activity = make.activity()
    actions.check(activity=activity, checker="x", by=None, at=datetime(2026, 9, 2, 9, tzinfo=UTC))

    page = ActivityPage.get(client, address_of(activity))

    assert "Not checked since 2 September 2026. Please phone before you go." in page.text


def test_the_activity_page_tells_search_engines_the_next_session(client: Client) -> None:
    activity = make.activity(cost_pence=300, summary="</script><script>alert(1)")

    event = ActivityPage.get(client, address_of(activity)).event

    assert event["@type"] == "Event"
    assert event["startDate"] == "2026-11-26T13:30:00+00:00"
    assert event["endDate"] == "2026-11-26T14:45:00+00:00"
    assert event["location"]["address"]["postalCode"] == "NG20 8PA"
    assert event["offers"][0]["price"] == "3.00"
    assert event["description"] == "</script><script>alert(1)"


def test_another_name_in_the_address_leads_to_the_right_one(client: Client) -> None:
    activity = make.activity()

    response = client.get(f"/activities/{activity.public_id}/old-name/?near=NG20+8PA")

    # Not for ever: somebody may rename it back.
    assert response.status_code == 302
    assert response["Location"] == f"{address_of(activity)}?near=NG20+8PA"


def test_a_draft_has_no_page(client: Client) -> None:
    draft = make.draft()

    assert client.get(address_of(draft)).status_code == 404


def test_what_was_taken_down_says_so_and_offers_a_search(client: Client) -> None:
    activity = make.activity()
    actions.retire(activity=activity, by=None, at=MONDAY)

    response = client.get(address_of(activity))

    assert response.status_code == 410
    assert "Sure and Steady has stopped" in response.content.decode()


@pytest.mark.parametrize("name", ["Łagodne ćwiczenia", "…", "体操", "<b>bold</b>"])
def test_every_name_makes_an_address(client: Client, name: str) -> None:
    activity = make.activity(name=name)

    assert client.get(address_of(activity)).status_code == 200


def confirmed_on(day: date) -> dict[str, Any]:
    """The fields of a Postural Stability Instructor whose certificate was seen that day."""
    return {
        "leader_qualification": Activity.Qualification.POSTURAL_STABILITY,
        "leader_confirmed_on": day,
    }


# ── Saying that it is still running ──


def test_still_running_asks_to_sign_in(client: Client) -> None:
    activity = make.activity()

    response = client.post(f"/activities/{activity.public_id}/still-running/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert not activity.checks.exists()


def test_still_running_is_not_for_another_organisation(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    client.force_login(make.organiser_of(make.organisation(name="Others")))

    response = client.post(f"/activities/{activity.public_id}/still-running/")

    assert response.status_code == 403
    assert not activity.checks.exists()


def test_still_running_notes_the_organisers_yes(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    assert activity.provider is not None
    client.force_login(make.organiser_of(activity.provider))

    response = client.post(f"/activities/{activity.public_id}/still-running/")

    check = activity.checks.get()
    assert response["Location"] == address_of(activity)
    assert check.checker == "the organiser"
    assert check.checked_on == date(2026, 11, 23)


def test_still_running_after_signing_in_anew_leads_to_the_button(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    assert activity.provider is not None
    client.force_login(make.organiser_of(activity.provider))

    response = client.get(f"/activities/{activity.public_id}/still-running/")

    assert response["Location"] == "/activities/yours/"
    assert not activity.checks.exists()


def test_mine_asks_to_sign_in(client: Client) -> None:
    assert client.get("/activities/yours/")["Location"].startswith("/accounts/login/")


def test_mine_shows_only_what_ones_organisation_runs(client: Client) -> None:
    own = make.activity(name="Ours", provider=make.organisation())
    make.activity(name="Theirs", provider=make.organisation(name="Others"))
    assert own.provider is not None
    client.force_login(make.organiser_of(own.provider))

    page = Page.get(client, "/activities/yours/")

    assert "Ours" in page.text
    assert "Theirs" not in page.text


def test_mine_says_so_when_there_is_nothing(client: Client) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    assert "Nothing yet." in Page.get(client, "/activities/yours/").text
