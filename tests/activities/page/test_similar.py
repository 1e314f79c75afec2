"""What else is near."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hereabouts.activities.shown import address_of
from hereabouts.activities.vocabularies import Purpose
from tests import make
from tests.activities.page.visits import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_similar_ones_are_near_its_venue_and_not_itself(client: Client) -> None:
    here = make.activity(name="Here", is_low_impact=True)
    make.activity(
        name="Also green", is_low_impact=True, at_venue=make.venue(name="Larkfield", latitude=53.21)
    )
    make.activity(name="Chairs", is_chair_based=True)
    make.activity(name="Far green", is_low_impact=True, at_venue=make.venue(latitude=54.5))

    page = page_of(client, here)

    assert page.similar == ["Also green"]
    assert "Larkfield, Shirebrook. About 0.9 miles from here." in page.part(".similar").text
    assert "Far green" not in page.text


def test_what_has_no_level_is_like_others_of_its_kind(client: Client) -> None:
    bowls = make.kind("bowls")
    here = make.activity(name="Green bowls", kinds=[bowls])
    make.activity(name="More bowls", kinds=[bowls])
    make.activity(name="Tai chi", kinds=[make.kind("tai-chi")])

    page = page_of(client, here)

    assert page.similar == ["More bowls"]


def test_where_no_other_has_its_level_one_of_the_same_purpose_is_similar(client: Client) -> None:
    purposes = [Purpose.STRENGTH_AND_BALANCE]
    red = make.red_class(name="Red", purposes=purposes)
    make.activity(name="Orange", is_chair_based=True, purposes=purposes)
    make.activity(name="A walk")

    page = page_of(client, red)

    assert page.similar == ["Orange"]


@pytest.mark.parametrize("others", [4, 6])
def test_four_similar_ones_are_enough(client: Client, others: int) -> None:
    here = make.activity(name="Here", is_low_impact=True)
    for number in range(others):
        make.activity(name=f"Green {number}", is_low_impact=True)

    page = page_of(client, here)

    assert len(page.similar) == 4


def test_the_number_of_queries_does_not_grow_with_what_is_similar(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = make.activity(is_low_impact=True, concessions=[make.concession()])
    for number in range(5):
        make.activity(name=f"Green {number}", is_low_impact=True)

    with django_assert_max_num_queries(30):
        page_of(client, here)


def test_similar_ones_lead_back_to_the_same_search(client: Client) -> None:
    here = make.activity(is_low_impact=True)
    other = make.activity(name="Also green", is_low_impact=True)

    page = page_of(client, here, "?near=NG20+8PA&within=10")

    assert f"{address_of(other)}?near=NG20+8PA&within=10" in page.links
