"""The results on paper."""

import pytest
from django.test import Client

from tests import make
from tests.pages import PrintedPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_the_printed_list_holds_what_the_filters_left(client: Client) -> None:
    make.activity(name="Green", is_low_impact=True)
    make.activity(name="Orange", is_chair_based=True)

    page = PrintedPage.get(client, "/find/print/?near=NG20+8PA&level=GREEN")

    assert page.names == ["Green"]
    assert "Only: Green: low-impact" in page.text


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
