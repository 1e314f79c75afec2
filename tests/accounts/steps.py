"""The steps of signing in, as somebody takes them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask_for_code(client: Client, email: str) -> "Answer":
    """The first page of signing in, sent with that address."""
    return client.post("/accounts/login/", {"login": email})


def mailed_code() -> str:
    """The code in the newest e-mail."""
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found.group(1)


def code_from_app(secret: str) -> str:
    """The six digits that an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def commit(answer: "Answer", callbacks: list[Callable[[], object]]) -> None:
    """Do what waits for the transaction's end while the request is still known, as in real life."""
    request = answer.wsgi_request
    with request_context(request):
        for callback in callbacks:
            callback()
    request.session.save()


def sign_in(client: Client, email: str) -> "Answer":
    """Sign in with the code from the e-mail."""
    ask_for_code(client, email)
    return client.post("/accounts/login/code/confirm/", {"code": mailed_code()})


def trail(user: User) -> list[str]:
    """The actions in the audit trail of this user, oldest first."""
    entries = ModelLogEntry.objects.for_instance(user).order_by("pk")
    return list(entries.values_list("action", flat=True))
