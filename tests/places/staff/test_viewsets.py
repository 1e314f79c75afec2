"""Venues in the back office: who may look, who may change, and what is saved."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.places.models import AccessFact, Venue
from tests import make
from tests.pages import StaffPage

pytestmark = pytest.mark.django_db

VENUE = {
    "name": "Millbeck Hall",
    "kind": "BUILDING",
    "town": "Shirebrook",
    "postcode": "ng208pa",
    "fact_STEP_FREE": "yes",
}


def test_an_analyst_reads_a_venue_and_its_access_facts(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    venue = make.venue()
    venue.access_facts.create(fact="PARKING", is_there=False, checked_on="2026-03-02")

    page = client.get(f"/staff/venue/inspect/{venue.pk}/").content.decode()

    assert "Parking: no (02 March 2026)" in page


def test_a_moderator_adds_a_venue_that_is_on_the_map(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post("/staff/venue/new/", VENUE)

    venue = Venue.objects.get()
    assert venue.postcode == "NG20 8PA"
    assert venue.latitude == pytest.approx(53.2000, abs=0.0005)
    assert AccessFact.objects.get().checked_by == moderator


def test_a_wrong_postcode_is_said_beside_the_field(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    page = client.post("/staff/venue/new/", VENUE | {"postcode": "GN20 8PA"}).content.decode()

    assert "Did you mean one of these: NG20 8PA" in page
    assert not Venue.objects.exists()


def test_a_moderator_changes_a_venue(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    venue = make.venue(name="Millbeck Hall")

    client.post(f"/staff/venue/edit/{venue.pk}/", VENUE | {"name": "Village Hall", "version": "1"})

    venue.refresh_from_db()
    assert (venue.name, venue.version) == ("Village Hall", 2)


def test_two_people_who_answer_differently_see_both(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    venue = make.venue()
    client.post(f"/staff/venue/edit/{venue.pk}/", VENUE | {"version": "1"})

    changes = VENUE | {"version": "1", "fact_STEP_FREE": "no"}

    page = StaffPage(client.post(f"/staff/venue/edit/{venue.pk}/", changes))

    assert page.differences["Step-free way in"] == ("Yes", "No")
    assert AccessFact.objects.get().is_there


def test_a_moderator_removes_a_venue(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post(f"/staff/venue/delete/{make.venue().pk}/")

    assert not Venue.objects.exists()


def test_removing_a_venue_in_use_is_refused_in_words(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    venue = make.venue()
    make.draft(venue=venue)

    answer = client.post(f"/staff/venue/delete/{venue.pk}/", follow=True)

    assert "1 activity takes place there" in answer.content.decode()
    assert Venue.objects.exists()


def test_venues_are_found_and_filtered(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    make.venue(name="Millbeck Hall", town="Shirebrook", postcode="NG20 8PA")
    park = make.venue(name="Vale Park", town="Warsop", postcode="NG20 0AA")
    Venue.objects.filter(pk=park.pk).update(kind=Venue.Kind.OPEN_SPACE)

    for query in ("q=vale", "q=warsop", "q=ng20+0", "kind=OPEN_SPACE", "town=wars"):
        page = client.get(f"/staff/venue/?{query}").content.decode()
        assert "Vale Park" in page, query
        assert "Millbeck Hall" not in page, query


def test_the_list_says_how_much_is_known_of_access(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    venue = make.venue()
    for fact in ("PARKING", "SEATS"):
        venue.access_facts.create(fact=fact, is_there=True, checked_on="2026-03-02")

    answer = client.get("/staff/venue/?export=csv")
    (heading, row) = b"".join(answer).decode().splitlines()

    assert heading.endswith(",Access facts known")
    assert row.endswith(",2")


def test_the_list_costs_the_same_for_many_as_for_few(
    client: Client, analyst: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(analyst)
    make.venue()
    with django_assert_max_num_queries(100) as few:
        client.get("/staff/venue/")
    for _time in range(8):
        make.venue()

    with django_assert_max_num_queries(len(few)):
        client.get("/staff/venue/")
