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
    """Another user has this e-mail address."""


class AlreadySignedIn(Refusal):
    """The user has signed in before, or is not allowed to sign in."""


class OwnManagerRole(Refusal):
    """A manager tried to give up their own manager role: somebody must stay who can give roles."""


class CannotLockYourselfOut(Refusal):
    """A manager tried to deactivate their own account."""


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Collection[Role], by: User | None, at: datetime
) -> User:
    """Create a user who can sign in by a code sent to `email`.

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
    """Record in the audit trail that `by` repeats the invitation of `user`; sends nothing itself.

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
    """Replace the staff roles of `user` with these; roles that are no staff roles are ignored.

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

    Django ends the session of a deactivated user at their next request. Raises
    `CannotLockYourselfOut`, `OwnManagerRole` and `EditedMeanwhile`.
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
    """Delete the authenticators of `user`, who lost their phone and recovery codes.

    Ends all their sessions, since whoever has the phone may be in one. Raises `EditedMeanwhile`.
    """
    # A form loaded before this would save the old password hash, and so revive the sessions.
    edits.bump_version(user)
    # No password works, but Django ties each session to the hash: a new one ends them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    gone, _by_model = Authenticator.objects.filter(user=user).delete()
    if gone:
        trail.record(instance=user, action="hereabouts.second_step_off", by=by)
