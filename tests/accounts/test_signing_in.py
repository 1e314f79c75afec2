"""Signing in by a code from an e-mail, and a second step for those who have one."""

import re
from collections.abc import Callable, Iterator
from smtplib import SMTPServerDisconnected
from typing import TYPE_CHECKING

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests import make

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def codes_are_unused() -> Iterator[None]:
    """A code from the app counts once, and the cache remembers it from test to test."""
    cache.clear()
    yield
    cache.clear()


def _ask_for_code(client: Client, email: str) -> "Answer":
    return client.post("/accounts/login/", {"login": email})


def _code() -> str:
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found.group(1)


def _code_from_app(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _commit(answer: "Answer", callbacks: list[Callable[[], object]]) -> None:
    """Do what waits for the transaction's end while the request is still known, as in real life."""
    request = answer.wsgi_request
    with request_context(request):
        for callback in callbacks:
            callback()
    request.session.save()


def _sign_in(client: Client, email: str) -> "Answer":
    _ask_for_code(client, email)
    return client.post("/accounts/login/code/confirm/", {"code": _code()})


def test_the_sign_in_page_asks_for_no_password(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "Your e-mail address" in page
    assert "password" not in re.sub(r"You do not need a password", "", page)


def test_somebody_signs_in_with_the_code_from_the_e_mail(client: Client) -> None:
    make.user(email="nia@example.org", name="Nia Grant")

    answer = _sign_in(client, "nia@example.org")

    assert answer["Location"] == "/accounts/"
    assert "Hello Nia Grant" in client.get("/accounts/").content.decode()


def test_signing_in_leads_to_where_somebody_was_going(client: Client) -> None:
    make.user(email="nia@example.org")
    client.post("/accounts/login/", {"login": "nia@example.org", "next": "/about/"})

    answer = client.post("/accounts/login/code/confirm/", {"code": _code(), "next": "/about/"})

    assert answer["Location"] == "/about/"


def test_signing_in_leads_to_no_other_site(client: Client) -> None:
    make.user(email="nia@example.org")
    _ask_for_code(client, "nia@example.org")

    answer = client.post(
        "/accounts/login/code/confirm/", {"code": _code(), "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/accounts/"


def test_the_e_mail_says_what_the_code_is_for_and_what_else_to_do(client: Client) -> None:
    make.partnership(name="Heath & Vale")
    make.user(email="nia@example.org")

    _ask_for_code(client, "nia@example.org")

    assert mail.outbox[-1].subject == "Your code to sign in to Hereabouts"
    body = str(mail.outbox[-1].body)
    assert "for 15 minutes" in body
    assert "You did not ask for it? Then do nothing." in body
    assert "Heath & Vale\n0115 496 0142" in body


def test_an_unknown_address_gets_the_same_answer_and_no_e_mail(client: Client) -> None:
    make.user(email="nia@example.org")
    stranger = Client()

    known = _ask_for_code(client, "nia@example.org")
    unknown = _ask_for_code(stranger, "nobody@example.org")

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert [message.to for message in mail.outbox] == [["nia@example.org"]]
    pages = [
        one.get("/accounts/login/code/confirm/").content.decode() for one in (client, stranger)
    ]
    assert "If somebody signs in here as <strong>nobody@example.org</strong>" in pages[1]
    assert _without_what_differs(pages[1]) == _without_what_differs(pages[0])


def _without_what_differs(page: str) -> str:
    return re.sub(r'(nia|nobody)@example\.org|value="[^"]{64}"', "", page)


def test_whoever_may_not_sign_in_gets_no_code(client: Client) -> None:
    user = make.user(email="nia@example.org")
    User.objects.filter(pk=user.pk).update(is_active=False)

    _ask_for_code(client, "nia@example.org")

    assert mail.outbox == []


def test_whoever_may_no_longer_sign_in_is_signed_out_at_the_next_click(client: Client) -> None:
    user = make.user()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = client.get("/accounts/")

    assert answer["Location"].startswith("/accounts/login/")


def test_a_wrong_code_is_said_beside_the_field(client: Client) -> None:
    make.user(email="nia@example.org")
    _ask_for_code(client, "nia@example.org")

    page = client.post("/accounts/login/code/confirm/", {"code": "WRONG"}).content.decode()

    assert "This is not the code." in page
    assert "<title>Error: " in page


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

    known = _ask_for_code(client, "nia@example.org")
    unknown = _ask_for_code(Client(), "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "could not be sent" in caplog.text


def test_three_wrong_tries_end_the_code(client: Client) -> None:
    make.user(email="nia@example.org")
    _ask_for_code(client, "nia@example.org")

    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
    client.post("/accounts/login/code/confirm/", {"code": _code()})

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
    page = _ask_for_code(client, typed).content.decode()

    assert "e-mail address" in page
    assert "<title>Error: " in page
    assert "<script>" not in page.replace("<script src", "").replace("<script type", "")


def test_the_second_step_is_asked_of_whoever_has_one(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)

    first = _sign_in(client, "mo@example.org")
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    before = client.get("/staff/")
    second = client.post("/accounts/2fa/authenticate/", {"code": _code_from_app(SECRET)})

    assert first["Location"].startswith("/accounts/2fa/authenticate/")
    assert "The second step" in page
    assert before["Location"].startswith("/accounts/login/")
    assert second["Location"] == "/accounts/"
    assert client.get("/staff/").status_code == 200


def test_a_recovery_code_is_a_second_step_too(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    code, *_others = RecoveryCodes.activate(user).get_unused_codes()
    _sign_in(client, "mo@example.org")

    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/staff/").status_code == 200


def test_a_second_step_that_cannot_be_read_any_more_says_whom_to_ask(
    client: Client, settings: Settings
) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    settings.SECRET_KEY = "another"
    _sign_in(client, "mo@example.org")

    answer = client.post("/accounts/2fa/authenticate/", {"code": _code_from_app(SECRET)})

    assert "Ask a manager to let you set it up anew." in answer.content.decode()
    assert client.get("/staff/").status_code == 302


def test_a_wrong_second_step_does_not_let_in(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    _sign_in(client, "mo@example.org")

    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()

    assert "This is not the code." in page
    assert client.get("/staff/").status_code == 302


def test_setting_up_the_second_step_ends_with_recovery_codes(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = make.user(roles=(Role.MANAGER,))
    client.force_login(user)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    shown = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert shown is not None
    assert 'src="data:image/svg+xml;base64,' in page

    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post(
            "/accounts/2fa/totp/activate/",
            {"code": _code_from_app(shown.group(1).replace(" ", ""))},
        )
    _commit(answer, callbacks)
    codes = client.get(answer["Location"]).content.decode()

    assert "Your recovery codes" in codes
    assert "10 of 10 are left." in codes
    assert Authenticator.objects.filter(user=user).count() == 2
    assert mail.outbox[-1].subject == "The second step at sign-in is on"
    assert "hereabouts.second_step_on" in _lines(user)
    assert client.get("/accounts/2fa/recovery-codes/download/")["Content-Type"] == "text/plain"


def test_changing_the_second_step_asks_for_it_first(client: Client, manager: User) -> None:
    RecoveryCodes.activate(manager)
    client.force_login(manager)

    for page in ("totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        answer = client.get(f"/accounts/2fa/{page}")
        assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_turning_off_the_second_step_is_told(client: Client) -> None:
    user = make.user(roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    client.force_login(user)
    client.post("/accounts/2fa/reauthenticate/", {"code": _code_from_app(SECRET)})
    assert "Turn off" in client.get("/accounts/2fa/totp/deactivate/").content.decode()

    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user).exists()
    assert _lines(user)[-1] == "hereabouts.second_step_off"
    assert mail.outbox[-1].subject == "The second step at sign-in is off"


def test_new_recovery_codes_end_the_old_ones(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = make.user(roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    client.force_login(user)
    client.post("/accounts/2fa/reauthenticate/", {"code": _code_from_app(SECRET)})

    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post("/accounts/2fa/recovery-codes/generate/")
    _commit(answer, callbacks)

    assert _lines(user)[-1] == "hereabouts.recovery_codes"
    assert mail.outbox[-1].subject == "You have new recovery codes"


def test_signing_out_asks_and_then_does(client: Client) -> None:
    client.force_login(make.user())

    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    answer = client.post("/accounts/logout/")

    assert answer["Location"] == "/"
    assert client.get("/accounts/").status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "nobody@example.org"})

    assert "You do not need an account" in page
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_whoever_is_turned_off_reads_what_to_do(client: Client) -> None:
    make.partnership()

    page = client.get("/accounts/inactive/").content.decode()

    assert "hello@heathandvale.example" in page


def test_the_page_that_allauth_calls_asking_for_a_code_is_signing_in(client: Client) -> None:
    assert client.get("/accounts/login/code/")["Location"] == "/accounts/login/"


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


def _lines(user: User) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(user).order_by("pk")
    return list(entries.values_list("action", flat=True))
