"""Everything that changes people's accounts and roles."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from hereabouts.accounts.models import HeldRole, User
from hereabouts.accounts.permissions import STAFF_ROLES, Role
from hereabouts.audit import edits, trail
from hereabouts.core.refusals import Refusal


class AddressInUse(Refusal):
    """Somebody signs in with this address already."""


class AlreadySignedIn(Refusal):
    """They have signed in already, or may not."""


class OwnManagerRole(Refusal):
    """A manager tried to take the manager's role from themselves."""


class CannotLockYourselfOut(Refusal):
    """A manager tried to shut themselves out."""


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Collection[Role], by: User | None, at: datetime
) -> User:
    """A person who can sign in from now on by a code sent to `email`.

    Raises `AddressInUse`.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AddressInUse(
            _("Somebody signs in with %(email)s already. Change their roles instead.")
            % {"email": email}
        )
    user = User.objects.create_user(email, name=name, joined_at=at)
    # Without a verified address allauth would ask for a second code, and staff pages stay shut.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    trail.record(instance=user, action="hereabouts.create", by=by)
    give_roles(user=user, roles=roles, by=by, at=at)
    return user


@transaction.atomic
def invite_again(*, user: User, by: User) -> None:
    """Write down that `by` invites once more somebody who has never signed in.

    Raises `AlreadySignedIn`.
    """
    if not user.is_invited:
        raise AlreadySignedIn(
            _("“%(user)s” needs no invitation: they have signed in before, or may not sign in.")
            % {"user": user}
        )
    trail.record(instance=user, action="hereabouts.invite_again", by=by)


@transaction.atomic
def give_roles(*, user: User, roles: Collection[Role], by: User | None, at: datetime) -> None:
    """Let `user` hold exactly these staff roles from now on.

    Raises `OwnManagerRole`, since somebody must stay who can give roles, and `EditedMeanwhile`.
    """
    wanted = frozenset(roles) & STAFF_ROLES
    held = {Role(role) for role in user.held_roles.values_list("role", flat=True)}
    if user == by and Role.MANAGER in held and Role.MANAGER not in wanted:
        raise OwnManagerRole(
            _("You cannot take the manager’s role from yourself. Ask another manager.")
        )
    if wanted == held:
        return
    edits.bump_version(user)
    user.held_roles.exclude(role__in=wanted).delete()
    HeldRole.objects.bulk_create(
        HeldRole(user=user, role=role, given_at=at) for role in sorted(wanted - held)
    )
    was, now = (", ".join(sorted(str(role.label) for role in some)) for some in (held, wanted))
    trail.record(instance=user, action="hereabouts.roles", by=by, changes={"roles": (was, now)})


@transaction.atomic
def change_user(*, user: User, roles: Collection[Role], by: User | None, at: datetime) -> User:
    """Save the name of `user` and whether they may sign in, and give them exactly these roles.

    Whoever may no longer sign in is signed out at their next click. Raises `CannotLockYourselfOut`,
    `OwnManagerRole` and `EditedMeanwhile`.
    """
    if user == by and not user.is_active:
        raise CannotLockYourselfOut(
            _("You cannot stop yourself from signing in. Ask another manager.")
        )
    edits.save(instance=user, by=by)
    give_roles(user=user, roles=roles, by=by, at=at)
    return user


@transaction.atomic
def forget_second_step(*, user: User, by: User) -> None:
    """Let `user` set up the second step anew: their phone is lost, and their recovery codes too.

    Ends all their sessions: whoever found the phone may be in one. Raises `EditedMeanwhile`.
    """
    # Whoever loaded `user` before would save the old password, and bring the sessions back.
    edits.bump_version(user)
    # Nobody has one that works, but a session lives as long as it stays the same.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    gone, _by_model = Authenticator.objects.filter(user=user).delete()
    if gone:
        trail.record(instance=user, action="hereabouts.second_step_off", by=by)
