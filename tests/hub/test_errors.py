"""Pages that say what went wrong, and help."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from hereabouts.accounts.models import User
from hereabouts.config import urls as real
from hereabouts.hub import views
from tests import make
from tests.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def raising(exception: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """A view that raises."""

    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    return view


handler400 = real.handler400
handler403 = real.handler403
handler404 = real.handler404
handler500 = real.handler500
urlpatterns = [
    path("suspicious/", raising(SuspiciousOperation())),
    path("forbidden/", raising(PermissionDenied())),
    path("broken/", raising(ZeroDivisionError())),
    *real.urlpatterns,
]


@pytest.fixture
def client() -> Client:
    """A visitor, to whom an error is a page."""
    return Client(raise_request_exception=False)


def test_not_found_has_a_search_and_a_phone_number(client: Client) -> None:
    make.partnership()

    page = Page.get(client, "/no-such-page/", status=404)

    assert "We cannot find that page" in page.text
    assert page.parts(f'form[action="{reverse("activities:find")}"]')
    assert page.phones == {"tel:+441154960142"}


def test_not_allowed_offers_sign_in_to_a_stranger(client: Client) -> None:
    page = Page.get(client, "/forbidden/", status=403)

    assert "Only people who sign in may see it." in page.text
    assert page.part("a.button").tag["href"] == reverse("account_login")


def test_not_allowed_says_who_you_are_and_whom_to_ask(client: Client, analyst: User) -> None:
    make.partnership()
    client.force_login(analyst)

    page = Page.get(client, "/forbidden/", status=403)

    assert f"You are signed in as {analyst.email}." in page.text
    assert page.phones == {"tel:+441154960142"}


def test_not_understood_offers_a_fresh_start(client: Client) -> None:
    page = Page.get(client, "/suspicious/", status=400)

    assert "We did not understand that" in page.text


def test_not_understood_is_a_page_even_for_a_host_we_do_not_know(client: Client) -> None:
    page = Page.get(client, "/", headers={"host": "elsewhere.example"}, status=400)

    assert "We did not understand that" in page.text


def test_broken_apologises_and_says_whom_to_ring(client: Client) -> None:
    make.partnership()

    page = Page.get(client, "/broken/", status=500)

    assert "Sorry, something went wrong" in page.text
    assert page.phones == {"tel:+441154960142"}


def test_broken_is_a_page_while_the_database_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise OperationalError("no such server")

    monkeypatch.setattr(views, "partnership", down)

    page = Page.get(client, "/broken/", status=500)

    assert "Sorry, something went wrong" in page.text
    assert page.phones == set()


def test_a_form_without_our_token_is_refused_with_advice() -> None:
    client = Client(enforce_csrf_checks=True)

    page = Page(client.post(reverse("account_login"), {"login": "sam@example.org"}))

    assert page.status == 403
    assert "Please send the form again" in page.text
