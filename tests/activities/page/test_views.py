"""The page of an activity, as a browser asks for it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from tests import make
from tests.pages import ActivityPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_the_activity_page_shows_what_people_ask(client: Client) -> None:
    venue = make.venue()
    venue.access_facts.create(fact="STEP_FREE", is_there=True, checked_on=date(2026, 11, 3))
    activity = make.activity(at_venue=venue, cost_pence=250, for_whom="People over 65.")
    actions.check(activity=activity, checker="the class leader", by=None, at=make.MONDAY)

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
    actions.retire(activity=activity, by=None, at=make.MONDAY)

    response = client.get(address_of(activity))

    assert response.status_code == 410
    assert "Sure and Steady has stopped" in response.content.decode()


@pytest.mark.parametrize("name", ["Łagodne ćwiczenia", "…", "体操", "<b>bold</b>"])
def test_every_name_makes_an_address(client: Client, name: str) -> None:
    activity = make.activity(name=name)

    assert client.get(address_of(activity)).status_code == 200
