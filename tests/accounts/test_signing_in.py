"""Signing in by a code from an e-mail."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from hereabouts.accounts.models import User
from tests import make
from tests.accounts.steps import ask_for_code, mailed_code, sign_in
from tests.pages import Page

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_asks_for_no_password(client: Client) -> None:
    page = Page.get(client, "/accounts/login/")

    assert "Your e-mail address" in page.text
    assert page.parts('input[type="password"]') == []
    assert "password" not in page.html.replace("You do not need a password", "")


def test_somebody_signs_in_with_the_code_from_the_e_mail(client: Client) -> None:
    make.user(email="nia@example.org", name="Nia Grant")

    answer = sign_in(client, "nia@example.org")

    assert answer["Location"] == "/accounts/"
    assert "Hello Nia Grant" in client.get("/accounts/").content.decode()


def test_signing_in_leads_to_where_somebody_was_going(client: Client) -> None:
    make.user(email="nia@example.org")
    client.post("/accounts/login/", {"login": "nia@example.org", "next": "/about/"})

    answer = client.post(
        "/accounts/login/code/confirm/", {"code": mailed_code(), "next": "/about/"}
    )

    assert answer["Location"] == "/about/"


def test_signing_in_leads_to_no_other_site(client: Client) -> None:
    make.user(email="nia@example.org")
    ask_for_code(client, "nia@example.org")

    answer = client.post(
        "/accounts/login/code/confirm/", {"code": mailed_code(), "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/accounts/"


def test_the_e_mail_says_what_the_code_is_for_and_what_else_to_do(client: Client) -> None:
    make.partnership(name="Heath & Vale")
    make.user(email="nia@example.org")

    ask_for_code(client, "nia@example.org")

    assert mail.outbox[-1].subject == "Your code to sign in to Hereabouts"
    body = str(mail.outbox[-1].body)
    assert "for 15 minutes" in body
    assert "You did not ask for it? Then do nothing." in body
    assert "Heath & Vale\n0115 496 0142" in body


def test_an_unknown_address_gets_the_same_answer_and_no_e_mail(client: Client) -> None:
    make.user(email="nia@example.org")
    stranger = Client()

    known = ask_for_code(client, "nia@example.org")
    unknown = ask_for_code(stranger, "nobody@example.org")

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert [message.to for message in mail.outbox] == [["nia@example.org"]]
    pages = [Page.get(browser, "/accounts/login/code/confirm/") for browser in (client, stranger)]
    assert "If somebody signs in here as nobody@example.org" in pages[1].text
    assert _without_address_and_token(pages[1]) == _without_address_and_token(pages[0])


def _without_address_and_token(page: Page) -> str:
    return re.sub(r'(nia|nobody)@example\.org|value="[^"]{64}"', "", page.html)


def test_whoever_may_not_sign_in_gets_no_code(client: Client) -> None:
    user = make.user(email="nia@example.org")
    User.objects.filter(pk=user.pk).update(is_active=False)

    ask_for_code(client, "nia@example.org")

    assert mail.outbox == []


def test_whoever_may_no_longer_sign_in_is_signed_out_at_the_next_click(client: Client) -> None:
    user = make.user()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = client.get("/accounts/")

    assert answer["Location"].startswith("/accounts/login/")


def test_a_wrong_code_is_said_beside_the_field(client: Client) -> None:
    make.user(email="nia@example.org")
    ask_for_code(client, "nia@example.org")

    page = Page(client.post("/accounts/login/code/confirm/", {"code": "WRONG"}))

    assert "This is not the code." in page.text
    assert page.title.startswith("Error: ")


@pytest.mark.parametrize("trouble", [ConnectionRefusedError, SMTPServerDisconnected])
def test_a_mail_server_that_is_down_does_not_tell_which_addresses_are_known(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: type[OSError],
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise trouble

    monkeypatch.setattr(EmailMessage, "send", refuse)
    make.user(email="nia@example.org")

    known = ask_for_code(client, "nia@example.org")
    unknown = ask_for_code(Client(), "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "could not be sent" in caplog.text


def test_three_wrong_tries_end_the_code(client: Client) -> None:
    make.user(email="nia@example.org")
    ask_for_code(client, "nia@example.org")

    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code()})

    assert client.get("/accounts/").status_code == 302


def test_asking_too_often_is_refused(client: Client, settings: Settings) -> None:
    # As in production; the test settings turn the limits off.
    del settings.ACCOUNT_RATE_LIMITS
    make.user(email="nia@example.org")

    for _time in range(6):
        answer = Client().post("/accounts/login/", {"login": "nia@example.org"})

    assert "too many tries" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_trying_too_often_from_one_place_is_told_what_to_do(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    for _time in range(2):
        answer = client.post("/accounts/login/", {"login": "nia@example.org"})

    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "nia", "nia@", "<script>", "x" * 10_000])
def test_what_is_no_address_is_said_beside_the_field(client: Client, typed: str) -> None:
    page = Page(ask_for_code(client, typed))

    assert "e-mail address" in page.text
    assert page.title.startswith("Error: ")
    assert "<script>" not in page.html


def test_signing_out_asks_and_then_does(client: Client) -> None:
    client.force_login(make.user())

    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    answer = client.post("/accounts/logout/")

    assert answer["Location"] == "/"
    assert client.get("/accounts/").status_code == 302


def test_the_page_that_allauth_calls_asking_for_a_code_is_signing_in(client: Client) -> None:
    assert client.get("/accounts/login/code/")["Location"] == "/accounts/login/"
