"""Pages of somebody's account, and those that there are not."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts import urls
from hereabouts.accounts.models import User
from tests import make
from tests.pages import Page

pytestmark = pytest.mark.django_db

ANYBODY = {
    *("account_login", "account_request_login_code", "account_confirm_login_code"),
    *("account_logout", "account_inactive", "account_signup"),
    # These two lead on to a page that asks.
    *("mfa_index", "mfa_authenticate"),
}
SIGNED_IN = {
    *("account_home", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}


def test_nobody_signs_up(client: Client) -> None:
    page = Page.get(client, "/accounts/signup/")
    client.post("/accounts/signup/", {"email": "nobody@example.org"})

    assert "You do not need an account" in page.text
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_whoever_is_turned_off_reads_what_to_do(client: Client) -> None:
    make.partnership()

    page = Page.get(client, "/accounts/inactive/")

    assert "hello@heathandvale.example" in page.text


@pytest.mark.parametrize(
    "page", ["password/change/", "password/set/", "password/reset/", "email/", "reauthenticate/"]
)
def test_there_are_no_pages_for_passwords_or_other_addresses(client: Client, page: str) -> None:
    client.force_login(make.user())

    assert client.get(f"/accounts/{page}").status_code == 404


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_an_account_is_for_whoever_is_signed_in(client: Client, name: str) -> None:
    url = reverse(name)

    location = client.get(url)["Location"]

    assert unquote(location) == f"/accounts/login/?next={url}"


def test_every_url_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == ANYBODY | SIGNED_IN


def test_account_home_says_what_somebody_is_trusted_with(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = Page.get(client, "/accounts/")

    assert "Manager" in [role.text for role in page.parts("main li")]
    assert "Go to the back office" in page.text
    assert "It is on:" in page.text


def test_account_home_offers_no_back_office_to_an_organiser(client: Client) -> None:
    client.force_login(make.user())

    page = Page.get(client, "/accounts/")

    assert "You have no role in the back office." in page.text
    assert "Go to the back office" not in page.text
    assert "It is off." in page.text
