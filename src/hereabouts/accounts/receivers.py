"""Receivers of allauth's signals that record signing in and second steps in the audit trail."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

from hereabouts.accounts.models import User
from hereabouts.audit import trail


@receiver(user_logged_in)
def record_sign_in(user: User, **rest: Any) -> None:
    """Record a sign-in that passed every step asked of the user."""
    trail.record(instance=user, action="hereabouts.sign_in", by=user)


@receiver(authenticator_added)
def record_second_step_set_up(
    request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any
) -> None:
    """Record that an app was set up; the recovery codes that come with it are not recorded."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    trail.record(instance=user, action="hereabouts.second_step_on", by=user)
    # They have just typed a valid code: without this the next page, with the recovery codes, would
    # ask for another one, and refuse the same code.
    record_authentication(
        request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


@receiver(authenticator_removed)
def record_second_step_removed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    """Record that an app was removed; its recovery codes go with it unrecorded."""
    if authenticator.type == Authenticator.Type.TOTP:
        trail.record(instance=user, action="hereabouts.second_step_off", by=user)


@receiver(authenticator_reset)
def record_new_recovery_codes(user: User, **rest: Any) -> None:
    """Record that new recovery codes replaced the old ones."""
    trail.record(instance=user, action="hereabouts.recovery_codes", by=user)
