"""allauth's adapters: who may sign up, which e-mails are sent, and its error messages."""

import logging
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hereabouts.accounts import encryption

logger = logging.getLogger(__name__)

WRONG_CODE = _("This is not the code. Check each letter and number.")
TOO_MANY_TRIES = _("That was too many tries. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: residents need no account, and managers invite staff."""

    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """`subject` without a prefix: our templates state who writes."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the e-mail; log a failure in place of raising it.

        Only a known address is sent an e-mail, so an error page would reveal which are known.
        """
        try:
            super().send_mail(template_prefix, email, context)
        # The base of socket errors and of smtplib's exceptions.
        except OSError:
            logger.exception("The e-mail %s could not be sent.", template_prefix)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Show `message` texts only; allauth's message templates repeat what our pages say."""
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
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The text that `encrypt` was given. Raises a form error when the key is lost."""
        try:
            return encryption.decrypt(encrypted_text)
        except encryption.CannotDecrypt as error:
            raise self.validation_error("not_readable") from error
