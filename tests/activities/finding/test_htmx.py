"""The finder, as htmx asks for it: what changed, and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hereabouts.activities.models import Activity
from tests import make
from tests.pages import FinderPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]

HTMX = {"HX-Request": "true"}


def test_find_gives_the_whole_page_to_somebody_who_goes_back(client: Client) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}

    page = FinderPage.get(client, "/find/?near=NG20+8PA", headers=headers)

    assert page.parts("html")


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


def test_without_any_number_the_partnerships_own_is_beside_the_warning(client: Client) -> None:
    make.partnership()
    make.activity(at_venue=make.venue(phone=""))

    results = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    assert results.text.index("Please phone before you go.") < results.text.index("0115 496 0142")


def test_find_is_not_cached_across_page_and_fragment(client: Client) -> None:
    response = client.get("/find/")

    assert "HX-Request" in response.headers["Vary"]


def test_find_shows_an_unconfirmed_red_class_as_leader_not_confirmed(client: Client) -> None:
    make.activity(name="Best foot forward", is_fame=True, **confirmed_on(date(2025, 1, 1)))

    results = FinderPage.get(client, "/find/?near=NG20+8PA", headers=HTMX)

    assert "Leader not confirmed" in results.text
    assert "Red: FaME falls class" not in results.text


def confirmed_on(day: date) -> dict[str, Any]:
    """The fields of a Postural Stability Instructor whose certificate was seen that day."""
    return {
        "leader_qualification": Activity.Qualification.POSTURAL_STABILITY,
        "leader_confirmed_on": day,
    }
