"""allauth's forms for signing in, with our labels, hints and error messages."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIX_DIGITS = gettext_lazy("The app on your phone shows six digits.")


def _ask(field: forms.Field, *, label: str, hint: str, missing: str) -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    # A placeholder disappears at the first key, and has too little contrast before.
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """Asks for the e-mail address; there is no password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["login"]
        _ask(
            field,
            label=_("Your e-mail address"),
            hint=_("We send you a code. You do not need a password."),
            missing=_("Type your e-mail address."),
        )
        wrong = _("Check the e-mail address. It should look like name@example.org.")
        field.error_messages["invalid"] = wrong
        for validator in field.validators:
            validator.message = wrong


class EmailedCodeForm(ConfirmLoginCodeForm):
    """Asks for the code that was e-mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self.fields["code"],
            label=_("The code"),
            hint=_("From the e-mail. Capital or small letters are both fine."),
            missing=_("Type the code from the e-mail."),
        )


class _AsksForSecondStep(BaseAuthenticateForm):
    """A code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self.fields["code"],
            label=_("The code"),
            hint=str(SIX_DIGITS),
            missing=_("Type the six digits, or a recovery code."),
        )


class SecondStepForm(_AsksForSecondStep, AuthenticateForm):
    """Asks for the second step at sign-in."""


class SecondStepAgainForm(_AsksForSecondStep, ReauthenticateForm):
    """Asks for the second step again before something sensitive."""


class SetUpSecondStepForm(ActivateTOTPForm):
    """Asks for a first code, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self.fields["code"],
            label=_("The code from the app"),
            hint=str(SIX_DIGITS),
            missing=_("Type the six digits that the app shows."),
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
