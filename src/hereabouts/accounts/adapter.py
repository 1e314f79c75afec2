"""How allauth behaves here, and what it says when something is wrong."""

import logging
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hereabouts.accounts import sealing

logger = logging.getLogger(__name__)

WRONG_CODE = _("This is not the code. Check each letter and number.")
TOO_MANY_TRIES = _("That was too many tries. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Residents need no account, so nobody signs up: staff are invited by a manager."""

    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject itself: our templates say who writes."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it, or write down why not.

        An error page would be the answer only to addresses that are known, and so tell which are.
        """
        try:
            super().send_mail(template_prefix, email, context)
        # Whatever can be wrong with a mail server, smtplib's own exceptions among it.
        except OSError:
            logger.exception("The e-mail %s could not be sent.", template_prefix)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what a page does not say itself: allauth's template for the rest is not ours."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step at sign-in: a code from an app, or a recovery code."""

    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code. The app shows a new one every half minute."),
        "cannot_generate_recovery_codes": _("Set up the second step first."),
        "not_readable": _(
            "We cannot check your second step any more. Ask a manager to let you set it up anew."
        ),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given. Raises an error of the form when the key is lost."""
        try:
            return sealing.unseal(encrypted_text)
        except sealing.NotReadable as error:
            raise self.validation_error("not_readable") from error
