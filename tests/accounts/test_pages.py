"""Pages of somebody's account, and those that there are not."""

import pytest
from django.test import Client

from hereabouts.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "nobody@example.org"})

    assert "You do not need an account" in page
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_whoever_is_turned_off_reads_what_to_do(client: Client) -> None:
    make.partnership()

    page = client.get("/accounts/inactive/").content.decode()

    assert "hello@heathandvale.example" in page


@pytest.mark.parametrize(
    "page", ["password/change/", "password/set/", "password/reset/", "email/", "reauthenticate/"]
)
def test_there_are_no_pages_for_passwords_or_other_addresses(client: Client, page: str) -> None:
    client.force_login(make.user())

    assert client.get(f"/accounts/{page}").status_code == 404


def test_account_home_is_for_whoever_is_signed_in(client: Client) -> None:
    assert client.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"


def test_account_home_says_what_somebody_is_trusted_with(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.get("/accounts/").content.decode()

    assert "<li>Manager</li>" in page
    assert "Go to the back office" in page
    assert "It is on:" in page


def test_account_home_offers_no_back_office_to_an_organiser(client: Client) -> None:
    client.force_login(make.user())

    page = client.get("/accounts/").content.decode()

    assert "You have no role in the back office." in page
    assert "Go to the back office" not in page
    assert "It is off." in page
