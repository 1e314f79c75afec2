"""A second step for those who have one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests import make
from tests.accounts.steps import SECRET, code_from_app, commit, sign_in, trail
from tests.pages import Page

pytestmark = pytest.mark.django_db


def test_the_second_step_is_asked_of_whoever_has_one(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)

    first = sign_in(client, "mo@example.org")
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    before = client.get("/staff/")
    second = client.post("/accounts/2fa/authenticate/", {"code": code_from_app(SECRET)})

    assert first["Location"].startswith("/accounts/2fa/authenticate/")
    assert "The second step" in page
    assert before["Location"].startswith("/accounts/login/")
    assert second["Location"] == "/accounts/"
    assert client.get("/staff/").status_code == 200


def test_a_recovery_code_is_a_second_step_too(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    code, *_others = RecoveryCodes.activate(user).get_unused_codes()
    sign_in(client, "mo@example.org")

    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/staff/").status_code == 200


def test_a_second_step_that_cannot_be_read_any_more_says_whom_to_ask(
    client: Client, settings: Settings
) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    settings.SECRET_KEY = "another"
    sign_in(client, "mo@example.org")

    answer = client.post("/accounts/2fa/authenticate/", {"code": code_from_app(SECRET)})

    assert "Ask a manager to let you set it up anew." in answer.content.decode()
    assert client.get("/staff/").status_code == 302


def test_a_wrong_second_step_does_not_let_in(client: Client) -> None:
    user = make.user(email="mo@example.org", roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    sign_in(client, "mo@example.org")

    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()

    assert "This is not the code." in page
    assert client.get("/staff/").status_code == 302


def test_setting_up_the_second_step_ends_with_recovery_codes(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = make.user(roles=(Role.MANAGER,))
    client.force_login(user)
    page = Page.get(client, "/accounts/2fa/totp/activate/")
    secret = page.part("code.key").text.replace(" ", "")
    assert page.parts('img[src^="data:image/svg+xml;base64,"]')

    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post(
            "/accounts/2fa/totp/activate/",
            {"code": code_from_app(secret)},
        )
    commit(answer, callbacks)
    codes = client.get(answer["Location"]).content.decode()

    assert "Your recovery codes" in codes
    assert "10 of 10 are left." in codes
    assert Authenticator.objects.filter(user=user).count() == 2
    assert mail.outbox[-1].subject == "The second step at sign-in is on"
    assert "hereabouts.second_step_on" in trail(user)
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
    client.post("/accounts/2fa/reauthenticate/", {"code": code_from_app(SECRET)})
    assert "Turn off" in client.get("/accounts/2fa/totp/deactivate/").content.decode()

    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user).exists()
    assert trail(user)[-1] == "hereabouts.second_step_off"
    assert mail.outbox[-1].subject == "The second step at sign-in is off"


def test_new_recovery_codes_end_the_old_ones(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = make.user(roles=(Role.MANAGER,))
    TOTP.activate(user, SECRET)
    client.force_login(user)
    client.post("/accounts/2fa/reauthenticate/", {"code": code_from_app(SECRET)})

    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post("/accounts/2fa/recovery-codes/generate/")
    commit(answer, callbacks)

    assert trail(user)[-1] == "hereabouts.recovery_codes"
    assert mail.outbox[-1].subject == "You have new recovery codes"
