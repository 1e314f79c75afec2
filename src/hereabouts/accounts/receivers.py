"""Signing in and second steps, as lines of the audit trail.

allauth says what happens by signals; nothing else here listens to any.
"""

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
    """Somebody got in, with every step that is asked of them."""
    trail.record(instance=user, action="hereabouts.sign_in", by=user)


@receiver(authenticator_added)
def record_second_step_set_up(
    request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any
) -> None:
    """Recovery codes come with the app and are not a line of their own."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    trail.record(instance=user, action="hereabouts.second_step_on", by=user)
    # They have just typed a right code: the page with the recovery codes, which comes next, would
    # ask for another one and refuse the same.
    record_authentication(
        request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


@receiver(authenticator_removed)
def record_second_step_removed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    """Recovery codes go with the app and are not a line of their own."""
    if authenticator.type == Authenticator.Type.TOTP:
        trail.record(instance=user, action="hereabouts.second_step_off", by=user)


@receiver(authenticator_reset)
def record_new_recovery_codes(user: User, **rest: Any) -> None:
    """The old recovery codes stopped working."""
    trail.record(instance=user, action="hereabouts.recovery_codes", by=user)
