"""Who gets into the back office, and under which security policy."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import STAFF_ROLES, Role
from tests import make

pytestmark = pytest.mark.django_db

POLICY = "Content-Security-Policy"


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/staff/")["Location"] == "/accounts/login/?next=/staff/"


def test_wagtails_own_sign_in_page_is_ours(client: Client) -> None:
    assert client.get("/staff/login/?next=/staff/")["Location"] == ("/accounts/login/?next=/staff/")


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_with_one_factor_are_sent_to_set_up_the_second(client: Client, role: Role) -> None:
    client.force_login(make.user(roles=(role,)))

    answer = client.get("/staff/", follow=True)

    assert answer.redirect_chain == [("/accounts/2fa/totp/activate/", 302)]
    assert "The back office needs a second step" in answer.content.decode()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_with_two_factors_get_in(client: Client, role: Role) -> None:
    client.force_login(make.staff(role=role))

    page = client.get("/staff/").content.decode()

    assert f"Hello A {role.label.lower()}" in page


def test_a_session_from_before_the_second_step_was_set_up_elsewhere_does_not_get_in(
    client: Client,
) -> None:
    user = make.user(roles=(Role.MANAGER,))
    client.force_login(user)
    TOTP.activate(user, generate_totp_secret())

    answer = client.get("/staff/users/?q=reed", follow=True)

    assert answer.redirect_chain == [("/accounts/login/?next=/staff/users/%3Fq%3Dreed", 302)]
    assert "Sign in again, this time with the second step." in answer.content.decode()
    assert client.get("/accounts/").status_code == 302


def test_an_organiser_is_told_that_it_is_not_open_to_them(client: Client) -> None:
    client.force_login(make.user())

    assert client.get("/staff/").status_code == 403


def test_an_organiser_needs_no_second_factor_elsewhere(client: Client) -> None:
    client.force_login(make.user())

    assert client.get("/accounts/").status_code == 200


def test_whoever_turned_off_the_second_factor_sets_it_up_again(
    client: Client, manager: User
) -> None:
    Authenticator.objects.filter(user=manager).delete()
    client.force_login(manager)

    assert client.get("/staff/")["Location"] == "/accounts/2fa/totp/activate/"


@pytest.mark.parametrize(
    "page", ["/staff/", "/staff/organisation/", "/staff/users/new/", "/accounts/login/"]
)
def test_pages_run_nothing_from_inside_their_html(client: Client, manager: User, page: str) -> None:
    client.force_login(manager)

    assert "unsafe-inline" not in client.get(page)[POLICY]


@pytest.mark.parametrize("page", ["/staff/reports/site-history/", "/staff/pages/"])
def test_wagtails_editor_and_reports_may(client: Client, manager: User, page: str) -> None:
    client.force_login(manager)

    policy = client.get(page)[POLICY]

    assert "script-src 'self' 'unsafe-inline'" in policy
    # Browsers that see one ignore 'unsafe-inline'.
    assert "nonce-" not in policy
    assert "default-src 'none'" in policy


def test_the_menu_holds_what_exists(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.get("/staff/").content.decode()

    assert "Who changed what" in page
    assert "People who sign in" in page
    for not_used in (
        "/staff/images/",
        "/staff/workflows/",
        "Editor guide",
        "/staff/groups/",
        "Page types",
    ):
        assert not_used not in page


def test_the_menu_of_an_analyst_has_no_people(client: Client, analyst: User) -> None:
    client.force_login(analyst)

    page = client.get("/staff/").content.decode()

    assert "/staff/organisation/" in page
    assert "/staff/users/" not in page
    assert "/staff/person/" not in page
    assert "Who changed what" not in page


def test_preferences_do_not_change_who_somebody_is(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.get("/staff/account/").content.decode()
    client.post("/staff/account/", {"name_email-email": "other@example.org"})

    manager.refresh_from_db()
    assert "theme" in page
    assert "name_email" not in page
    assert manager.email != "other@example.org"


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_nobody_changes_people_past_our_actions(client: Client, manager: User, action: str) -> None:
    client.force_login(manager)

    answer = client.post(f"/staff/bulk/accounts/user/{action}/?id={make.user().pk}")

    assert answer.status_code == 404
