"""Django's test client, signed in with both factors."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.test import Client

from hereabouts.accounts.models import User


class SignedInClient(Client):
    """Django's, whose `force_login` takes every step of signing in that the user has set up."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        super().force_login(user, backend)
        if is_mfa_enabled(user):
            self._note_second_step(user)

    def _note_second_step(self, user: User) -> None:
        request = HttpRequest()
        request.session = self.session
        record_authentication(request, user, "mfa")
        request.session.save()
