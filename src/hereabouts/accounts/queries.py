"""Reading what people are trusted with."""

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role


def roles_of(user: User) -> list[Role]:
    """The staff roles that `user` holds, in the order of the permission table."""
    held = set(user.held_roles.values_list("role", flat=True))
    return [role for role in Role if role.value in held]
