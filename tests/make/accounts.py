"""People who sign in."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from hereabouts.accounts import actions as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests.make.common import LONG_AGO, numbers


def user(*, email: str = "", name: str = "Sam Poole", roles: tuple[Role, ...] = ()) -> User:
    """Somebody who signs in with one factor."""
    email = email or f"person{next(numbers)}@example.org"
    return accounts.invite(email=email, name=name, roles=roles, by=None, at=LONG_AGO)


def staff(*, role: Role = Role.MANAGER, email: str = "") -> User:
    """Somebody who works in the back office, with a second factor."""
    someone = user(email=email, name=f"A {role.label.lower()}", roles=(role,))
    TOTP.activate(someone, generate_totp_secret())
    return someone
