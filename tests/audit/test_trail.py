"""The trail says who, when, and from what to what, in words."""

import pytest
from allauth.account.signals import user_logged_in
from django.test import Client, RequestFactory
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.audit import edits, trail
from hereabouts.places.models import Venue
from tests import make

pytestmark = pytest.mark.django_db


def test_changes_are_told_in_words() -> None:
    venue = make.venue(name="Millbeck Green", phone="")
    venue.kind, venue.phone = Venue.Kind.OPEN_SPACE, "0115 496 0171"

    assert trail.changes_since_saved(venue) == {
        "kind": ("Building", "Park or open space"),
        "phone": (None, "0115 496 0171"),
    }


def test_changes_name_what_a_field_points_at() -> None:
    user = make.user(name="Nia Grant")
    person = make.person(name="Nia")
    person.user = user

    assert trail.changes_since_saved(person) == {"user": (None, "Nia Grant")}


def test_what_was_never_saved_has_no_changes() -> None:
    assert trail.changes_since_saved(Venue(name="New")) == {}


def test_an_edit_leaves_a_line_with_old_and_new_value(manager: User, client: Client) -> None:
    organisation = make.organisation(name="Heath End Movers")
    organisation.name = "Heath End Walkers"
    edits.save(instance=organisation, by=manager)
    client.force_login(manager)

    page = client.get(f"/staff/organisation/history/{organisation.pk}/").content.decode()

    assert "Name: from “Heath End Movers” to “Heath End Walkers”" in page
    assert str(manager) in page
    assert "Changed" in page


def test_two_things_changed_in_one_request_each_show_their_line(
    manager: User, client: Client
) -> None:
    first, second = make.organisation(name="First"), make.organisation(name="Second")
    with LogContext(user=manager):
        trail.record(instance=first, action="hereabouts.edit", by=manager)
        trail.record(instance=second, action="hereabouts.edit", by=manager)
    client.force_login(manager)

    for organisation in (first, second):
        page = client.get(f"/staff/organisation/history/{organisation.pk}/").content.decode()
        assert "Changed" in page


def test_history_shows_what_was_typed_as_text(manager: User, client: Client) -> None:
    organisation = make.organisation()
    organisation.name = "<script>alert(1)</script>"
    edits.save(instance=organisation, by=manager)
    client.force_login(manager)

    page = client.get(f"/staff/organisation/history/{organisation.pk}/").content.decode()

    assert "<script>alert(1)" not in page


def test_signing_in_is_a_line(manager: User, rf: RequestFactory) -> None:
    user_logged_in.send(sender=User, request=rf.get("/"), user=manager)

    line = ModelLogEntry.objects.for_instance(manager).latest("pk")
    assert (line.action, line.user) == ("hereabouts.sign_in", manager)


def test_the_trail_is_not_open_to_strangers(client: Client) -> None:
    answer = client.get("/staff/reports/site-history/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("part", ["", "results/"])
def test_the_trail_is_for_managers_only(moderator: User, client: Client, part: str) -> None:
    make_a_line(moderator)
    client.force_login(moderator)

    answer = client.get(f"/staff/reports/site-history/{part}", follow=True)

    assert "Changed by nobody else" not in answer.content.decode()
    assert answer.redirect_chain == [("/staff/", 302)]


def test_a_manager_reads_the_trail(manager: User, client: Client) -> None:
    make_a_line(manager)
    client.force_login(manager)

    page = client.get("/staff/reports/site-history/").content.decode()

    assert "Changed by nobody else" in page
    assert "Phone: from “0115 496 0165” to nothing" in page


def test_a_spreadsheet_of_the_trail_carries_no_formulas(manager: User, client: Client) -> None:
    trail.record(instance=make.organisation(name="=1+1"), action="hereabouts.create", by=manager)
    client.force_login(manager)

    answer = client.get("/staff/reports/site-history/?export=csv")

    assert ",'=1+1," in answer.getvalue().decode()


def make_a_line(by: User) -> None:
    organisation = make.organisation(name="Changed by nobody else")
    organisation.phone = ""
    edits.save(instance=organisation, by=by)
